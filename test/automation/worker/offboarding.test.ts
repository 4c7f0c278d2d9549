import assert from "node:assert/strict";
import pino from "pino";
import type { BackupProvider, TakenBackup } from "../../../automation/backups/provider.ts";
import type { Claim } from "../../../automation/ledger/claims.ts";
import { advanceBy } from "../../../automation/worker/advance.ts";
import { exportTenant } from "../../../automation/worker/export.ts";
import { grace } from "../../../automation/worker/grace.ts";
import { pruneDue } from "../../../automation/worker/retention.ts";
import type { Effects } from "../../../automation/worker/effects.ts";
import { troubleOf } from "../../../automation/worker/trouble.ts";
import type { TealError } from "../../../model/errors.ts";
import { step } from "../../../model/machine/step.ts";
import type { Seen } from "../../../automation/worker/seen.ts";
import type { KeptThing } from "../../../model/offboarding.ts";
import { because, call, openHarness, provisioned, run, tenant, type Harness } from "../harness.ts";

const production = "production";
const log = pino({ level: "silent" });
const page = { limit: 10 };

describe("an offboarding", () => {
  let harness: Harness;
  let count = 0;
  before(async () => {
    harness = await openHarness();
    await provisioned(harness);
    await harness.automation.policies.set(production, { retainDays: 0 }, 0, because);
  });
  after(() => harness.close());

  const leaving = async (wanted: object = {}): Promise<{ id: string; operation: string }> => {
    const id = `t${++count}`;
    await provisioned(harness, tenant(id, { secrets: { KEY: "hush" } }));
    return { id, operation: (await harness.automation.tenants.offboard(production, id, wanted, call)).id };
  };
  const exportedBy = ({ operation }: Claim): Extract<Seen, { event: string }> => {
    const taken: TakenBackup = {
      id: operation.id,
      takenAt: new Date().toISOString(),
      bytes: 5,
      files: 1,
      checksum: "sha256:00",
      lastWriteAt: null,
      schemaVersion: null,
      location: "/backups/1",
    };
    const { layout } = { layout: operation.move!.before! };
    return {
      event: "exported",
      message: "exported",
      backup: { provider: "fake", taken, layout, stack: null, pruned: [] },
      exported: {
        export: {
          environment: production,
          tenant: operation.tenant,
          exportedAt: new Date().toISOString(),
          settings: { ...tenant(operation.tenant) },
          secretNames: [],
          release: "1.0.0",
          image: null,
          schema: null,
          data: null,
        },
        objects: [{ type: "kubernetes:core/v1:Namespace", name: "namespace" }],
        more: false,
      },
    };
  };
  const removed = async (operation: string, others: KeptThing[] = []) => {
    const exporting = await run(harness.ledger, operation, "exporting");
    const removing = await advanceBy(harness.ledger, exporting, exportedBy(exporting));
    const all = { checked: ["everywhere"], others };
    const done = { event: "removed", message: "gone", removed: all } as const;
    assert.equal(await advanceBy(harness.ledger, removing!, done), null);
  };
  const record = (operation: string) => harness.automation.offboarded.get(production, operation);

  /** One round of a worker that deletes what is over; `fails`: the backup that can't be. */
  const round = async (fails?: string) => {
    const [pruned, ended]: [string[], string[]] = [[], []];
    const backups = {
      name: "fake",
      prune: async (_: unknown, id: string) => {
        if (id === fails) throw new Error("The disk is away.");
        pruned.push(id);
      },
    } as Partial<BackupProvider> as BackupProvider;
    const keys = {
      scheduleDeletion: async (kept: readonly KeptThing[]) => {
        ended.push(...kept.map(({ id }) => id));
        return kept.map((one) => ({ ...one, until: "2099-01-01T00:00:00.000Z" }));
      },
    };
    await pruneDue({ effects: { ledger: harness.ledger, backups }, keys, log }, new AbortController().signal);
    return { pruned, ended };
  };

  it("hears what was asked until the very moment of removing, and keeps the backup that it had taken", async () => {
    const { operation } = await leaving();
    const claim = await run(harness.ledger, operation, "exporting");
    await harness.automation.operations.intervene(operation, "abort", because);
    const after = await advanceBy(harness.ledger, claim, exportedBy(claim));
    assert.deepEqual([after!.operation.phase, after!.operation.request?.name], ["exporting", "abort"]);
    const { items } = await harness.automation.backups.list(production, after!.operation.tenant, page);
    assert.deepEqual(
      items.map(({ id }) => id),
      [operation],
    );
    await assert.rejects(record(operation), { code: "offboarded_not_found" });
    await assert.rejects(harness.automation.operations.intervene(operation, "resume", because), {
      code: "action_not_allowed",
    });
  });

  it("says what is lost before somebody has it go on without an export, and its record says so for good", async () => {
    const { operation } = await leaving();
    const claim = await run(harness.ledger, operation, "exporting");
    const move = { ...claim.operation.move!, backup: true as const, volume: 1 };
    const effects = { ledger: harness.ledger, backups: null } as Partial<Effects> as Effects;
    const nothing = async () => undefined;
    const tenure = { permit: nothing, tellRepaired: nothing, tellClusters: nothing };
    const failure = await exportTenant(effects, { ...claim.operation, move }, tenure).then(
      () => assert.fail("exported"),
      (error: TealError) => error,
    );
    assert.equal(failure.code, "backups_unavailable");
    assert.match(failure.message, /Lost for good then: .* what was written to its volume since its last backup\.$/);
    const { outcome } = troubleOf(failure);
    const halted = await advanceBy(harness.ledger, claim, { event: "failed", message: failure.message, outcome });
    const shown = await harness.automation.operations.get(operation);
    assert.match(shown.actions.find(({ name }) => name === "finish")!.effect, /Lost then: the export of its settings/);
    await harness.automation.operations.intervene(operation, "finish", because);
    const change = step(halted!.operation, "finish", new Date(), null)!;
    const asked = await harness.ledger.reload(halted!);
    const clearRequest = asked.operation.request!;
    const removing = await harness.ledger.advance(asked, { change, clearRequest, events: [] });
    const done = { event: "removed" as const, message: "gone", removed: { checked: ["everywhere"], others: [] } };
    assert.equal(await advanceBy(harness.ledger, removing, done), null);
    const { exported, lost } = await record(operation);
    assert.deepEqual([exported, lost], [null, "the export of its settings"]);
    await round();
    assert.equal((await record(operation)).lost, "the export of its settings", "the record stays");
  });

  it("waits for its grace by the ledger's clock, and for the end that was told first", async () => {
    const { operation } = await leaving({ graceSeconds: 3600 });
    const claim = await run(harness.ledger, operation, "grace");
    const effects = { ledger: harness.ledger } as Effects;
    const first = await grace(effects, claim.operation);
    assert.ok("pending" in first && first.memory);
    const again = await grace(effects, { ...claim.operation, memory: first.memory });
    assert.ok("pending" in again);
    assert.equal(again.memory?.offboarding?.until, first.memory.offboarding?.until);
    const over = { ...first.memory, offboarding: { ...first.memory.offboarding!, until: "2020-01-01T00:00:00.000Z" } };
    const end = await grace(effects, { ...claim.operation, memory: over });
    assert.ok("event" in end && end.event === "held");
  });

  it("leaves nothing but its record once the retention is over, in spite of a failure on the way, and once", async () => {
    const { id, operation } = await leaving();
    await removed(operation);
    assert.equal((await record(operation)).kept.backups, 1);
    assert.deepEqual((await round(operation)).pruned, []);
    const failed = await record(operation);
    assert.deepEqual([failed.kept.backups, failed.prunedAt], [1, undefined]);
    const hold = { until: "2099-01-01T00:00:00Z", reason: "too late" };
    await assert.rejects(harness.automation.offboarded.hold(production, operation, hold, call), {
      code: "retention_over",
    });
    assert.deepEqual((await round()).pruned, [operation]);
    const { prunedAt, kept, exported } = await record(operation);
    assert.deepEqual([prunedAt !== undefined, kept.backups, exported], [true, 0, null]);
    const rows = await harness.ledger.read((db) =>
      db
        .selectFrom("revisions")
        .innerJoin("tenants", "tenants.uid", "revisions.tenant_uid")
        .select("revisions.revision")
        .where("tenants.id", "=", id)
        .execute(),
    );
    assert.deepEqual(rows, []);
    assert.deepEqual((await round()).pruned, []);
    const events = await harness.automation.events.list({ operation }, 0, 100);
    assert.equal(events.filter(({ type }) => type === "retention_over").length, 1);
  });

  it("keeps what is held, and a key for as long as any tenant's backups need it", async () => {
    const key = { what: "KMS key", id: "arn:aws:kms:eu-central-1:1:key/1", until: null };
    const [one, two] = [await leaving(), await leaving()];
    await removed(one.operation, [key]);
    await removed(two.operation, [key]);
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const held = await harness.automation.offboarded.hold(production, one.operation, { until, reason: "audit" }, call);
    assert.deepEqual([held.kept.until, held.kept.hold?.by], [until, "alice"]);
    assert.deepEqual(await round(), { pruned: [two.operation], ended: [] });
    await harness.ledger.read((db) =>
      db
        .updateTable("offboardings")
        .set({ keep_until: new Date(0) })
        .where("operation", "=", one.operation)
        .execute(),
    );
    assert.deepEqual(await round(), { pruned: [one.operation], ended: [key.id] });
    assert.equal((await record(one.operation)).kept.others[0]?.until, "2099-01-01T00:00:00.000Z");
  });

  it("ends nothing of what the tenant had adopted, and its record tells of it for good", async () => {
    const adopted = { what: "adopted RDS cluster", id: "shop-database", until: null, stays: true as const };
    const key = { what: "KMS key", id: "arn:aws:kms:eu-central-1:1:key/2", until: null };
    const { operation } = await leaving();
    await removed(operation, [key, adopted]);
    assert.deepEqual(await round(), { pruned: [operation], ended: [key.id] });
    const { others } = (await record(operation)).kept;
    assert.deepEqual(others, [{ ...key, until: "2099-01-01T00:00:00.000Z" }, adopted]);
  });
});
