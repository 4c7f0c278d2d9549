import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import type { PlatformConfig } from "../platform/config/schema.ts";
import { readConfig } from "../platform/config/read.ts";
import { alerting } from "../platform/monitoring/values.ts";
import { openHarness, provisioned, tenant, type Harness } from "../test/automation/harness.ts";
import { exampleConfig, flat } from "../test/platform/program.ts";
import { startServer, type Server } from "../test/server/support/harness.ts";
import { until } from "../test/e2e/teal.ts";
import { need, run } from "./tool.ts";

const topic = "arn:aws:sns:eu-central-1:123456789012:teal-production-alerts";
const token = "what-alertmanager-bears";

describe("Alertmanager, as the platform configures it", function () {
  let directory: string;
  let config: PlatformConfig;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "teal-alertmanager-"));
    config = readConfig(flat({ "aws:region": "eu-central-1", ...exampleConfig("production") }));
    await writeFile(join(directory, "alertmanager.yaml"), stringify(alerting(config, topic)));
  });
  after(() => rm(directory, { recursive: true }));

  it("takes its config", async function () {
    assert.match(await run(this, "amtool", ["check-config", "alertmanager.yaml"], directory), /SUCCESS/);
  });

  const routes: [labels: string[], receivers: string][] = [
    [["alertname=Watchdog", "severity=none"], "teal-watchdog"],
    [["alertname=InfoInhibitor", "severity=none"], "nobody"],
    [["alertname=TenantFails", "severity=page", "namespace=production-acme"], "teal,people"],
    [["alertname=TenantSlow", "severity=ticket", "namespace=production-acme"], "teal,people"],
    [["alertname=KubeNodeNotReady", "severity=warning"], "teal,people"],
    [["alertname=CPUThrottlingHigh", "severity=info"], "people"],
    [["alertname=Odd"], "people"],
  ];
  for (const [labels, receivers] of routes) {
    it(`tells ${labels.join(" ")} to ${receivers}`, async function () {
      const args = ["config", "routes", "test", "--config.file=alertmanager.yaml", `--verify.receivers=${receivers}`];
      await run(this, "amtool", [...args, ...labels], directory);
    });
  }

  describe("with a Teal to tell", () => {
    let harness: Harness;
    let server: Server;
    let alertmanager: ChildProcess;
    let api: string;
    before(async function () {
      need(this, "alertmanager");
      harness = await openHarness({ listensToAlertmanager: true });
      await provisioned(harness, tenant("acme"));
      const access = { token: "the-token-of-teal-itself", alertsToken: token };
      server = await startServer({ automation: harness.automation, ...access });
      await writeFile(join(directory, "token"), token);
      await writeFile(join(directory, "quick.yaml"), stringify(quick(server.port)));
      alertmanager = spawn(
        "alertmanager",
        [
          "--config.file=quick.yaml",
          "--storage.path=data",
          "--web.listen-address=127.0.0.1:0",
          "--cluster.listen-address=",
        ],
        { cwd: directory, stdio: ["ignore", "ignore", "pipe"] },
      );
      let said = "";
      alertmanager.stderr!.on("data", (chunk: Buffer) => (said += chunk.toString()));
      await until(
        () => `Alertmanager to listen: ${said}`,
        () => /Listening on.*address=127\.0\.0\.1:\d+/.test(said),
      );
      api = `http://${/address=(127\.0\.0\.1:\d+)/.exec(said)![1]}/api/v2/alerts`;
    });
    after(async () => {
      if (alertmanager?.exitCode === null) {
        alertmanager.kill();
        await once(alertmanager, "exit");
      }
      await server?.close();
      await harness?.close();
    });

    /** The same config, but for where Teal is, how people are told, and that nothing has to be waited for. */
    function quick(port: number): object {
      const text = JSON.stringify(alerting(config, topic))
        .replaceAll("http://teal-server.teal-system", `http://127.0.0.1:${port}`)
        .replaceAll("/etc/alertmanager/secrets/teal-alerts/token", join(directory, "token"))
        .replaceAll(/"(group_wait|group_interval|repeat_interval)":"[^"]+"/g, '"$1":"1s"');
      const whole = JSON.parse(text) as { receivers: { name: string }[] };
      return { ...whole, receivers: whole.receivers.map((one) => (one.name === "people" ? { name: "people" } : one)) };
    }

    const raise = async (labels: Record<string, string>, more: object = {}) => {
      const alert = {
        labels,
        annotations: { summary: "acme answers with errors" },
        generatorURL: "https://prometheus.example.com/",
      };
      const headers = { "content-type": "application/json" };
      const answer = await fetch(api, { method: "POST", headers, body: JSON.stringify([{ ...alert, ...more }]) });
      assert.equal(answer.status, 200, await answer.text());
    };
    const attention = async () => (await harness.automation.overview.attention({}, { limit: 50 })).items;

    it("raises an alert there, renews it, and takes it back", async () => {
      const labels = { alertname: "TenantFails", severity: "page", namespace: "production-acme", color: "green" };
      await raise(labels);
      await until("the alert to need a person", async () => (await attention()).length === 1);
      const [item] = await attention();
      assert.deepEqual([item?.concern, item?.tenant, item?.alert?.color], ["alert", "acme", "green"]);
      assert.equal(item?.alert?.generator, "https://prometheus.example.com/");
      const { toldAt } = item!.alert!;
      await until("the alert to be told again", async () => (await attention())[0]!.alert!.toldAt > toldAt);
      await raise(labels, { endsAt: new Date().toISOString() });
      await until("the alert to be over", async () => (await attention()).length === 0);
      const { items } = await harness.automation.alerts.list({}, { limit: 10 });
      assert.deepEqual(
        items.map(({ state }) => state),
        ["resolved"],
      );
    });

    it("is heard by its watchdog", async () => {
      assert.equal((await harness.automation.overview.status()).alerts?.heard, null);
      await raise({ alertname: "Watchdog", severity: "none" });
      await until("the watchdog", async () => (await harness.automation.overview.status()).alerts?.heard !== null);
      assert.deepEqual(await attention(), []);
    });
  });
});
