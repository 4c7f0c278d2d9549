import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import type { Claim, Volume } from "../../../sandbox/kubernetes/volumes.ts";
import { TestCluster } from "./cluster.ts";
import { eventually } from "./eventually.ts";

const root = join(import.meta.dirname, "../../..");

function start(room: "node" | "gateway", env: Record<string, string>) {
  const child = spawn(process.execPath, [join(root, "sandbox", room, "main.ts")], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (chunk) => (errors += String(chunk)));
  const exited = once(child, "exit") as Promise<[number | null, string | null]>;
  const ready = async (): Promise<Record<string, unknown>> => {
    const [line] = (await once(createInterface(child.stdout), "line")) as [string];
    return JSON.parse(line) as Record<string, unknown>;
  };
  return { child, exited, ready, errors: () => errors };
}

describe("sandbox node and gateway as processes", () => {
  let cluster: TestCluster;
  let env: Record<string, string>;
  before(async () => {
    cluster = await TestCluster.start();
    env = { KUBECONFIG: join(cluster.directory, "kubeconfig") };
  });
  after(() => cluster.stop());

  it("say when they are ready, and end well when told to", async () => {
    for (const room of ["node", "gateway"] as const) {
      const running = start(room, { ...env, SANDBOX_NODE_NAME: "apart" });
      const { ready, port } = await running.ready();
      assert.equal(ready, true);
      assert.ok(Number(port) > 0);
      running.child.kill("SIGTERM");
      assert.deepEqual(await running.exited, [0, null]);
    }
  });

  it("give claims directories where they are told to", async () => {
    const running = start("node", {
      ...env,
      SANDBOX_NODE_NAME: "apart",
      SANDBOX_VOLUMES: join(cluster.directory, "v"),
    });
    await running.ready();
    const claims = "/api/v1/namespaces/default/persistentvolumeclaims";
    const spec = { accessModes: ["ReadWriteMany"], resources: { requests: { storage: "1Gi" } } };
    await cluster.client.create(claims, {
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: { name: "data" },
      spec,
    });
    await eventually(async () => {
      const { volumeName } = (await cluster.client.get<Claim>(`${claims}/data`)).spec;
      const volume = await cluster.client.get<Volume>(`/api/v1/persistentvolumes/${volumeName}`);
      assert.deepEqual(
        [volume.status?.phase, volume.spec.hostPath?.path],
        ["Bound", join(cluster.directory, "v", "default", "data")],
      );
    });
    running.child.kill("SIGTERM");
    assert.deepEqual(await running.exited, [0, null]);
  });

  it("say in one line what is wrong with their settings", async () => {
    const taken = http.createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const port = String((taken.address() as AddressInfo).port);
    const cases: [ReturnType<typeof start>, RegExp][] = [
      [start("node", {}), /^KUBECONFIG is not set.*\n$/],
      [start("gateway", {}), /^KUBECONFIG is not set.*\n$/],
      [start("gateway", { ...env, GATEWAY_PORT: "many" }), /^GATEWAY_PORT is "many": expected a port.*\n$/],
      [start("gateway", { ...env, GATEWAY_PORT: port }), /could not start: .*EADDRINUSE.*\n$/],
    ];
    for (const [running, message] of cases) {
      assert.equal((await running.exited)[0], 1);
      assert.match(running.errors(), message);
    }
    taken.close();
  });
});
