import assert from "node:assert/strict";
import { mkdir, readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { unless } from "../../../sandbox/kubernetes/failure.ts";
import { isReady, type Pod } from "../../../sandbox/kubernetes/pods.ts";
import type { Condition, KubeObject } from "../../../sandbox/kubernetes/types.ts";
import type { RunningNode } from "../../../sandbox/node/node.ts";
import { eventually } from "../kubernetes/eventually.ts";
import { TestCluster } from "../kubernetes/cluster.ts";

interface Claim extends KubeObject {
  spec: { storageClassName: string; volumeName: string };
  status: { phase: string; capacity: { storage: string }; accessModes: string[] };
}
interface List<T> {
  items: T[];
}

describe("sandbox volumes", () => {
  let cluster: TestCluster;
  let node: RunningNode;

  before(async () => {
    cluster = await TestCluster.start();
    node = await cluster.node();
  });
  after(() => cluster.stop());

  const space = (namespace: string): string => `/api/v1/namespaces/${namespace}`;
  const make = (namespace: string): Promise<unknown> =>
    cluster.client.create("/api/v1/namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
  const claim = (namespace: string, name = "data", accessModes = ["ReadWriteOnce"], more: object = {}) => {
    const spec = { accessModes, resources: { requests: { storage: "1Gi" } }, ...more };
    const body = { apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name }, spec };
    return cluster.client.create(`${space(namespace)}/persistentvolumeclaims`, body);
  };
  const bound = (namespace: string, name = "data"): Promise<Claim> =>
    eventually(async () => {
      const found = await cluster.client.get<Claim>(`${space(namespace)}/persistentvolumeclaims/${name}`);
      assert.equal(found.status.phase, "Bound");
      return found;
    });
  const podSpec = (image: string, color: string, more: object = {}): object => ({
    containers: [
      {
        name: "app",
        image: `teal/app:${image}`,
        ports: [{ containerPort: 8080 }],
        env: [
          { name: "TEAL_DATA_DIR", value: "/var/data" },
          { name: "TEAL_COLOR", value: color },
        ],
        volumeMounts: [{ name: "data", mountPath: "/var/data" }],
      },
    ],
    volumes: [{ name: "data", persistentVolumeClaim: { claimName: "data" } }],
    ...more,
  });
  const pod = (namespace: string, name: string, image = "1.0.0") => {
    const body = { apiVersion: "v1", kind: "Pod", metadata: { name }, spec: podSpec(image, name) };
    return cluster.client.create(`${space(namespace)}/pods`, body);
  };
  const ready = (namespace: string, name: string): Promise<Pod> =>
    eventually(async () => {
      const found = await cluster.client.get<Pod>(`${space(namespace)}/pods/${name}`);
      assert.ok(isReady(found));
      return found;
    });
  const notes = async (of: Pod, text?: string): Promise<Record<string, unknown>> => {
    const init = text === undefined ? {} : { method: "POST", body: JSON.stringify({ text }) };
    const response = await fetch(`http://${of.status?.podIP}:8080/notes`, init);
    assert.ok(response.ok, String(response.status));
    return (await response.json()) as Record<string, unknown>;
  };
  const gone = (path: string): Promise<void> =>
    eventually(async () => assert.equal(await unless([404], cluster.client.get(path)), undefined));
  const events = async (namespace: string, name: string): Promise<string[]> => {
    const { items } = await cluster.client.get<
      List<{ reason: string; message: string; involvedObject: { name: string } }>
    >(`${space(namespace)}/events`);
    return items
      .filter(({ involvedObject }) => involvedObject.name === name)
      .map(({ reason, message }) => `${reason}: ${message}`);
  };

  it("bind claims of any access mode, by the standard class where they name none", async () => {
    await make("modes");
    for (const mode of ["ReadWriteOnce", "ReadWriteMany", "ReadOnlyMany", "ReadWriteOncePod"]) {
      await claim("modes", mode.toLowerCase(), [mode]);
      const { spec, status } = await bound("modes", mode.toLowerCase());
      assert.deepEqual(
        [spec.storageClassName, status.capacity.storage, status.accessModes],
        ["standard", "1Gi", [mode]],
      );
      await eventually(async () => {
        const volume = await cluster.client.get<Claim>(`/api/v1/persistentvolumes/${spec.volumeName}`);
        assert.equal(volume.status.phase, "Bound");
      });
    }
    await assert.rejects(readdir(join(cluster.volumes, "modes")), "made when first mounted");
  });

  it("leave a claim alone that wants none or another class", async () => {
    await make("others");
    await claim("others", "none", ["ReadWriteOnce"], { storageClassName: "" });
    await claim("others", "fast", ["ReadWriteOnce"], { storageClassName: "fast" });
    await eventually(async () => {
      assert.match((await events("others", "none")).join(), /FailedBinding: no persistent volumes available/);
      assert.match(
        (await events("others", "fast")).join(),
        /ProvisioningFailed: storageclass.storage.k8s.io "fast" not found/,
      );
    });
    const { items } = await cluster.client.get<List<Claim>>(`${space("others")}/persistentvolumeclaims`);
    assert.deepEqual(
      items.map(({ status }) => status.phase),
      ["Pending", "Pending"],
    );
  });

  it("are one directory for all pods that mount the claim, closed to others", async () => {
    await make("shared");
    await claim("shared");
    await Promise.all([pod("shared", "blue"), pod("shared", "green")]);
    const [blue, green] = [await ready("shared", "blue"), await ready("shared", "green")];
    await notes(blue, "hello");
    await notes(green, "there");
    assert.equal((await notes(blue))["count"], 2);
    const directory = join(cluster.volumes, "shared", "data");
    assert.ok((await readdir(directory)).includes("notes.db"));
    assert.equal((await stat(directory)).mode & 0o777, 0o700);
  });

  it("are still there after the node was away", async () => {
    await node.stop();
    node = await cluster.node();
    const again = await eventually(async () => {
      const found = await ready("shared", "blue");
      assert.equal((await notes(found))["count"], 2);
      return found;
    });
    await notes(again, "third");
  });

  it("keep pods unscheduled while their claim is missing or unbound, and say so", async () => {
    await make("late");
    await pod("late", "blue");
    const scheduled = async (): Promise<Partial<Condition>> => {
      const { status } = await cluster.client.get<Pod>(`${space("late")}/pods/blue`);
      return status?.conditions?.find(({ type }) => type === "PodScheduled") ?? {};
    };
    await eventually(async () =>
      assert.match(
        (await scheduled()).message ?? "",
        /^0\/1 nodes are available: persistentvolumeclaim "data" not found/,
      ),
    );
    await claim("late", "data", ["ReadWriteOnce"], { storageClassName: "fast" });
    await eventually(async () =>
      assert.match((await scheduled()).message ?? "", /pod has unbound immediate PersistentVolumeClaims/),
    );
    assert.equal((await cluster.client.get<Pod>(`${space("late")}/pods/blue`)).status?.phase, "Pending");
    assert.match((await events("late", "blue")).join(), /FailedScheduling: 0\/1 nodes are available/);
    await cluster.client.delete(`${space("late")}/persistentvolumeclaims/data`);
    await gone(`${space("late")}/persistentvolumeclaims/data`);
    await claim("late");
    await ready("late", "blue");
  });

  it("wait with the end of a claim for its pods, then remove what it held", async () => {
    await make("ending");
    await claim("ending");
    const { spec } = await bound("ending");
    await pod("ending", "blue");
    await notes(await ready("ending", "blue"), "soon gone");
    const namespace = join(cluster.volumes, "ending");
    await mkdir(join(namespace, ".replaced.abc.data"));
    await writeFile(join(namespace, ".replaced.abc.data", "x"), "of a restore");
    await cluster.client.delete(`${space("ending")}/persistentvolumeclaims/data`);
    await sleep(200);
    const held = await cluster.client.get<Claim>(`${space("ending")}/persistentvolumeclaims/data`);
    assert.ok(held.metadata.deletionTimestamp !== undefined);
    assert.deepEqual((await readdir(namespace)).toSorted(), [".replaced.abc.data", "data"]);
    await cluster.client.delete(`${space("ending")}/pods/blue`);
    await gone(`${space("ending")}/persistentvolumeclaims/data`);
    await gone(`/api/v1/persistentvolumes/${spec.volumeName}`);
    await assert.rejects(stat(namespace), { code: "ENOENT" });
  });

  it("go with their namespace, and its namesake begins empty", async () => {
    await make("twice");
    await claim("twice");
    await pod("twice", "blue");
    await notes(await ready("twice", "blue"), "of the first");
    await cluster.client.delete(space("twice"));
    await gone(space("twice"));
    await make("twice");
    await claim("twice");
    await pod("twice", "blue");
    assert.equal((await notes(await ready("twice", "blue")))["count"], 0);
  });

  describe("with Jobs", () => {
    const jobs = "/apis/batch/v1/namespaces/jobs/jobs";
    before(async () => {
      await make("jobs");
      await claim("jobs");
    });
    const migrate = (name: string, image: string, more: object = {}) => {
      const spec = podSpec(image, "green", { restartPolicy: "Never" }) as { containers: object[] };
      spec.containers = spec.containers.map((container) => ({ ...container, command: ["app", "migrate"] }));
      const body = {
        apiVersion: "batch/v1",
        kind: "Job",
        metadata: { name },
        spec: { backoffLimit: 0, template: { spec }, ...more },
      };
      return cluster.client.create(jobs, body);
    };
    const ended = (name: string): Promise<string[]> =>
      eventually(async () => {
        const job = await cluster.client.get<{ status: { conditions?: Condition[] } }>(`${jobs}/${name}`);
        const ends = (job.status.conditions ?? []).filter(({ type }) => type === "Complete" || type === "Failed");
        assert.equal(ends.length, 1);
        return ends.map(({ type, reason }) => `${type} ${reason}`);
      });
    const logs = async (name: string): Promise<string> => {
      const { items } = await cluster.client.get<List<Pod>>(`${space("jobs")}/pods?labelSelector=job-name%3D${name}`);
      assert.equal(items.length, 1);
      const url = `${cluster.api.url}${space("jobs")}/pods/${items[0]!.metadata.name}/log`;
      const response = await fetch(url, { headers: { authorization: "Bearer token" } });
      return response.text();
    };

    it("migrate the data that pods then use, with logs to read", async () => {
      await migrate("to-2", "2.0.0");
      assert.deepEqual(await ended("to-2"), ["Complete CompletionsReached"]);
      assert.match(await logs("to-2"), /schema 2: added column.*\n.*migration done, the schema is at version 2/);
      await pod("jobs", "blue");
      assert.equal((await notes(await ready("jobs", "blue")))["schemaVersion"], 2);
    });

    it("fail once and for all where the migration does, with logs to read, and change nothing", async () => {
      await migrate("to-3", "3.0.0-migrationfails");
      assert.deepEqual(await ended("to-3"), ["Failed BackoffLimitExceeded"]);
      assert.match(await logs("to-3"), /migration failed: /);
      assert.equal((await notes(await ready("jobs", "blue")))["schemaVersion"], 2);
    });

    it("are gone after their time, with their pods, and the data stays", async () => {
      await migrate("short", "2.0.0", { ttlSecondsAfterFinished: 0 });
      await gone(`${jobs}/short`);
      const { items } = await cluster.client.get<List<Pod>>(`${space("jobs")}/pods?labelSelector=job-name%3Dshort`);
      assert.deepEqual(items, []);
      assert.equal((await notes(await ready("jobs", "blue")))["schemaVersion"], 2);
    });
  });
});
