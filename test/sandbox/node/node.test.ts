import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { isReady, type ContainerSpec, type Pod } from "../../../sandbox/kubernetes/pods.ts";
import type { KubeObject } from "../../../sandbox/kubernetes/types.ts";
import type { RunningNode } from "../../../sandbox/node/node.ts";
import { unless } from "../../../sandbox/kubernetes/failure.ts";
import { TestCluster } from "../kubernetes/cluster.ts";
import { eventually } from "../kubernetes/eventually.ts";

interface Event extends KubeObject {
  reason: string;
  message: string;
  count: number;
  involvedObject: { name: string };
}

describe("sandbox/node on a cluster", () => {
  const pods = "/api/v1/namespaces/acme/pods";
  let cluster: TestCluster;
  let node: RunningNode;

  before(async () => {
    cluster = await TestCluster.start();
    node = await cluster.node();
    await cluster.client.create("/api/v1/namespaces", {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "acme" },
    });
  });
  after(() => cluster.stop());

  async function create(
    name: string,
    container: Partial<ContainerSpec>,
    spec: Partial<Pod["spec"]> = {},
  ): Promise<void> {
    const ports = [{ name: "http", containerPort: 8080 }];
    const readinessProbe = { httpGet: { path: "/healthz", port: "http" }, periodSeconds: 1 };
    const containers = [{ name: "app", image: "teal/app:1.0.0", ports, readinessProbe, ...container }];
    const body = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name },
      spec: { nodeName: "sandbox-node", containers, ...spec },
    };
    await cluster.client.create(pods, body);
  }

  const get = (name: string): Promise<Pod> => cluster.client.get<Pod>(`${pods}/${name}`);

  const ready = (name: string): Promise<Pod> =>
    eventually(async () => {
      const pod = await get(name);
      assert.ok(isReady(pod));
      return pod;
    });

  const ask = async (pod: Pod, path = "/"): Promise<Response> => fetch(`http://${pod.status?.podIP}:8080${path}`);

  async function logs(pod: string, query = ""): Promise<string> {
    const url = `http://127.0.0.1:${node.port}/containerLogs/acme/${pod}/app${query}`;
    const response = await fetch(url, { headers: { authorization: "Bearer token" } });
    assert.equal(response.status, 200);
    return response.text();
  }

  it("is ready, and keeps a Lease", async () => {
    const { status } = await cluster.client.get<{ status: { conditions: { type: string; status: string }[] } }>(
      "/api/v1/nodes/sandbox-node",
    );
    assert.ok(status.conditions.some(({ type, status: is }) => type === "Ready" && is === "True"));
    const lease = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/sandbox-node";
    const { spec } = await cluster.client.get<{ spec: { holderIdentity: string } }>(lease);
    assert.equal(spec.holderIdentity, "sandbox-node");
  });

  it("runs a pod that answers, and says so within moments", async () => {
    const began = Date.now();
    await create("simple", { env: [{ name: "TEAL_TENANT", value: "acme" }] });
    const pod = await ready("simple");
    assert.ok(Date.now() - began < 1000, `${Date.now() - began} ms`);
    assert.equal(((await (await ask(pod)).json()) as { tenant: string }).tenant, "acme");
    const [container] = pod.status?.containerStatuses ?? [];
    assert.ok(container?.state.running !== undefined && container.started && container.restartCount === 0);
    assert.match(await logs("simple", "?tailLines=1"), /started/);
  });

  it("lets nobody read logs without the token", async () => {
    assert.equal((await fetch(`http://127.0.0.1:${node.port}/containerLogs/acme/simple/app`)).status, 401);
    assert.equal((await fetch(`http://127.0.0.1:${node.port}/healthz`)).status, 200);
  });

  it("waits for configuration that isn't there yet, and says for what", async () => {
    const secretKeyRef = { name: "later", key: "word" };
    await create("waiting", { env: [{ name: "TEAL_COLOR", valueFrom: { secretKeyRef } }] });
    await eventually(async () => {
      const { waiting } = (await get("waiting")).status?.containerStatuses?.[0]?.state ?? {};
      assert.equal(waiting?.reason, "CreateContainerConfigError");
      assert.equal(waiting.message, 'secret "later" not found');
    });
    const data = { word: Buffer.from("green").toString("base64") };
    await cluster.client.create("/api/v1/namespaces/acme/secrets", {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "later" },
      data,
    });
    const pod = await ready("waiting");
    assert.equal(((await (await ask(pod)).json()) as { color: string }).color, "green");
  });

  it("restarts what crashes, later each time, and keeps what it said", async () => {
    await create("crashing", { image: "teal/app:1-crashing" });
    const pod = await eventually(async () => {
      const found = await get("crashing");
      assert.ok((found.status?.containerStatuses?.[0]?.restartCount ?? 0) >= 1);
      assert.equal(found.status?.containerStatuses?.[0]?.state.waiting?.reason, "CrashLoopBackOff");
      return found;
    });
    const last = pod.status?.containerStatuses?.[0]?.lastState.terminated;
    assert.deepEqual([last?.exitCode, last?.reason], [1, "Error"]);
    assert.match(last?.message ?? "", /crashed/);
    assert.match(await logs("crashing", "?previous=true"), /crashed/);
    await eventually(async () => {
      const { items } = await cluster.client.get<{ items: Event[] }>("/api/v1/namespaces/acme/events");
      const backOff = items.filter((event) => event.involvedObject.name === "crashing" && event.reason === "BackOff");
      assert.equal(backOff.length, 1);
      assert.ok(backOff[0]!.count >= 2);
    });
  });

  it("never calls ready what its probe doesn't", async () => {
    await create("neverready", { image: "teal/app:1-neverready" });
    await eventually(async () => {
      const { items } = await cluster.client.get<{ items: Event[] }>("/api/v1/namespaces/acme/events");
      const event = items.find(
        ({ involvedObject, reason }) => involvedObject.name === "neverready" && reason === "Unhealthy",
      );
      assert.equal(event?.message, "Readiness probe failed: HTTP probe failed with statuscode: 503");
    });
    const pod = await get("neverready");
    assert.equal(pod.status?.phase, "Running");
    assert.ok(!isReady(pod));
  });

  it("restarts what fails its liveness probe", async () => {
    const livenessProbe = { httpGet: { path: "/nowhere", port: 8080 }, periodSeconds: 1, failureThreshold: 1 };
    await create("unsound", { livenessProbe });
    await eventually(async () => {
      const [container] = (await get("unsound")).status?.containerStatuses ?? [];
      assert.ok((container?.restartCount ?? 0) >= 1);
      assert.equal(container?.lastState.terminated?.exitCode, 137);
    });
  });

  it("ends what runs to completion, well or badly", async () => {
    const command = ["node", "migrate"];
    await create("migration", { command }, { restartPolicy: "Never" });
    await create("migration-fails", { command, image: "teal/app:1-migrationfails" }, { restartPolicy: "Never" });
    await eventually(async () => {
      assert.equal((await get("migration")).status?.phase, "Succeeded");
      assert.equal((await get("migration-fails")).status?.phase, "Failed");
    });
    const ended = (await get("migration-fails")).status?.containerStatuses?.[0]?.state.terminated;
    assert.equal(ended?.exitCode, 1);
    assert.match(ended?.message ?? "", /migration failed/);
  });

  it("serves a little longer when it has to go, finishing what it began", async () => {
    await create("leaving", { image: "teal/app:1-slow" });
    const pod = await ready("leaving");
    const slow = ask(pod);
    await sleep(50);
    await cluster.client.delete(`${pods}/leaving`);
    await eventually(async () => assert.ok(!isReady(await get("leaving"))), 500);
    assert.equal((await ask(pod, "/livez")).status, 200);
    assert.equal((await slow).status, 200);
    await eventually(async () => assert.equal(await unless([404], get("leaving")), undefined));
    await assert.rejects(ask(pod, "/livez"));
  });

  it("ends at once what is removed by force", async () => {
    await create("forced", {});
    const pod = await ready("forced");
    await cluster.client.delete(`${pods}/forced`, { gracePeriodSeconds: 0 });
    await eventually(() => assert.rejects(ask(pod)), 1000);
  });

  it("goes on without the API server, and tells it afterwards", async () => {
    const pod = await ready("simple");
    await cluster.interrupt(300);
    assert.equal((await ask(pod)).status, 200);
    await create("after", {});
    await ready("after");
    assert.equal((await get("simple")).metadata.uid, pod.metadata.uid);
  });

  it("takes its pods up again, at the same addresses", async () => {
    const before = await ready("simple");
    const crashes = (await get("crashing")).status?.containerStatuses?.[0]?.restartCount ?? 0;
    await node.stop();
    await assert.rejects(ask(before));
    node = await cluster.node();
    const pod = await eventually(async () => {
      const found = await ready("simple");
      assert.equal((await ask(found)).status, 200);
      return found;
    });
    assert.equal(pod.status?.podIP, before.status?.podIP);
    assert.equal(pod.metadata.uid, before.metadata.uid);
    assert.ok(((await get("crashing")).status?.containerStatuses?.[0]?.restartCount ?? 0) >= crashes);
    assert.equal((await get("migration")).status?.phase, "Succeeded");
  });
});
