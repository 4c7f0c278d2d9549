import assert from "node:assert/strict";
import { sql } from "kysely";
import { toSecond } from "../../../automation/commands/backups/moment.ts";
import type { BackupProvider, Restorable } from "../../../automation/backups/provider.ts";
import { covers } from "../../../automation/backups/covers.ts";
import { TealError } from "../../../model/errors.ts";
import { call, openHarness, release, run, tenant, type Harness } from "../harness.ts";

const production = "production";
const day = "2026-11-28";
const at = (time: string) => `${day}T${time}:00Z`;

describe("a restore to a moment", () => {
  let harness: Harness;
  let window: () => Promise<Restorable | null>;
  const whole = async () => ({ cluster: "production-acme-1", earliest: at("09:00"), latest: at("12:55") });
  const provider = {
    name: "aws",
    source: "data",
    restorable: () => window(),
    lastWrite: async () => at("12:55"),
  } as unknown as BackupProvider;

  /** As if it had been then. */
  const happened = async (id: string, created: string, started: string, ended: string) => {
    const [from, began, until] = [created, started, ended].map(at);
    await harness.ledger.read((db) =>
      sql`update teal.operations set created_at = ${from}, started_at = ${began}, ended_at = ${until} where id = ${id}`.execute(
        db,
      ),
    );
  };

  before(async () => {
    window = whole;
    harness = await openHarness({ holdsData: true, backups: provider });
    const { releases, tenants } = harness.automation;
    await releases.register(production, release("1.0.0"), call);
    await releases.register(production, release("2.0.0"), call);
    const migration = { command: ["migrate"], compatible: false };
    await releases.register(production, release("3.0.0", { migration }), call);
    const { id: made } = await tenants.create(production, tenant("acme", { tier: "medium" }), call);
    await run(harness.ledger, made);
    const rolled = async (version: string) => {
      const operation = await tenants.rollout(production, "acme", { release: version }, call);
      await run(harness.ledger, operation!.id);
      return operation!.id;
    };
    const [second, third] = [await rolled("2.0.0"), await rolled("3.0.0")];
    await happened(made, "10:00", "10:01", "10:05");
    await happened(second, "11:00", "11:10", "11:30");
    await happened(third, "12:00", "12:10", "12:30");
  });
  after(() => harness.close());
  beforeEach(() => {
    window = whole;
  });

  const preview = (time: string) =>
    harness.automation.backups.previewRestore(production, "acme", { pointInTime: at(time) });

  for (const [time, ran, why] of [
    ["10:30", "1.0.0", "before a rollout"],
    ["11:05", "1.0.0", "while one was queued"],
    ["11:20", "1.0.0", "during one that doesn't change data"],
    ["11:45", "2.0.0", "after it"],
    ["12:05", "2.0.0", "while one that migrates was queued"],
    ["12:45", "3.0.0", "after that"],
  ] as const)
    it(`brings back the release that ran then: ${ran}, ${why}`, async () => {
      const shown = await preview(time);
      assert.deepEqual(shown.release, { from: "3.0.0", to: ran });
      assert.equal(shown.backup, undefined);
      const { earliest, latest, cluster } = (await whole())!;
      assert.deepEqual(shown.pointInTime, { at: at(time), cluster, earliest, latest });
      assert.equal(shown.minutesLost, (Date.parse(at("12:55")) - Date.parse(at(time))) / 60_000);
    });

  for (const [time, message] of [
    ["08:59", /from .*09:00:00Z to .*12:55:00Z.*got .*08:59/],
    ["12:56", /got .*12:56/],
    ["09:30", /no release ran/],
    ["10:03", /no release ran/],
    ["12:20", /was being changed by the rollout .* before .*12:10.* or after .*12:30/],
  ] as const)
    it(`refuses ${time}`, async () => {
      await assert.rejects(preview(time), { code: "point_in_time_out_of_range", message });
    });

  it("refuses where the tenant or Teal has no such thing, and says which", async () => {
    const refused = { code: "point_in_time_unavailable" };
    window = async () => null;
    await assert.rejects(preview("10:30"), refused);
    window = () => Promise.reject(new TealError("backup_source_refused", "shared"));
    await assert.rejects(preview("10:30"), { ...refused, message: /tenants share/ });
    window = () => Promise.reject(new TealError("point_in_time_unavailable", "its bucket was there before it"));
    await assert.rejects(preview("10:30"), { ...refused, message: /any moment: its bucket was there.* Say `at`/ });
    window = () => Promise.reject(new TealError("backup_failed", "AWS failed (Throttling)."));
    await assert.rejects(preview("10:30"), { code: "preview_failed", message: /Throttling/ });
    const files = { name: "aws", source: "data", lastWrite: async () => null } as unknown as BackupProvider;
    const { ledger, queue } = harness;
    const plain = await openHarness({ holdsData: true, backups: files, ledger, queue });
    try {
      const asked = plain.automation.backups.previewRestore(production, "acme", { pointInTime: at("10:30") });
      await assert.rejects(asked, { ...refused, message: /Say `at`/ });
    } finally {
      await plain.close();
    }
  });

  it("does what was shown and nothing else: another second is another plan", async () => {
    const { backups } = harness.automation;
    const { plan } = await preview("11:45");
    const reason = "a wrong import";
    const other = { pointInTime: `${day}T11:45:01Z`, plan, reason };
    await assert.rejects(backups.restore(production, "acme", other, call), { code: "plan_changed" });
    const same = { pointInTime: `${day}T12:45:00.999+01:00`, plan, reason };
    const operation = await backups.restore(production, "acme", same, call);
    const point = { at: at("11:45"), cluster: "production-acme-1" };
    assert.deepEqual([operation.kind, operation.release, operation.pointInTime], ["restore", "2.0.0", point]);
    assert.equal(operation.backup, undefined);
    const claim = await run(harness.ledger, operation.id);
    assert.equal(claim.operation.state, "succeeded");
    const { move } = claim.operation;
    assert.deepEqual([move?.way, move?.backup, move?.schema, move?.from], ["restore", true, undefined, undefined]);
  });

  it("goes by the release of then after it, too: its own time is none to go back to", async () => {
    const { items } = await harness.automation.operations.list({ tenant: "acme" }, { limit: 1 });
    await happened(items[0]!.id, "12:40", "12:41", "12:50");
    assert.deepEqual((await preview("12:35")).release, { from: "2.0.0", to: "3.0.0" });
    await assert.rejects(preview("12:45"), { code: "point_in_time_out_of_range", message: /by the restore/ });
    assert.deepEqual((await preview("12:52")).release, { from: "2.0.0", to: "2.0.0" });
  });
});

describe("automation/commands/backups/moment", () => {
  for (const [given, second] of [
    ["2026-11-28T12:45:00.999+01:00", "2026-11-28T11:45:00Z"],
    ["2026-11-28T11:45:59Z", "2026-11-28T11:45:59Z"],
    ["1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59Z"],
  ] as const)
    it(`has ${given} in second ${second}`, () => assert.equal(toSecond(given), second));

  it("counts both ends of what is restorable in", () => {
    const restorable = { cluster: "c", earliest: at("09:00"), latest: at("12:55") };
    const inside = ["08:59", "09:00", "10:00", "12:55", "12:56"].map((time) => covers(restorable, at(time)));
    assert.deepEqual(inside, [false, true, true, true, false]);
  });
});
