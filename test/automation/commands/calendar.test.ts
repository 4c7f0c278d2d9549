import assert from "node:assert/strict";
import { calendarView, type CalendarItem } from "../../../model/console/calendar.ts";
import { because, call, openHarness, provisioned, run, tenant, type Harness } from "../harness.ts";

const production = "production";
const hour = 3_600_000;

describe("the calendar", () => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await openHarness();
  });
  afterEach(() => harness.close());

  const calendar = async (from: Date, to: Date) =>
    calendarView.parse(await harness.automation.overview.calendar(production, { from, to }));
  const of = <W extends CalendarItem["what"]>(items: CalendarItem[], what: W) =>
    items.filter((item): item is Extract<CalendarItem, { what: W }> => item.what === what);

  it("has windows once for all tenants that have the same, in their time zone", async () => {
    const { automation } = harness;
    const nights = [{ days: ["mon" as const], from: "22:00", to: "23:00" }];
    await automation.policies.set(production, { windows: nights }, 0, because);
    const own = [{ days: ["tue"], from: "01:00", to: "02:00" }];
    await provisioned(
      harness,
      tenant("a"),
      tenant("b"),
      tenant("c", { timeZone: "Europe/Berlin" }),
      tenant("d", { policy: { windows: own } }),
      tenant("e", { policy: { windows: [] } }),
      tenant("f", { policy: { windows: nights } }),
    );
    const { items, always, more } = await calendar(new Date("2026-11-23T00:00:00Z"), new Date("2026-11-30T00:00:00Z"));
    assert.deepEqual(items, [
      {
        what: "window",
        from: "2026-11-23T21:00:00.000Z",
        to: "2026-11-23T22:00:00.000Z",
        timeZone: "Europe/Berlin",
        tenants: 1,
      },
      { what: "window", from: "2026-11-23T22:00:00.000Z", to: "2026-11-23T23:00:00.000Z", timeZone: "UTC", tenants: 3 },
      { what: "window", from: "2026-11-24T01:00:00.000Z", to: "2026-11-24T02:00:00.000Z", timeZone: "UTC", tenants: 1 },
    ]);
    assert.deepEqual([always, more], [1, false]);
  });

  it("has freezes, approvals that expire, holds and graces that end and what waits, by when they begin", async () => {
    const { automation, ledger } = harness;
    await provisioned(harness, ...["gate", "hold", "late", "leaving", "wait"].map((id) => tenant(id)));
    const now = Date.now();
    const rollout = async (id: string, more: object) =>
      (await automation.tenants.rollout(production, id, { release: "2.0.0", ...more }, call)).id;
    const gate = await rollout("gate", { gates: ["before-traffic"], approvalSeconds: 7200 });
    await run(ledger, gate, "awaiting-approval");
    const hold = await rollout("hold", { holdSeconds: 3600 });
    await run(ledger, hold, "holding");
    const { id: leaving } = await automation.tenants.offboard(production, "leaving", { graceSeconds: 9000 }, call);
    const claim = await run(ledger, leaving, "grace");
    const until = new Date(now + 2.5 * hour).toISOString();
    const { memory } = claim.operation;
    await ledger.advance(claim, { memory: { ...memory, offboarding: { ...memory.offboarding!, until } }, events: [] });
    const freeze = { from: new Date(now + 3 * hour).toISOString(), to: new Date(now + 4 * hour).toISOString() };
    const { id } = await automation.freezes.declare(production, { ...freeze, reason: "Christmas" }, call);
    const over = await automation.freezes.declare(production, { ...freeze, reason: "no" }, call);
    await automation.freezes.lift(production, over.id, call);
    // Last, since whoever declares or lifts a freeze wakes what waits.
    const wakeAt = new Date(Math.ceil(now / 1000) * 1000 + 5 * hour);
    for (const id of ["wait", "late"]) {
      const claim = (await ledger.claim(await rollout(id, {}), "test", 60))!;
      const outcome = { code: "outside_window", cause: "policy" as const, message: "Not now.", evidence: [] };
      await ledger.advance(claim, { outcome, events: [], release: true, wakeAt });
    }

    const { items, always } = await calendar(new Date(now), new Date(now + 10 * hour));
    assert.deepEqual(
      items.map(({ what }) => what),
      ["hold", "approval", "removal", "freeze", "due"],
    );
    assert.deepEqual([of(items, "hold")[0]?.operation, of(items, "hold")[0]?.tenant], [hold, "hold"]);
    assert.deepEqual(of(items, "removal"), [{ what: "removal", at: until, operation: leaving, tenant: "leaving" }]);
    const expires = (await automation.operations.get(gate)).approval?.expiresAt;
    assert.deepEqual([of(items, "approval")[0]?.operation, of(items, "approval")[0]?.at], [gate, expires]);
    assert.equal(of(items, "approval")[0]?.gate, "before-traffic");
    assert.deepEqual(of(items, "freeze")[0], { what: "freeze", ...freeze, id, reason: "Christmas", by: "alice" });
    assert.deepEqual(of(items, "due"), [
      { what: "due", at: wakeAt.toISOString(), code: "outside_window", operations: 2, tenants: ["late", "wait"] },
    ]);
    assert.equal(always, 5);
    assert.deepEqual((await calendar(new Date(now + 20 * hour), new Date(now + 30 * hour))).items, []);
    await assert.rejects(automation.overview.calendar("nowhere", { from: new Date(), to: new Date() }), {
      code: "environment_not_found",
    });
  });
});
