import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { startCluster, stopCluster } from "../cluster/cluster.ts";
import type { OperationView } from "../model/views.ts";
import { keepVisiting, TestTeal } from "../test/e2e/teal.ts";
import { makeCluster, type TestCluster, tealOn } from "./ground.ts";
import { Proxy } from "./proxy.ts";

const awayMs = 20_000;
const slowly = { steps: [30, 60, 100], bakeSeconds: 2 };

/** Operations under way wait, say so, go on and end well, and traffic flows all the while. */
describe("an API server that", function () {
  this.timeout(240_000);
  let cluster: TestCluster;
  let proxy: Proxy;
  let teal: TestTeal;

  before(async () => {
    cluster = await makeCluster();
    proxy = await Proxy.open(cluster.tealKubeconfig);
    const kubeconfig = await proxy.writeKubeconfig(join(cluster.state, "proxy.kubeconfig"));
    teal = await new TestTeal({ ...tealOn(cluster), KUBECONFIG: kubeconfig }).start();
    for (const version of ["1.0.0", "2.0.0", "3.0.0", "4.0.0"]) await teal.release(version);
    assert.equal((await teal.ending(await teal.provision("acme", "1.0.0"))).state, "succeeded");
  });
  after(async () => {
    await teal.stop();
    await proxy.close();
    await cluster.remove();
  });
  afterEach(() => Object.assign(proxy.way, { delayMs: 0, refusedShare: 0 }));

  /** The API server stops, for Teal, node, gateway and controllers alike, and is back after 20 s. */
  const outage = async (operation: OperationView): Promise<void> => {
    await proxy.goAway();
    await stopCluster(cluster.state, ["kube-apiserver"]);
    const back = delay(awayMs);
    const waits = await teal.when(operation, "its waiting", (o) => o.outcome?.code === "cluster_unreachable", 18);
    assert.equal(waits.outcome?.cause, "platform");
    assert.equal(waits.endedAt, undefined);
    await back;
    await startCluster({ state: cluster.state, port: 0 });
    await proxy.comeBack();
  };
  const endsWell = async (operation: OperationView): Promise<void> => {
    const end = await teal.ending(operation, 120);
    assert.equal(end.state, "succeeded", JSON.stringify([end, await teal.events(operation.id)]));
  };
  const phases = async ({ id }: OperationView) =>
    (await teal.events(id)).filter(({ type }) => type === "phase").map(({ phase }) => phase);
  const flowed = async (visits: ReturnType<typeof keepVisiting>): Promise<void> => {
    const { requests, failures } = await visits.stop();
    assert.deepEqual(failures, []);
    assert.ok(requests > 200, String(requests));
  };

  it("is away for 20 s in the middle of a provision is waited for", async () => {
    const visits = keepVisiting(teal, "acme");
    const provision = await teal.provision("globex", "1.0.0");
    await teal.when(provision, "its beginning", (o) => o.phase === "deploying");
    await outage(provision);
    await endsWell(provision);
    assert.deepEqual(await phases(provision), ["deploying", "verifying", "succeeded"]);
    assert.ok((await teal.events(provision.id)).some(({ type }) => type === "trouble"));
    assert.equal((await teal.visit("globex")).body.version, "1.0.0");
    await flowed(visits);
  });

  it("is away for 20 s in the middle of a shift is waited for", async () => {
    const visits = keepVisiting(teal, "acme");
    const rollout = await teal.rollout("acme", "2.0.0", slowly);
    await teal.when(rollout, "a shift", (o) => o.phase === "baking" && o.step?.index === 0);
    await outage(rollout);
    await endsWell(rollout);
    assert.equal((await phases(rollout)).filter((phase) => phase === "baking").length, 3);
    assert.deepEqual(await teal.split("acme", 20), { "2.0.0": 20 });
    await flowed(visits);
  });

  it("answers every request half a second late makes a rollout slow, and no more", async () => {
    proxy.way.delayMs = 500;
    const visits = keepVisiting(teal, "acme");
    const rollout = await teal.rollout("acme", "3.0.0", slowly);
    await endsWell(rollout);
    assert.deepEqual(await teal.split("acme", 20), { "3.0.0": 20 });
    await flowed(visits);
  });

  it("answers 429 or 503 to nearly a third of all requests stops neither a provision nor a rollout", async () => {
    proxy.way.refusedShare = 0.3;
    const visits = keepVisiting(teal, "acme");
    const operations = [await teal.provision("initech", "1.0.0"), await teal.rollout("acme", "4.0.0", slowly)];
    for (const operation of operations) await endsWell(operation);
    assert.ok(proxy.refused > 20, String(proxy.refused));
    assert.deepEqual(await teal.split("acme", 20), { "4.0.0": 20 });
    assert.equal((await teal.visit("initech")).body.version, "1.0.0");
    await flowed(visits);
  });
});
