import assert from "node:assert/strict";
import { sql } from "kysely";
import { Registry } from "prom-client";
import { ledgerGauges } from "../../../automation/metrics/gauges.ts";
import { measured } from "../../../automation/metrics/measured.ts";
import { createMetrics } from "../../../automation/metrics/metrics.ts";
import { reportWorker } from "../../../automation/ledger/workers/report.ts";
import { endStates, operationKinds } from "../../../model/operation.ts";
import { call, happen, openHarness, provisioned, run, tenant, type Harness } from "../harness.ts";

const production = "production";
const environments = ["develop", production];
const about = { version: "1.2.3", target: "sandbox", role: "all", environments } as const;

/** Value of a series, by its name and labels as Prometheus reads them; undefined where there is none. */
async function seriesOf(registry: Registry): Promise<(series: string) => number | undefined> {
  const lines = (await registry.metrics()).split("\n").filter((line) => !line.startsWith("#") && line !== "");
  const values = new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ")))]),
  );
  return (series) => values.get(series);
}

describe("metrics", () => {
  let harness: Harness;
  let registry: Registry;
  beforeEach(async () => {
    harness = await openHarness();
    await provisioned(harness, ...["acme", "beta", "gamma"].map((id) => tenant(id)));
    registry = new Registry();
  });
  afterEach(() => harness.close());
  const rollout = async (id: string) =>
    (await harness.automation.tenants.rollout(production, id, { release: "2.0.0" }, call)).id;

  it("count operations by kind and how they ended, from nought on, and how long each phase took", async () => {
    const ledger = measured(harness.ledger, createMetrics(registry, about));
    const before = await seriesOf(registry);
    const succeeded = `teal_operations_total{environment="production",kind="rollout",outcome="succeeded"}`;
    const goneBack = `teal_operations_total{environment="production",kind="rollout",outcome="rolled-back"}`;
    assert.deepEqual([before(succeeded), before(goneBack)], [0, 0]);
    await run(ledger, await rollout("acme"));
    const second = await run(ledger, await rollout("beta"), "baking");
    await ledger.advance(second, { memory: second.operation.memory, events: [] });
    await happen(ledger, second, "failed");
    await ledger.releaseLeasesOf("test");
    await run(ledger, second.operation.id);
    const after = await seriesOf(registry);
    assert.deepEqual([after(succeeded), after(goneBack)], [1, 1]);
    assert.equal(after(`teal_operation_duration_seconds_count{kind="rollout",outcome="succeeded"}`), 1);
    assert.equal(after(`teal_operation_phase_duration_seconds_count{kind="rollout",phase="deploying"}`), 2);
    assert.equal(after(`teal_operation_phase_duration_seconds_count{kind="rollout",phase="rolling-back"}`), 1);
    assert.equal(after(`teal_operation_phase_duration_seconds_count{kind="rollout",phase="succeeded"}`), undefined);
  });

  it("count what was taken over from a worker that had gone silent, and nothing that was given back", async () => {
    const ledger = measured(harness.ledger, createMetrics(registry, about));
    const takeovers = async () => (await seriesOf(registry))("teal_lease_takeovers_total");
    const id = await rollout("acme");
    const claim = (await ledger.claim(id, "a", 60))!;
    assert.equal(await ledger.claim(id, "b", 60), null);
    await ledger.advance(claim, { events: [], release: true });
    const again = await ledger.claim(id, "b", 60);
    assert.ok(again);
    assert.equal(await takeovers(), 0);
    const lapse = () =>
      harness.ledger.read((db) =>
        sql`update teal.operations set lease_until = now() - interval '1 second' where id = ${id}`.execute(db),
      );
    await lapse();
    assert.ok(await ledger.claim(id, "b", 60));
    assert.equal(await takeovers(), 0, "its own");
    await lapse();
    const taken = await Promise.all(["c", "d", "e"].map((name) => ledger.claim(id, name, 60)));
    assert.equal(taken.filter((one) => one !== null).length, 1);
    assert.equal(await takeovers(), 1);
  });

  it("tell what has not ended, by what it waits for and since when", async () => {
    ledgerGauges(registry, harness.ledger);
    const { ledger } = harness;
    const waiting = await rollout("acme");
    await happen(ledger, await run(ledger, await rollout("beta"), "shifting"), "pause");
    await ledger.claim(await rollout("gamma"), "a", 60);
    await ledger.read(async (db) => {
      await reportWorker(db, "a", "1");
      await reportWorker(db, "b", "1");
      await sql`update teal.workers set seen_at = now() - interval '1 minute' where name = 'b'`.execute(db);
      await sql`update teal.operations set created_at = now() - interval '90 seconds' where id = ${waiting}`.execute(
        db,
      );
    });
    const value = await seriesOf(registry);
    const unfinished = (state: string) =>
      value(`teal_operations_unfinished{environment="production",kind="rollout",state="${state}"}`);
    assert.deepEqual(["waiting", "paused", "under-way", "halted"].map(unfinished), [1, 1, 1, undefined]);
    assert.equal(value("teal_queue_depth"), 1);
    for (const series of [
      "teal_queue_oldest_seconds",
      `teal_operations_oldest_seconds{environment="production",state="waiting"}`,
    ]) {
      const seconds = value(series)!;
      assert.ok(seconds >= 90 && seconds < 900, `${series} ${seconds}`);
    }
    assert.deepEqual([value(`teal_workers{state="alive"}`), value(`teal_workers{state="silent"}`)], [1, 1]);
    assert.deepEqual(
      [value("teal_notices_due"), value("teal_notices_oldest_seconds"), value("teal_ledger_up")],
      [0, 0, 1],
    );
    assert.equal(value(`teal_alerts_firing{severity="critical"}`), 0);
  });

  it("say that the ledger is away, and nothing of what it would know", async () => {
    let away = false;
    ledgerGauges(registry, {
      read: async (work) => (away ? Promise.reject(new Error("away")) : harness.ledger.read(work)),
    });
    assert.equal((await seriesOf(registry))("teal_queue_depth"), 0);
    away = true;
    await new Promise((done) => setTimeout(done, 1100));
    const value = await seriesOf(registry);
    assert.equal(value("teal_ledger_up"), 0);
    for (const series of ["teal_queue_depth", `teal_workers{state="alive"}`, "teal_notices_due"])
      assert.equal(value(series), undefined, series);
  });

  it("have no label with a value per tenant, operation or host", async () => {
    const metrics = createMetrics(registry, about);
    ledgerGauges(registry, harness.ledger);
    const ledger = measured(harness.ledger, metrics);
    for (const id of ["acme", "beta", "gamma"]) await run(ledger, await rollout(id));
    metrics.stackOperation("up", 1, false);
    metrics.noticeTried(production, false);
    const text = await registry.metrics();
    assert.doesNotMatch(text, /acme|beta|gamma/);
    const counted = text.split("\n").filter((line) => line.startsWith("teal_operations_total{"));
    assert.equal(counted.length, environments.length * operationKinds.length * endStates.length);
    const labels = new Set(
      [...text.matchAll(/^teal_\w+\{([^}]*)\}/gm)].flatMap(([, all]) =>
        [...all!.matchAll(/(\w+)="/g)].map(([, name]) => name!),
      ),
    );
    const known = [
      "environment",
      "kind",
      "le",
      "outcome",
      "phase",
      "role",
      "severity",
      "state",
      "target",
      "task",
      "version",
    ];
    assert.deepEqual(
      [...labels].filter((name) => !known.includes(name)),
      [],
    );
  });
});
