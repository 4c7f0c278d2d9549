import assert from "node:assert/strict";
import { exampleConfig, runPlatform, type Made, type StackConfig } from "../program.ts";

interface Route {
  receiver: string;
  matchers?: string[];
  continue?: boolean;
  repeat_interval?: string;
  routes?: Route[];
}
interface Alertmanager {
  config: { route: Route; receivers: { name: string; webhook_configs?: { url: string; http_config: unknown }[] }[] };
  alertmanagerSpec: { secrets?: string[] };
}

const token = "made-password-of-alerts-token";
const find = (made: Made[], type: string, name?: string) =>
  made.find((one) => one.type.endsWith(`:${type}`) && (name === undefined || one.name === name));

function alertmanagerOf(made: Made[]): Alertmanager {
  const values = find(made, "Release", "kube-prometheus-stack")!.inputs["values"] as { alertmanager: Alertmanager };
  return values.alertmanager;
}

describe("what Alertmanager tells Teal", function () {
  this.timeout(60_000);
  const changed = (change: StackConfig) => runPlatform({ ...exampleConfig("production"), ...change });

  it("goes with a token that both are given, in confidence, and that is nowhere else", async () => {
    const { made } = await changed({});
    const secret = find(made, "Secret", "teal-alerts")!;
    assert.deepEqual([secret.inputs["stringData"], secret.secret], [{ token }, ["stringData"]]);
    assert.equal((secret.inputs["metadata"] as { namespace: string }).namespace, "monitoring");
    const told = find(made, "SecretVersion", "teal") ?? find(made, "SecretVersion");
    assert.ok(JSON.stringify(made.filter(({ type }) => type.includes("SecretVersion"))).includes(token), told?.name);
    const others = made.filter((one) => JSON.stringify(one.inputs).includes(token) && one.secret.length === 0);
    assert.deepEqual(
      others.filter(({ type }) => !type.includes("randomPassword")).map(({ name }) => name),
      [],
    );
    const { config, alertmanagerSpec } = alertmanagerOf(made);
    assert.deepEqual(alertmanagerSpec.secrets, ["teal-alerts"]);
    const [call] = config.receivers.find(({ name }) => name === "teal")!.webhook_configs!;
    assert.equal(call!.url, "http://teal-server.teal-system/v1/alerts");
    assert.deepEqual(call!.http_config, {
      authorization: { type: "Bearer", credentials_file: "/etc/alertmanager/secrets/teal-alerts/token" },
    });
  });

  it("is nothing where Alertmanager or Teal is somebody else's, and Teal is given no token then", async () => {
    const { monitoring } = { monitoring: exampleConfig("production")["platform:monitoring"] as object };
    const datadog = {
      site: "datadoghq.eu",
      apiKeySecret: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:name-AbCdEf",
    };
    const { made } = await changed({ "platform:monitoring": { ...monitoring, kind: "datadog", datadog } });
    assert.equal(find(made, "Secret", "teal-alerts"), undefined);
    assert.equal(JSON.stringify(made).includes("TEAL_ALERTS_TOKEN"), false);
    assert.equal(JSON.stringify(made).includes(token), false);
  });
});
