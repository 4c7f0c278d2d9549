import assert from "node:assert/strict";
import { fleetView, type FleetView } from "../../model/console/fleet.ts";
import { logsView, podsView } from "../../model/console/pods.ts";
import { statusView, type StatusView } from "../../model/console/status.ts";
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
    assert.deepEqual([found.ok, found.engine, found.target], [true, "embedded", "sandbox"]);
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
