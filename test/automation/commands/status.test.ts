import assert from "node:assert/strict";
import { reportWorker } from "../../../automation/ledger/workers/report.ts";
import { removeWorkers } from "../../../automation/ledger/workers/remove.ts";
import { statusView, type PartName, type StatusView } from "../../../model/console/status.ts";
import { call, happen, openHarness, provisioned, run, tenant, type Harness } from "../harness.ts";

const production = "production";

describe("the status of Teal itself", () => {
  let harness: Harness;
  let gateway: string | undefined;
  let cluster: { name: string; ok: boolean; problem?: string };
  beforeEach(async () => {
    gateway = undefined;
    cluster = { name: "cluster", ok: true };
    harness = await openHarness({
      about: {
        ...{ version: "1.2.3", engine: "cli", backendUrl: "file:///state", deploymentTable: "deployments" },
        gateway: async () => gateway,
      },
      health: async () => [cluster],
    });
  });
  afterEach(() => harness.close());

  const status = async () => statusView.parse(await harness.automation.overview.status());
  const partOf = ({ parts }: StatusView, name: PartName) => parts.find((part) => part.name === name);
  const report = (name: string) => harness.ledger.read((db) => reportWorker(db, name, "1.2.3"));
  const lastSeen = (name: string, ago: string) =>
    harness.ledger.read((db) =>
      db
        .updateTable("workers")
        .set({ seen_at: new Date(Date.now() - Number(ago) * 1000) })
        .where("name", "=", name)
        .execute(),
    );

  it("says what Teal is, and that nothing is driven without a worker", async () => {
    const found = await status();
    assert.deepEqual([found.version, found.engine, found.target, found.ok], ["1.2.3", "cli", "sandbox", false]);
    assert.match(partOf(found, "workers")!.problem!, /no worker has reported/);
    await report("a");
    const well = await status();
    assert.deepEqual([well.ok, well.parts.every(({ ok }) => ok)], [true, true]);
    assert.deepEqual([well.workers.length, well.workers[0]?.alive, well.workers[0]?.operations], [1, true, 0]);
  });

  it("says which worker has gone silent, since when, and forgets it after a day", async () => {
    await report("a");
    await report("b");
    await lastSeen("a", "60");
    const one = await status();
    assert.deepEqual(
      one.workers.map(({ name, alive }) => [name, alive]),
      [
        ["a", false],
        ["b", true],
      ],
    );
    assert.equal(partOf(one, "workers")?.ok, true);
    await lastSeen("b", "90");
    const none = await status();
    assert.equal(partOf(none, "workers")?.since, none.workers[0]?.seenAt);
    await lastSeen("a", "90000");
    await report("b");
    assert.deepEqual(
      (await status()).workers.map(({ name }) => name),
      ["b"],
    );
    await harness.ledger.read((db) => removeWorkers(db, "b"));
    assert.deepEqual((await status()).workers, []);
  });

  it("says since when a part is as it is, from look to look", async () => {
    const well = partOf(await status(), "gateway")!;
    assert.deepEqual(partOf(await status(), "gateway"), well);
    gateway = "http://127.0.0.1:1 does not answer";
    cluster = { name: "cluster", ok: false, problem: "no answer in 3 s" };
    const ill = await status();
    assert.deepEqual([partOf(ill, "gateway")?.ok, partOf(ill, "gateway")?.problem], [false, gateway]);
    assert.equal(partOf(ill, "cluster")?.problem, "no answer in 3 s");
    gateway = "another reason";
    assert.equal(partOf(await status(), "gateway")?.since, partOf(ill, "gateway")?.since);
  });

  it("counts what waits for a worker, what is held up, what rests and what is under way", async () => {
    const { automation, ledger } = harness;
    await provisioned(harness, ...["acme", "beta", "gamma", "delta"].map((id) => tenant(id)));
    const rollout = async (id: string) =>
      (await automation.tenants.rollout(production, id, { release: "2.0.0" }, call)).id;
    const waiting = await automation.operations.get(await rollout("acme"));
    await happen(ledger, await run(ledger, await rollout("beta"), "shifting"), "pause");
    const held = (await ledger.claim(await rollout("gamma"), "a", 60))!;
    const outcome = { code: "outside_window", cause: "policy" as const, message: "Not now", evidence: [] };
    await ledger.advance(held, { outcome, events: [], release: true, wakeAt: new Date(Date.now() + 60_000) });
    await report("a");
    await ledger.claim(await rollout("delta"), "a", 60);
    const found = await status();
    assert.deepEqual(found.queue, { waiting: 1, oldest: waiting.createdAt, held: 1, resting: 1, underWay: 1 });
    assert.equal(found.workers[0]?.operations, 1);
    assert.equal(partOf(found, "queue")?.ok, true);
  });

  it("says so where the database is away, and what is not known then", async () => {
    const { overview } = harness.automation;
    await harness.ledger.close();
    const found = statusView.parse(await overview.status());
    assert.deepEqual([found.ok, partOf(found, "database")?.ok, found.queue, found.workers], [false, false, null, []]);
    assert.equal(partOf(found, "workers"), undefined);
  });
});
