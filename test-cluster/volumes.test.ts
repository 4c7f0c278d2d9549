import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { KubeClient } from "../sandbox/kubernetes/client.ts";
import { unless } from "../sandbox/kubernetes/failure.ts";
import { isReady, type Pod } from "../sandbox/kubernetes/pods.ts";
import type { Condition, KubeObject } from "../sandbox/kubernetes/types.ts";
import { eventually } from "../test/sandbox/kubernetes/eventually.ts";
import { makeCluster, type TestCluster } from "./ground.ts";

interface Claim extends KubeObject {
  spec: { storageClassName: string; volumeName: string };
  status: { phase: string; capacity: { storage: string } };
}

/** The sandbox's node with a real control plane: its controller binds claims to what the node's provisioner makes. */
describe("volumes of a real cluster", function () {
  this.timeout(180_000);
  const space = "/api/v1/namespaces/store";
  const claims = `${space}/persistentvolumeclaims`;
  const patience = 30_000;
  let cluster: TestCluster;
  let client: KubeClient;

  before(async () => {
    cluster = await makeCluster();
    client = new KubeClient(cluster.kubeconfig);
    await makeSpace();
  });
  after(() => cluster.remove());

  async function makeSpace(): Promise<void> {
    await client.create("/api/v1/namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "store" } });
    await eventually(() => client.get(`${space}/serviceaccounts/default`), patience);
  }
  const claim = (name = "data", more: object = {}): Promise<unknown> => {
    const spec = { accessModes: ["ReadWriteMany"], resources: { requests: { storage: "1Gi" } }, ...more };
    return client.create(claims, { apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name }, spec });
  };
  const podSpec = (tag: string, more: object = {}): object => ({
    containers: [
      {
        name: "app",
        image: `teal/app:${tag}`,
        ports: [{ containerPort: 8080 }],
        env: [{ name: "TEAL_DATA_DIR", value: "/var/data" }],
        volumeMounts: [{ name: "data", mountPath: "/var/data" }],
        ...more,
      },
    ],
    volumes: [{ name: "data", persistentVolumeClaim: { claimName: "data" } }],
  });
  const pod = (name: string): Promise<unknown> =>
    client.create(`${space}/pods`, { apiVersion: "v1", kind: "Pod", metadata: { name }, spec: podSpec("1.0.0") });
  const get = (name: string): Promise<Pod> => client.get<Pod>(`${space}/pods/${name}`);
  const ready = (name: string): Promise<Pod> =>
    eventually(async () => {
      const found = await get(name);
      assert.ok(isReady(found), JSON.stringify(found.status));
      return found;
    }, patience);
  const notes = async (of: Pod, text?: string): Promise<Record<string, unknown>> => {
    const init = text === undefined ? {} : { method: "POST", body: JSON.stringify({ text }) };
    const response = await fetch(`http://${of.status?.podIP}:8080/notes`, init);
    assert.ok(response.ok, String(response.status));
    return (await response.json()) as Record<string, unknown>;
  };
  const gone = (path: string): Promise<void> =>
    eventually(async () => assert.equal(await unless([404], client.get(path)), undefined), patience);

  it("keep pods unscheduled while their claim is missing, and say so", async () => {
    await pod("blue");
    await eventually(async () => {
      const { status } = await get("blue");
      const scheduled = status?.conditions?.find(({ type }) => type === "PodScheduled");
      assert.equal(status?.phase, "Pending");
      assert.match(scheduled?.message ?? "", /persistentvolumeclaim "data" not found/);
    }, patience);
  });

  it("are bound by its controller, with the standard class, and mounted", async () => {
    await claim();
    const of = await eventually(async () => {
      const found = await client.get<Claim>(`${claims}/data`);
      assert.equal(found.status.phase, "Bound");
      return found;
    }, patience);
    assert.deepEqual([of.spec.storageClassName, of.status.capacity.storage], ["standard", "1Gi"]);
    await pod("green");
    await notes(await ready("blue"), "hello");
    assert.equal((await notes(await ready("green")))["count"], 1);
    const directory = join(cluster.volumes, "store", "data");
    assert.ok((await readdir(directory)).includes("notes.db"));
    assert.equal((await stat(directory)).mode & 0o777, 0o700);
  });

  it("are migrated by Jobs, whose logs can be read, well or badly", async () => {
    const jobs = "/apis/batch/v1/namespaces/store/jobs";
    const run = async (name: string, tag: string): Promise<[string, string]> => {
      const template = { spec: { ...podSpec(tag, { command: ["app", "migrate"] }), restartPolicy: "Never" } };
      const spec = { backoffLimit: 0, ttlSecondsAfterFinished: 60, template };
      await client.create(jobs, { apiVersion: "batch/v1", kind: "Job", metadata: { name }, spec });
      const end = await eventually(async () => {
        const { status } = await client.get<{ status: { conditions?: Condition[] } }>(`${jobs}/${name}`);
        const found = status.conditions?.find(
          ({ type, status: is }) => /^(Complete|Failed)$/.test(type) && is === "True",
        );
        assert.ok(found !== undefined);
        return found.type;
      }, patience);
      const args = ["--kubeconfig", cluster.kubeconfig, "-n", "store", "logs", `job/${name}`];
      return [end, (await promisify(execFile)(cluster.kubectl, args)).stdout];
    };
    const [well, said] = await run("to-2", "2.0.0");
    assert.deepEqual([well, /migration done, the schema is at version 2/.test(said)], ["Complete", true], said);
    const [badly, why] = await run("to-3", "3.0.0-migrationfails");
    assert.deepEqual([badly, /migration failed: /.test(why)], ["Failed", true], why);
    assert.equal((await notes(await ready("blue")))["schemaVersion"], 2);
  });

  it("go with their namespace, data and all", async () => {
    const { spec } = await client.get<Claim>(`${claims}/data`);
    await client.delete(space);
    await gone(space);
    await gone(`/api/v1/persistentvolumes/${spec.volumeName}`);
    await assert.rejects(stat(join(cluster.volumes, "store")), { code: "ENOENT" });
    await makeSpace();
    await claim();
    await pod("blue");
    assert.equal((await notes(await ready("blue")))["count"], 0);
  });
});
