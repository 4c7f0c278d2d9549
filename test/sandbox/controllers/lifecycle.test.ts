import assert from "node:assert/strict";
import { type Json, TestServer, until } from "../api/harness.ts";
import { deployment } from "../api/harness.ts";
import { FakeKubelet } from "./kubelet.ts";

describe("sandbox controllers: namespaces, ownership, jobs, nodes", () => {
  let server: TestServer;
  let node: FakeKubelet;
  before(async () => {
    server = await TestServer.start();
    node = await FakeKubelet.start(server);
  });
  after(async () => {
    await node.stop();
    await server.stop();
  });

  const exists = async (path: string): Promise<boolean> => (await server.call("GET", path)).status === 200;
  const gone = async (path: string): Promise<unknown> => until(`${path} to go`, async () => !(await exists(path)));

  it("starts with the namespaces and the Gateway that tenants need", async () => {
    const { items } = await server.get("/api/v1/namespaces");
    const names = items.map((item: Json) => item.metadata.name);
    assert.deepEqual(names, ["default", "kube-node-lease", "kube-public", "kube-system", "teal-system"]);
    const gateway = await server.get("/apis/gateway.networking.k8s.io/v1/namespaces/teal-system/gateways/teal");
    assert.equal(gateway.spec.listeners[0].allowedRoutes.namespaces.from, "All");
    await until("a ServiceAccount", () => exists("/api/v1/namespaces/default/serviceaccounts/default"));
  });

  it("empties a namespace before it lets it go, and lets nothing new in", async () => {
    const path = `/api/v1/namespaces/${await server.namespace("short")}`;
    const deployments = "/apis/apps/v1/namespaces/short/deployments";
    await server.post(deployments, deployment("d", 2));
    await server.post(`${path}/configmaps`, { metadata: { name: "c", finalizers: ["teal.dev/hold"] } });
    await until("pods", async () => (await server.get(`${path}/pods`)).items.length === 2);
    const deleted = await server.call("DELETE", path);
    assert.deepEqual([deleted.status, deleted.body.status.phase], [200, "Terminating"]);
    await until("pods to go", async () => (await server.get(`${path}/pods`)).items.length === 0);
    const refused = await server.call("POST", `${path}/configmaps`, { metadata: { name: "late" } });
    assert.deepEqual([refused.status, refused.body.details.causes[0].reason], [403, "NamespaceTerminating"]);
    await server.merge(`${path}/configmaps/c`, { metadata: { finalizers: null } });
    await gone(path);
    assert.equal((await server.get(deployments)).items.length, 0);
    await server.namespace("short");
  });

  it("deletes what its owners left, unless told to orphan it", async () => {
    const maps = `/api/v1/namespaces/${await server.namespace("owned")}/configmaps`;
    const owned = async (name: string, owner: Json): Promise<void> => {
      const { uid, name: ownerName } = owner.metadata;
      const ownerReferences = [{ apiVersion: "v1", kind: "ConfigMap", name: ownerName, uid }];
      await server.post(maps, { metadata: { name, ownerReferences } });
    };
    const [a, b] = [
      await server.post(maps, { metadata: { name: "a" } }),
      await server.post(maps, { metadata: { name: "b" } }),
    ];
    await owned("of-a", a);
    await owned("of-b", b);
    await owned("of-nobody", { metadata: { uid: "00000000-0000-4000-8000-000000000000", name: "ghost" } });
    await gone(`${maps}/of-nobody`);
    await server.call("DELETE", `${maps}/a`);
    await server.call("DELETE", `${maps}/b?propagationPolicy=Orphan`);
    await gone(`${maps}/of-a`);
    await gone(`${maps}/b`);
    assert.equal((await server.get(`${maps}/of-b`)).metadata.ownerReferences, undefined);
  });

  describe("Jobs", () => {
    const path = "/apis/batch/v1/namespaces/jobs/jobs";
    before(() => server.namespace("jobs"));
    const job = (name: string, image: string, spec: object = {}): object => ({
      metadata: { name },
      spec: { ...spec, template: { spec: { restartPolicy: "Never", containers: [{ name: "x", image }] } } },
    });
    const ended = async (name: string): Promise<Json> =>
      until("the Job to end", async () => {
        const { status } = await server.get(`${path}/${name}`);
        return status.conditions?.some(({ type }: Json) => type === "Complete" || type === "Failed")
          ? status
          : undefined;
      });

    it("complete when their pod succeeds", async () => {
      await server.post(path, job("good", "app:done"));
      const status = await ended("good");
      assert.deepEqual([status.succeeded, status.conditions.at(-1).type], [1, "Complete"]);
      assert.ok(status.completionTime);
    });

    it("fail after as many tries as they may have", async () => {
      await server.post(path, job("bad", "app:fail", { backoffLimit: 1 }));
      const status = await ended("bad");
      assert.deepEqual([status.failed, status.conditions.at(-1).reason], [2, "BackoffLimitExceeded"]);
    });

    it("fail when they take too long, and end their pod", async () => {
      await server.post(path, job("slow", "app:1", { activeDeadlineSeconds: 1 }));
      const status = await ended("slow");
      assert.equal(status.conditions.at(-1).reason, "DeadlineExceeded");
      const selector = "labelSelector=job-name%3Dslow";
      await until(
        "no pods",
        async () => (await server.get(`/api/v1/namespaces/jobs/pods?${selector}`)).items.length === 0,
      );
    });

    it("never change their template", async () => {
      await server.post(path, job("fixed", "app:done"));
      const template = { spec: { template: { spec: { containers: [{ name: "x", image: "app:2" }] } } } };
      const answer = await server.call("PATCH", `${path}/fixed`, template, {
        "content-type": "application/merge-patch+json",
      });
      assert.deepEqual([answer.status, answer.body.reason], [422, "Invalid"]);
    });
  });

  it("counts what may be evicted, and refuses more", async () => {
    const space = `/api/v1/namespaces/${await server.namespace("budget")}`;
    await server.post("/apis/apps/v1/namespaces/budget/deployments", deployment("d", 2));
    const budgets = "/apis/policy/v1/namespaces/budget/poddisruptionbudgets";
    const selector = { matchLabels: { app: "d" } };
    await server.post(budgets, { metadata: { name: "p" }, spec: { minAvailable: 2, selector } });
    await until("two healthy pods", async () => (await server.get(`${budgets}/p`)).status.currentHealthy === 2);
    const [pod] = (await server.get(`${space}/pods`)).items;
    const evict = async (): Promise<number> =>
      (await server.call("POST", `${space}/pods/${pod.metadata.name}/eviction`, {})).status;
    assert.equal(await evict(), 429);
    await server.merge(`${budgets}/p`, { spec: { minAvailable: 1 } });
    await until("room", async () => (await server.get(`${budgets}/p`)).status.disruptionsAllowed === 1);
    assert.equal(await evict(), 201);
  });

  it("leaves pods unbound that no node can take, and says why", async () => {
    const pods = `/api/v1/namespaces/${await server.namespace("lost")}/pods`;
    await server.post(pods, {
      metadata: { name: "p" },
      spec: { nodeSelector: { disk: "ssd" }, containers: [{ name: "x", image: "y" }] },
    });
    const pod = await until("the condition", async () => {
      const found = await server.get(`${pods}/p`);
      return found.status.conditions === undefined ? undefined : found;
    });
    assert.deepEqual([pod.spec.nodeName, pod.status.conditions[0].reason], [undefined, "Unschedulable"]);
    await server.merge("/api/v1/nodes/node-1", { metadata: { labels: { disk: "ssd" } } });
    await server.call("DELETE", `${pods}/p`);
    await gone(`${pods}/p`);
  });
});
