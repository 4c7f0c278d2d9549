import assert from "node:assert/strict";
import { fleetView, type FleetView } from "../../model/console/fleet.ts";
import { logsView, podsView } from "../../model/console/pods.ts";
import { outputView } from "../../model/console/output.ts";
import { stackView } from "../../model/console/stack.ts";
import { statusView, type StatusView } from "../../model/console/status.ts";
import { trafficView, type TrafficView } from "../../model/console/traffic.ts";
import { TestTeal, until } from "./teal.ts";

const E = "/v1/environments/develop";

describe("what the console reads of a whole Teal", () => {
  const teal = new TestTeal();
  before(async () => {
    await teal.start();
    for (const version of ["1.0.0", "2.0.0"]) await teal.release(version);
    await teal.ending(await teal.provision("acme", "1.0.0", { secrets: { API_KEY: "hunter22-hunter22" } }));
  });
  after(() => teal.stop());

  const get = <T>(path: string) => teal.accepted<T>("GET", path);
  const status = async () => statusView.parse(await get<StatusView>("/v1/status"));

  it("says that all is well, and which worker there is", async () => {
    const found = await status();
    assert.deepEqual(
      found.parts.filter(({ ok }) => !ok),
      [],
    );
    const target = TestTeal.makeGround ? "kubernetes" : "sandbox";
    assert.deepEqual([found.ok, found.engine, found.target], [true, "embedded", target]);
    assert.deepEqual(
      found.workers.map(({ alive }) => alive),
      [true],
    );
  });

  it("shows pods and their logs as they are in the cluster", async () => {
    const pods = podsView.parse(await get(`${E}/tenants/acme/pods`));
    const [pod] = pods.items;
    assert.ok(pod);
    assert.deepEqual([pod.color, pod.role, pod.component, pod.ready], ["blue", "live", "web", true]);
    assert.equal(pod.containers[0]?.state, "running");
    const logs = logsView.parse(await get(`${E}/tenants/acme/logs?lines=5`));
    const log = logs.items.find((one) => one.pod === pod.name);
    assert.ok(log && log.lines.length > 0 && log.lines[0]?.at, JSON.stringify(logs));
    assert.ok(!JSON.stringify(logs).includes("hunter22"));
    const one = logsView.parse(await get(`${E}/tenants/acme/logs?pod=${pod.name}&previous=true`));
    assert.deepEqual(
      one.items.map(({ previous, lines }) => [previous, lines]),
      [[true, []]],
    );
    assert.equal((await teal.call("GET", `${E}/tenants/acme/logs?pod=other`)).body["code"], "pod_not_found");
    assert.deepEqual(logsView.parse(await get(`${E}/tenants/acme/logs?color=green`)).items, []);
  });

  it("has the fleet, with an etag until something changes", async () => {
    const { headers, body } = await teal.call<FleetView>("GET", `${E}/fleet`);
    const { items } = fleetView.parse(body);
    assert.deepEqual([items[0]?.id, items[0]?.release, items[0]?.ready, items[0]?.behind], ["acme", "1.0.0", true, 1]);
    const seen = { "if-none-match": headers.get("etag")! };
    assert.equal((await teal.call("GET", `${E}/fleet`, undefined, seen)).status, 304);
    await teal.release("3.0.0");
    assert.equal((await teal.call("GET", `${E}/fleet`, undefined, seen)).status, 200);
  });

  it("shows the stack as Pulumi has it, without secrets", async () => {
    const stack = stackView.parse(await get(`${E}/tenants/acme/stack`));
    assert.equal(stack.name, "organization/tenant/develop.acme");
    const [root] = stack.resources;
    assert.deepEqual([root?.type, root?.parent], ["pulumi:pulumi:Stack", null]);
    const known = new Set<string>();
    for (const { urn, parent, state } of stack.resources) {
      assert.ok(parent === null || known.has(parent), `${urn} comes after its parent`);
      assert.equal(state, "ok", urn);
      known.add(urn);
    }
    const web = stack.resources.find(({ type, name }) => type.endsWith(":Deployment") && name.includes("blue"));
    assert.ok(web, JSON.stringify(stack.resources));
    const [operation] = (await get<{ items: { id: string }[] }>("/v1/operations?tenant=acme")).items;
    const update = stack.updates.at(-1);
    assert.deepEqual([update?.kind, update?.result, update?.operation], ["update", "succeeded", operation?.id]);
    assert.ok(update!.changes["create"]! > 5, JSON.stringify(update));
    assert.ok(!JSON.stringify(stack).includes("hunter22"));
    assert.match(
      stack.command,
      /^PULUMI_BACKEND_URL=file:\/\/\/\S+ pulumi stack --stack organization\/tenant\/develop.acme$/,
    );
    assert.equal((await teal.call("GET", `${E}/tenants/nobody/stack`)).body["code"], "tenant_not_found");
  });

  it("keeps what Pulumi printed for an operation", async () => {
    const operation = await teal.ending(await teal.rollout("acme", "2.0.0"));
    const find = async () => outputView.parse(await get(`/v1/operations/${operation.id}/output`)).items;
    await until("the last output", async () => (await find()).some(({ phase }) => phase === "settling"));
    const items = await find();
    assert.deepEqual([...new Set(items.map(({ phase }) => phase))], ["deploying", "shifting", "promoting", "settling"]);
    for (const { text, failed, task } of items) assert.deepEqual([text.length > 20, failed, task], [true, false, "up"]);
    assert.match(items[0]!.text, /green-web/);
    assert.ok(!JSON.stringify(items).includes("hunter22"));
  });

  it("has a tenant's requests over time, from when the server began", async () => {
    const traffic = async () => trafficView.parse(await get<unknown>(`${E}/tenants/acme/traffic?minutes=5`));
    const busy = ({ series }: TrafficView) => series.green.find(({ requestsPerSecond }) => requestsPerSecond > 0);
    // The rollout before has moved all traffic to green.
    await until("requests in the figures", async () => {
      for (let i = 0; i < 5; i++) await teal.visit("acme");
      return busy(await traffic()) !== undefined;
    });
    const found = await traffic();
    assert.deepEqual([found.source, found.problem, found.stepSeconds], ["gateway", undefined, 10]);
    assert.ok(found.since !== null);
    assert.ok(busy(found)!.p50! < 5);
  });

  it("lists a worker that was killed no longer once it is started again", async () => {
    const before = await status();
    await teal.crash();
    await teal.start();
    await until("the new worker to be listed alone", async () => {
      const { workers } = await status();
      return workers.length === 1 && workers[0]?.name !== before.workers[0]?.name;
    });
  });
});
