import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { TestTeal, until } from "./teal.ts";

const main = join(import.meta.dirname, "..", "..", "start", "main.ts");
/** Both name it: without, a cluster is known by the target's name, which would be another for each. */
const context = "sandbox";
const token = "the-token-of-this-teal";

/** Series by name and labels. */
async function scrape(url: string, bearer?: string): Promise<Map<string, number>> {
  const answer = await fetch(url, { headers: bearer === undefined ? {} : { authorization: `Bearer ${bearer}` } });
  assert.equal(answer.status, 200);
  const lines = (await answer.text()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ")))]),
  );
}

const rollouts = `teal_operations_total{environment="develop",kind="rollout",outcome="succeeded"}`;
const names = (series: Map<string, number>) => new Set([...series.keys()].map((one) => one.replace(/\{.*/, "")));

/* Beside the sandbox's own cluster, whose files tell the worker where things are: the cluster suite leaves it out. */
describe("figures of a server and a worker apart", function () {
  this.timeout(180_000);
  let teal: TestTeal;
  let worker: ChildProcess;
  let directory: string;
  let printed = "";

  before(async () => {
    teal = await new TestTeal({ TEAL_ROLE: "server", TEAL_TOKEN: token, TEAL_KUBE_CONTEXT: context }).start();
    directory = mkdtempSync(join(tmpdir(), "teal-worker-"));
    chmodSync(directory, 0o711);
    worker = spawn(process.execPath, [main], {
      env: { ...process.env, ...workerSettings() },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [worker.stdout!, worker.stderr!])
      stream.on("data", (chunk: Buffer) => (printed += chunk.toString()));
    await until(
      () => `the worker to be ready: ${printed}`,
      () => printed.includes("is ready in") && workersPort() !== undefined,
    );
  });
  after(async () => {
    if (worker?.exitCode === null) {
      worker.kill("SIGTERM");
      await once(worker, "exit");
    }
    rmSync(directory, { recursive: true, force: true });
    await teal?.stop();
  });

  /** As on another machine: a directory of its own, and the same database, cluster and state. */
  function workerSettings(): NodeJS.ProcessEnv {
    const run = (name: string) =>
      JSON.parse(readFileSync(join(teal.data, "run", `${name}.json`), "utf8")) as { info: { adminPort: number } };
    return {
      TEAL_ROLE: "worker",
      TEAL_DATA: directory,
      TEAL_TARGET: "kubernetes",
      TEAL_ENGINE: "embedded",
      TEAL_PACE: "demo",
      TEAL_TOKEN: token,
      DATABASE_URL: databaseOf(teal),
      KUBECONFIG: teal.kubeconfig,
      TEAL_KUBE_CONTEXT: context,
      TEAL_GATEWAY_URL: `http://127.0.0.1:${teal.gatewayPort}`,
      TEAL_GATEWAY_METRICS: `http://127.0.0.1:${run("gateway").info.adminPort}/metrics`,
      PULUMI_BACKEND_URL: pathToFileURL(join(teal.data, "state")).href,
      PULUMI_CONFIG_PASSPHRASE: readFileSync(join(teal.data, "passphrase"), "utf8").trim(),
      PORT: "0",
    };
  }

  const workersPort = () => /"port":(\d+),"msg":"figures are at \/metrics"/.exec(printed)?.[1];
  const bearer = { authorization: `Bearer ${token}` };
  const call = (method: string, path: string, body?: unknown) =>
    teal.accepted<{ id: string; state: string }>(method, path, body, bearer);

  it("guards a worker's with the token, on loopback, and it serves nothing else", async () => {
    const at = `http://127.0.0.1:${workersPort()}`;
    for (const path of ["/metrics", "/", "/v1/environments"]) assert.equal((await fetch(at + path)).status, 401, path);
    assert.equal((await fetch(`${at}/v1/environments`, { headers: bearer })).status, 404);
  });

  it("counts in the worker what it does, and shows in the server what there is", async () => {
    for (const version of ["1.0.0", "2.0.0"])
      await call("POST", "/v1/environments/develop/releases", { version, image: `teal/app:${version}` });
    const ended = async ({ id }: { id: string }) => {
      await until("its end", async () => (await call("GET", `/v1/operations/${id}`)).state === "succeeded");
    };
    await ended(await call("POST", "/v1/environments/develop/tenants", { id: "acme", name: "Acme", release: "1.0.0" }));
    await ended(
      await call("POST", "/v1/environments/develop/tenants/acme/rollouts", {
        release: "2.0.0",
        bakeSeconds: 0,
        holdSeconds: 0,
      }),
    );
    const workers = await scrape(`http://127.0.0.1:${workersPort()}/metrics`, token);
    const servers = await scrape(`${teal.api}/metrics`, token);
    assert.deepEqual([workers.get(rollouts), servers.get(rollouts)], [1, 0]);
    assert.ok(workers.get(`teal_stack_operation_duration_seconds_count{task="up",outcome="done"}`)! > 2);
    assert.ok(workers.get(`teal_operation_phase_duration_seconds_count{kind="rollout",phase="deploying"}`)! >= 1);
    assert.equal(servers.get(`teal_workers{state="alive"}`), 1);
    assert.equal(servers.get("teal_queue_depth"), 0);
    assert.equal(servers.get("teal_ledger_up"), 1);
    const info = (series: Map<string, number>) => [...series.keys()].find((one) => one.startsWith("teal_info"));
    assert.match(info(workers)!, /role="worker"/);
    assert.match(info(servers)!, /role="server"/);
    // As many workers would show the same as many times.
    const ofLedger = [
      "teal_workers",
      "teal_queue_depth",
      "teal_operations_unfinished",
      "teal_ledger_up",
      "teal_alerts_firing",
    ];
    for (const name of ofLedger) assert.equal(names(workers).has(name), false, name);
    for (const name of ["process_cpu_user_seconds_total", "nodejs_eventloop_lag_p99_seconds"]) {
      assert.ok(names(workers).has(name) && names(servers).has(name), name);
    }
  });
});

/** Of the embedded PostgreSQL. */
function databaseOf({ data }: TestTeal): string {
  const port = readFileSync(join(data, "postgres", "data", "postmaster.pid"), "utf8").split("\n")[3];
  const password = readFileSync(join(data, "postgres", "password"), "utf8").trim();
  return `postgres://teal:${password}@127.0.0.1:${port}/postgres`;
}
