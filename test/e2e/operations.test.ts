import assert from "node:assert/strict";
import { CoreV1Api, KubeConfig } from "@kubernetes/client-node";
import type { OperationView } from "../../model/views.ts";
import { byHand, type ByHand } from "./byHand.ts";
import { keepVisiting, TestTeal, until } from "./teal.ts";

describe("restart, scale and suspend", function () {
  this.timeout(240_000);
  let teal: TestTeal;
  let hand: ByHand;
  let core: CoreV1Api;

  before(async () => {
    teal = await new TestTeal().start();
    hand = byHand(teal);
    const config = new KubeConfig();
    config.loadFromFile(teal.kubeconfig);
    core = config.makeApiClient(CoreV1Api);
    for (const version of ["1.0.0", "2.0.0"]) await teal.release(version);
    const policy = { steps: [50, 100], bakeSeconds: 0, holdSeconds: 0, gates: ["before-traffic"] };
    assert.equal((await teal.ending(await teal.provision("acme", "1.0.0", { policy }))).state, "succeeded");
  });
  after(() => teal.stop());

  const tell = (what: string, body: object = {}): Promise<OperationView> =>
    teal.accepted("POST", `/v1/environments/develop/tenants/acme/${what}`, { reason: "a test", ...body });
  const refused = async (what: string, body: object, code: string) => {
    const { status, body: problem } = await teal.call("POST", `/v1/environments/develop/tenants/acme/${what}`, body);
    assert.deepEqual([status, problem["code"]], [409, code]);
  };
  const succeeded = async (operation: OperationView): Promise<void> => {
    const end = await teal.ending(operation);
    assert.equal(end.state, "succeeded", JSON.stringify(end));
  };
  /** Names of the tenant's pods, without those that are on their way out. */
  const pods = async (color: string): Promise<string[]> => {
    const { items } = await core.listNamespacedPod({
      namespace: "develop-acme",
      labelSelector: `teal.dev/color=${color}`,
    });
    return items.filter((pod) => !pod.metadata!.deletionTimestamp).map((pod) => pod.metadata!.name!);
  };
  const asTealLeftIt = async () => {
    const { drifted, items, traffic } = await teal.drift("acme");
    assert.deepEqual([drifted, items], [false, []]);
    return traffic;
  };
  /** Answers to requests that never stop, each kind counted, in the order in which kinds followed each other. */
  const watch = () => {
    const runs: string[] = [];
    let going = true;
    const loop = (async () => {
      while (going) {
        const { status, body } = await teal.visit("acme");
        const code = (body as { code?: string }).code;
        const kind = code === undefined ? `${status}` : `${status} ${code}`;
        if (runs.at(-1) !== kind) runs.push(kind);
        await new Promise((done) => setTimeout(done, 5));
      }
    })();
    const stop = async () => {
      going = false;
      await loop;
      return runs;
    };
    teal.cleanups.push(stop);
    return { stop };
  };

  it("a restart brings new pods of the same release, asks for no approval and fails no request", async () => {
    const visits = keepVisiting(teal, "acme");
    const before = await pods("blue");
    await succeeded(await tell("restart"));
    const tenant = await teal.tenant("acme");
    assert.deepEqual([tenant.live, tenant.release, tenant.revision], ["green", "1.0.0", 1]);
    assert.deepEqual([tenant.slots.green?.restarts, tenant.slots.blue?.restarts], [1, 1]);
    await until("a new pod of the warm backup", async () => {
      const now = await pods("blue");
      return now.length === 1 && !before.includes(now[0]!);
    });
    const was = await pods("green");
    await succeeded(await tell("restart"));
    assert.equal((await teal.tenant("acme")).live, "blue");
    await until("another pod of the warm backup", async () => {
      const now = await pods("green");
      return now.length === 1 && !was.includes(now[0]!);
    });
    assert.deepEqual((await visits.stop()).failures, []);
    await asTealLeftIt();
  });

  it("a scaling changes pods in place, beyond the tier, and stays over rollouts until it is taken back", async () => {
    const visits = keepVisiting(teal, "acme");
    const kept = await pods("blue");
    await succeeded(await tell("scale", { replicas: 3 }));
    const scaled = await pods("blue");
    assert.equal(scaled.length, 3);
    assert.ok(kept.every((pod) => scaled.includes(pod)));
    assert.equal((await teal.tenant("acme")).replicas, 3);
    await asTealLeftIt();
    await hand.patch("acme", "Deployment", "blue-web", { spec: { replicas: 2 } });
    const drift = await teal.drift("acme");
    assert.deepEqual(drift.items[0]?.properties, [{ path: "spec.replicas", expected: "3", found: "2" }]);
    await succeeded(await teal.decide("acme", "repair", drift));

    const rollout = await teal.rollout("acme", "2.0.0");
    const asked = await teal.when(rollout, "a question", (o) => o.approval?.plan !== undefined);
    await teal.accepted("POST", `/v1/operations/${rollout.id}/approve`, { plan: asked.approval!.plan, reason: "ok" });
    await succeeded(rollout);
    assert.equal((await pods("green")).length, 3);
    await succeeded(await tell("scale", { replicas: null }));
    assert.equal((await teal.tenant("acme")).replicas, null);
    assert.equal((await pods("green")).length, 1);
    const { failures } = await visits.stop();
    assert.deepEqual(failures, []);
    await asTealLeftIt();
  });

  it("a suspended tenant says so, has no pods, and refuses what needs some", async () => {
    const watched = watch();
    await succeeded(await tell("suspend"));
    assert.deepEqual(await watched.stop(), ["200", "503 suspended"]);
    assert.deepEqual([await pods("blue"), await pods("green")], [[], []]);
    const { suspended, live, weights } = await teal.tenant("acme");
    assert.deepEqual([suspended, live, weights], [true, "green", { blue: 0, green: 100 }]);
    assert.deepEqual(await asTealLeftIt(), { expected: null, found: null });
    const page = await fetch(`http://127.0.0.1:${teal.gatewayPort}/`, { headers: { accept: "text/html" } });
    assert.equal(page.status, 404, "the page is for its own host names alone");

    const reason = "a test";
    await refused("rollouts", { release: "1.0.0" }, "tenant_suspended");
    await refused("restart", { reason }, "tenant_suspended");
    await refused("scale", { reason, replicas: 2 }, "tenant_suspended");
    await refused("suspend", { reason }, "tenant_suspended");
    await refused("rollback", { reason }, "tenant_suspended");
    const headers = { "if-match": '"1"', "content-type": "application/merge-patch+json" };
    const path = "/v1/environments/develop/tenants/acme";
    const config = await teal.call("PATCH", path, { config: { a: "b" } }, headers);
    assert.deepEqual([config.status, config.body["code"]], [409, "tenant_suspended"]);
    await succeeded(await teal.accepted("PATCH", path, { name: "Acme at rest" }, headers));
    assert.equal((await teal.visit("acme")).status, 503);

    await hand.patch("acme", "Deployment", "green-web", { spec: { replicas: 1 } });
    await succeeded(await teal.decide("acme", "repair", await teal.drift("acme")));
    assert.deepEqual(await pods("green"), []);
  });

  it("comes back without leading anybody to pods that aren't ready, also over a crash", async () => {
    const watched = watch();
    const unsuspend = await tell("unsuspend");
    await teal.when(unsuspend, "its pods", (o) => o.phase === "verifying" || o.phase === "deploying");
    await teal.crash();
    await teal.start();
    await succeeded(unsuspend);
    assert.deepEqual(await watched.stop(), ["503 suspended", "200"]);
    const { suspended, release } = await teal.tenant("acme");
    assert.deepEqual([suspended, release], [false, "2.0.0"]);
    assert.deepEqual(await asTealLeftIt(), { expected: { blue: 0, green: 100 }, found: { blue: 0, green: 100 } });
    await refused("unsuspend", { reason: "again" }, "not_suspended");
  });

  it("a suspension survives a crash in mid-way, and coming back can be turned round", async () => {
    const watched = watch();
    const suspend = await tell("suspend");
    await teal.when(suspend, "the route to be closed", (o) => o.phase === "closing" || o.phase === "stopping");
    await teal.crash();
    await teal.start();
    await succeeded(suspend);
    const unsuspend = await tell("unsuspend");
    await teal.when(unsuspend, "its pods", (o) => o.phase !== "queued");
    await teal.accepted("POST", `/v1/operations/${unsuspend.id}/abort`, { reason: "not yet" });
    assert.equal((await teal.ending(unsuspend)).state, "rolled-back");
    assert.deepEqual(await watched.stop(), ["200", "503 suspended"]);
    assert.equal((await teal.tenant("acme")).suspended, true);
    await asTealLeftIt();
  });

  it("a suspended tenant can be offboarded", async () => {
    await succeeded(await teal.accepted("DELETE", "/v1/environments/develop/tenants/acme"));
  });
});
