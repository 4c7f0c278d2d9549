import assert from "node:assert/strict";
import pino from "pino";
import { drive } from "../../../automation/worker/drive.ts";
import type { Effects } from "../../../automation/worker/effects.ts";
import { defaultPolicy } from "../../../model/policy.ts";
import { because, call, openHarness, provisioned, run, tenant, type Harness } from "../harness.ts";

const production = "production";
const hours = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString();

describe("freezes and windows", () => {
  let harness: Harness;
  let count = 0;
  before(async () => {
    harness = await openHarness();
    await provisioned(harness);
  });
  after(() => harness.close());

  const ready = async (more: object = {}): Promise<string> => {
    const id = `frozen-${++count}`;
    const { automation, ledger } = harness;
    await run(ledger, (await automation.tenants.create(production, tenant(id, more), call)).id);
    return id;
  };
  const freeze = (from: string | undefined, to: string) =>
    harness.automation.freezes.declare(
      production,
      { ...(from !== undefined && { from }), to, reason: "Christmas" },
      call,
    );
  const lift = (id: string) => harness.automation.freezes.lift(production, id, because);
  const get = (id: string) => harness.automation.operations.get(id);
  /** What the operation's worker writes down in one go. Whatever touches a stack fails, and ends it. */
  const driven = async (operation: string) => {
    await harness.ledger.releaseLeasesOf("driver");
    const abort = new AbortController();
    const broken = async () => Promise.reject(new Error("no stack here"));
    const effects = {
      ledger: harness.ledger,
      stacks: { up: broken },
      policy: defaultPolicy("demo"),
    } as unknown as Effects;
    const log = pino({ level: "silent" });
    const sleep = async () => abort.abort();
    const driver = { effects, log, signal: abort.signal, lookedAt: new Set([operation]), sleep };
    await drive(driver, (await harness.ledger.claim(operation, "driver", 30))!);
    return get(operation);
  };

  it("are declared, listed while they are in force or to come, and lifted once", async () => {
    const { freezes, events } = harness.automation;
    const coming = await freeze(hours(5), hours(6));
    const now = await freeze(undefined, hours(1));
    assert.deepEqual(await freezes.list(production), [now, coming]);
    assert.deepEqual(await freezes.list("develop"), []);
    const lifted = await lift(now.id);
    assert.deepEqual([lifted.lifted?.by, lifted.lifted?.reason], ["alice", "a test"]);
    assert.deepEqual(await freezes.lift(production, now.id, { actor: "bob" }), lifted);
    assert.equal((await freezes.lift(production, coming.id, call)).lifted?.reason, undefined);
    assert.deepEqual(await freezes.list(production), []);
    const types = (await events.list({ environment: production }, 0, 1000)).map((event) => event.type);
    assert.deepEqual(
      types.filter((type) => type.startsWith("freeze_")),
      ["freeze_declared", "freeze_declared", "freeze_lifted", "freeze_lifted"],
    );
    await assert.rejects(freezes.lift("develop", now.id, call), { code: "freeze_not_found" });
    for (const [from, to] of [
      [undefined, hours(-1)],
      [hours(2), hours(1)],
      [hours(-3), hours(-2)],
    ] as const) {
      await assert.rejects(freeze(from, to), { code: "invalid_input" });
    }
  });

  it("refuse rollouts and what needs new pods, and nothing else", async () => {
    const { tenants } = harness.automation;
    const id = await ready();
    const { id: inForce } = await freeze(undefined, hours(1));
    const rollout = { release: "2.0.0" };
    await assert.rejects(tenants.rollout(production, id, rollout, call), (error: Error & { code: string }) => {
      assert.equal(error.code, "frozen");
      assert.match(error.message, /by alice: Christmas/);
      return true;
    });
    await assert.rejects(tenants.patch(production, id, { config: { a: "1" } }, 1, call), { code: "frozen" });
    const named = (await tenants.patch(production, id, { name: "New" }, 1, call))!;
    await run(harness.ledger, named.id);
    // A new tenant has no traffic that could be hurt.
    await ready();
    assert.equal((await tenants.preview(production, id, { release: "2.0.0" })).creates, 0);
    await lift(inForce);
    assert.equal((await tenants.rollout(production, id, rollout, call)).state, "queued");
  });

  it("yield to an override, which is recorded with who and why", async () => {
    const { tenants, events } = harness.automation;
    const id = await ready({ policy: { windows: [neverNow()] } });
    const { id: inForce } = await freeze(undefined, hours(1));
    const override = { reason: "mends the hole" };
    const accepted = await tenants.rollout(production, id, { release: "2.0.0", override }, call);
    assert.deepEqual(accepted.override, { by: "alice", reason: "mends the hole" });
    const [event] = await events.list({ operation: accepted.id }, 0, 1);
    assert.deepEqual(event?.data["override"], override);
    assert.match(event.message, /in spite of freezes and windows \(mends the hole\)/);
    assert.equal((await driven(accepted.id)).phase, "deploying");
    assert.deepEqual((await get(accepted.id)).override, accepted.override);
    await lift(inForce);
  });

  it("hold what was accepted before, say why and until when, and let it go on once lifted", async () => {
    const { tenants, events } = harness.automation;
    const id = await ready();
    const { id: operation } = await tenants.rollout(production, id, { release: "2.0.0" }, call);
    const { id: inForce, to } = await freeze(undefined, hours(1));
    const held = await driven(operation);
    assert.deepEqual([held.state, held.outcome?.code, held.outcome?.cause], ["queued", "frozen", "policy"]);
    assert.ok(held.outcome?.message.includes(to));
    await driven(operation);
    await lift(inForce);
    const on = await driven(operation);
    assert.deepEqual([on.phase, on.outcome?.code], ["deploying", "unexpected"]);
    const told = (await events.list({ operation }, 0, 100)).map((event) => `${event.type}: ${event.message}`);
    assert.equal(told.filter((message) => message.startsWith("waiting: The environment is frozen")).length, 1);
    assert.ok(told.includes("resumed: The freeze is over; the operation goes on."), told.join("\n"));
  });

  it("let a rollout outside of its window wait, to be cancelled like any that is queued", async () => {
    const { tenants } = harness.automation;
    const id = await ready({ timeZone: "Asia/Tokyo", policy: { windows: [neverNow("Asia/Tokyo")] } });
    const { id: operation } = await tenants.rollout(production, id, { release: "2.0.0" }, call);
    const waiting = await driven(operation);
    assert.deepEqual([waiting.state, waiting.outcome?.code], ["queued", "outside_window"]);
    assert.match(waiting.outcome!.message, /begins at \d{4}-.* in Asia\/Tokyo/);
    const row = await harness.ledger.read((db) =>
      db.selectFrom("operations").select("wake_at").where("id", "=", operation).executeTakeFirstOrThrow(),
    );
    const [begins] = /\d{4}-\S+Z/.exec(waiting.outcome!.message)!;
    // By the database's clock, to which it is translated.
    const off = Math.abs(row.wake_at!.getTime() - Date.parse(begins));
    assert.ok(off < 5000, `it is woken when the window begins, not ${off} ms off`);
    assert.equal((await tenants.rollback(production, id, call)).id, operation);
    assert.equal((await driven(operation)).state, "cancelled");
  });

  it("do not hold a rollback", async () => {
    const { tenants } = harness.automation;
    const id = await ready();
    const kept = { release: "2.0.0", settling: "keep" as const };
    await run(harness.ledger, (await tenants.rollout(production, id, kept, call)).id);
    const { id: inForce } = await freeze(undefined, hours(1));
    const rollback = await tenants.rollback(production, id, call);
    assert.equal((await driven(rollback.id)).phase, "deploying");
    await lift(inForce);
  });
});

/** A window of an hour that begins in about twelve. */
function neverNow(zone = "UTC") {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    weekday: "short",
    hour: "2-digit",
    hourCycle: "h23",
  });
  const at = new Map(format.formatToParts(Date.now() + 12 * 3_600_000).map(({ type, value }) => [type, value]));
  const hour = Number(at.get("hour"));
  const clock = (h: number) => `${String(h).padStart(2, "0")}:00`;
  return { days: [at.get("weekday")!.toLowerCase() as "mon"], from: clock(hour), to: clock(hour + 1) };
}
