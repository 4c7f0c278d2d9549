import assert from "node:assert/strict";
import { deployment, type Json, TestServer, until } from "../api/harness.ts";
import { FakeKubelet } from "./kubelet.ts";

const condition = (object: Json, type: string): Json =>
  object.status.conditions?.find((item: Json) => item.type === type);

describe("sandbox controllers: Deployments", () => {
  let server: TestServer;
  let node: FakeKubelet;
  let space: string;
  let path: string;
  let count = 0;
  before(async () => {
    server = await TestServer.start();
    node = await FakeKubelet.start(server);
  });
  beforeEach(async () => {
    space = await server.namespace(`deploy-${count++}`);
    path = `/apis/apps/v1/namespaces/${space}/deployments/d`;
  });
  after(async () => {
    await node.stop();
    await server.stop();
  });

  const pods = async (): Promise<Json[]> => (await server.get(`/api/v1/namespaces/${space}/pods`)).items;
  const sets = async (): Promise<Json[]> => (await server.get(`/apis/apps/v1/namespaces/${space}/replicasets`)).items;
  const settled = async (): Promise<Json> =>
    until("the rollout", async () => {
      const object = await server.get(path);
      const isNew = object.status.observedGeneration === object.metadata.generation;
      return isNew && condition(object, "Progressing")?.reason === "NewReplicaSetAvailable" ? object : undefined;
    });

  it("makes pods, binds them to the node and reports them", async () => {
    await server.apply(path, deployment("d", 2));
    const object = await settled();
    const { replicas, updatedReplicas, readyReplicas, availableReplicas, unavailableReplicas } = object.status;
    assert.deepEqual(
      [replicas, updatedReplicas, readyReplicas, availableReplicas, unavailableReplicas],
      [2, 2, 2, 2, undefined],
    );
    assert.equal(condition(object, "Available").status, "True");
    assert.equal(object.metadata.annotations["deployment.kubernetes.io/revision"], "1");
    const [pod] = await pods();
    assert.equal(pod.spec.nodeName, "node-1");
    assert.equal(pod.metadata.ownerReferences[0].kind, "ReplicaSet");
    assert.match(pod.metadata.name, /^d-[a-z0-9]{10}-[a-z0-9]{5}$/);
  });

  it("rolls over to a new template and back to the old one's set", async () => {
    await server.apply(path, deployment("d", 2, "app:1"));
    await settled();
    await server.apply(path, deployment("d", 2, "app:2"));
    await settled();
    // One that is being ended is still there for a moment.
    await until("the old pods to go", async () => (await pods()).length === 2);
    assert.deepEqual(
      (await pods()).map((pod) => pod.spec.containers[0].image),
      ["app:2", "app:2"],
    );
    assert.equal((await sets()).length, 2);
    await server.apply(path, deployment("d", 2, "app:1"));
    const object = await settled();
    assert.equal((await sets()).length, 2);
    assert.equal(object.metadata.annotations["deployment.kubernetes.io/revision"], "3");
  });

  it("keeps the old pods while the new ones are not ready, and says so after the deadline", async () => {
    await server.apply(path, deployment("d", 2, "app:1"));
    await settled();
    await server.apply(path, deployment("d", 2, "app:never", { progressDeadlineSeconds: 1 }));
    const object = await until("the deadline", async () => {
      const found = await server.get(path);
      return condition(found, "Progressing").reason === "ProgressDeadlineExceeded" ? found : undefined;
    });
    assert.equal(condition(object, "Progressing").status, "False");
    assert.equal(condition(object, "Available").status, "True");
    assert.equal(object.status.availableReplicas, 2);
    assert.deepEqual((await pods()).map((pod) => pod.spec.containers[0].image).sort(), ["app:1", "app:1", "app:never"]);
  });

  it("ends all old pods before it starts new ones when told to recreate", async () => {
    const recreate = { strategy: { type: "Recreate" } };
    await server.apply(path, deployment("d", 2, "app:1", recreate));
    await settled();
    node.mayEnd = () => false;
    await server.apply(path, deployment("d", 2, "app:2", recreate));
    await until("the old pods to end", async () =>
      (await pods()).every((pod) => pod.metadata.deletionTimestamp !== undefined),
    );
    assert.equal((await pods()).length, 2);
    node.mayEnd = () => true;
    await settled();
    assert.deepEqual(
      (await pods()).map((pod) => pod.spec.containers[0].image),
      ["app:2", "app:2"],
    );
  });

  it("scales up, down and to nothing, and replaces a pod that is deleted", async () => {
    await server.apply(path, deployment("d", 1));
    await settled();
    const [pod] = await pods();
    await server.call("DELETE", `/api/v1/namespaces/${space}/pods/${pod.metadata.name}`);
    await until("another pod", async () => {
      const [other, ...more] = await pods();
      return more.length === 0 && other?.status.phase === "Running" && other.metadata.uid !== pod.metadata.uid;
    });
    for (const replicas of [4, 2, 0]) {
      await server.merge(`${path}/scale`, { spec: { replicas } });
      await until(`${replicas} pods`, async () => (await pods()).length === replicas);
      await until("the status", async () => ((await server.get(path)).status.availableReplicas ?? 0) === replicas);
    }
  });

  it("forgets old sets beyond the history limit", async () => {
    for (const version of [1, 2, 3, 4]) {
      await server.apply(path, deployment("d", 1, `app:${version}`, { revisionHistoryLimit: 1 }));
      await settled();
    }
    await until("two sets", async () => (await sets()).length === 2);
  });

  it("takes its sets and pods along, in the foreground only after they are gone", async () => {
    await server.apply(path, deployment("d", 2));
    await settled();
    node.mayEnd = () => false;
    await server.call("DELETE", path, { propagationPolicy: "Foreground" });
    await until("the pods to end", async () =>
      (await pods()).every((pod) => pod.metadata.deletionTimestamp !== undefined),
    );
    assert.deepEqual((await server.get(path)).metadata.finalizers, ["foregroundDeletion"]);
    node.mayEnd = () => true;
    await until("the Deployment to go", async () => (await server.call("GET", path)).status === 404);
    assert.deepEqual([await pods(), await sets()], [[], []]);
  });
});
