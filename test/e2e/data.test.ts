import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { dirname } from "node:path";
import type { BackupView, RestorePreview } from "../../model/backup.ts";
import type { DrillView } from "../../model/drill.ts";
import type { OperationView } from "../../model/views.ts";
import { keepVisiting, TestTeal, until } from "./teal.ts";

interface Notes {
  schemaVersion: number;
  count: number;
  notes: { id: number; text: string }[];
}

const volume = { path: "/data" };
const migration = { command: ["migrate"], compatible: true };
const base = "/v1/environments/develop/tenants";

describe("a tenant's data", () => {
  const teal = new TestTeal();

  before(async () => {
    await teal.start();
    await teal.release("1.0.0", { volume, migration });
    await teal.release("2.0.0", { volume, migration });
    await teal.release("2.1.0-migrationfails", { volume, migration });
    await teal.release("2.2.0-neverready", { volume });
    await teal.release("3.0.0-breaking-migrationfails", { volume, migration: { ...migration, compatible: false } });
    await teal.release("3.0.1-breaking", { volume, migration: { ...migration, compatible: false } });
    const { state, outcome } = await teal.ending(await teal.provision("acme", "1.0.0"));
    assert.equal(state, "succeeded", JSON.stringify(outcome));
  });
  after(() => teal.stop());

  const notes = async () => (await teal.visit("acme", "/notes")).body as unknown as Notes;
  const texts = async () => (await notes()).notes.map(({ text }) => text).sort();
  const write = async (text: string) => {
    const { status } = await teal.send("acme", "/notes", { text });
    assert.equal(status, 201);
  };
  const backups = async () => (await teal.accepted<{ items: BackupView[] }>("GET", `${base}/acme/backups`)).items;
  const ended = async (operation: { id: string }, state: OperationView["state"]) => {
    const end = await teal.ending(operation);
    assert.equal(end.state, state, JSON.stringify(end.outcome));
    return end;
  };
  const restore = async (source: object) => {
    const shown = await teal.accepted<RestorePreview>("POST", `${base}/acme/restore/preview`, source);
    const body = { ...source, plan: shown.plan, reason: "a test" };
    return { shown, operation: await teal.accepted("POST", `${base}/acme/restore`, body) };
  };

  it("was migrated for before its first pod started, and both colors keep it", async () => {
    await write("first");
    assert.deepEqual(await texts(), ["first"]);
    assert.equal((await teal.tenant("acme")).schema, "1.0.0");
    assert.equal((await teal.tenant("acme")).volume, 1);
  });

  it("is backed up while it is served, in one entry with what ran on it", async () => {
    const visits = keepVisiting(teal, "acme");
    const operation = await teal.accepted("POST", `${base}/acme/backups`, { reason: "before the audit" });
    await ended(operation, "succeeded");
    assert.deepEqual((await visits.stop()).failures, []);
    const [backup] = await backups();
    assert.equal(backup!.id, operation.id);
    const { takenFor, release, image, reason, weights, schemaVersion } = backup!;
    assert.deepEqual(
      [takenFor, release, image, reason, weights, schemaVersion],
      ["backup", "1.0.0", "teal/app:1.0.0", "before the audit", { blue: 100, green: 0 }, "1"],
    );
    assert.ok(backup!.bytes > 0 && backup!.stack);
  });

  it("is restored for a try while it is served, with RPO and RTO", async () => {
    const visits = keepVisiting(teal, "acme");
    await teal.accepted("POST", `${base}/acme/drills`, { reason: "before the audit" });
    const drills = () => teal.accepted<{ items: [DrillView] }>("GET", `${base}/acme/drills`);
    await until("the drill to have ended", async () => (await drills()).items[0].endedAt !== undefined);
    const [drill] = (await drills()).items;
    assert.equal(drill.state, "passed", drill.message);
    assert.ok(drill.rpoSeconds! >= 0 && drill.rtoSeconds! > 0 && drill.files! > 0);
    assert.deepEqual((await visits.stop()).failures, []);
    assert.equal((await backups())[0]!.drill?.id, drill.id);
    assert.deepEqual(await texts(), ["first"]);
  });

  it("comes back by a restore that first shows what would be lost, with nobody served meanwhile", async () => {
    const [backup] = await backups();
    await write("lost");
    const { shown, operation } = await restore({ backup: backup!.id });
    assert.equal(shown.minutesLost, 1);
    assert.deepEqual(shown.release, { from: "1.0.0", to: "1.0.0" });
    const end = await ended(operation, "succeeded");
    assert.ok(end.outage?.to && end.outage.seconds > 0 && !end.outage.tooLong, JSON.stringify(end.outage));
    assert.deepEqual(await texts(), ["first"]);
    // What was there was saved: the restore can itself be undone.
    const [saved] = await backups();
    assert.equal(saved!.takenFor, "restore");
    const undone = await restore({ at: new Date().toISOString() });
    assert.equal(undone.shown.backup!.id, saved!.id);
    await ended(undone.operation, "succeeded");
    assert.deepEqual(await texts(), ["first", "lost"]);
  });

  it("is migrated and backed up before a compatible release, without an outage", async () => {
    const visits = keepVisiting(teal, "acme");
    const operation = await teal.rollout("acme", "2.0.0", { settling: "keep" });
    const end = await ended(operation, "succeeded");
    assert.deepEqual((await visits.stop()).failures, []);
    assert.equal(end.outage, undefined);
    assert.equal((await notes()).schemaVersion, 2);
    assert.equal((await backups())[0]!.id, operation.id);
    const migrated = (await teal.events(operation.id)).find(({ phase }) => phase === "deploying")!;
    assert.match(JSON.stringify(migrated.data["log"]), /migrat/);
    // Traffic goes back, the schema stays.
    const back = await ended(await teal.accepted("POST", `${base}/acme/rollback`, { reason: "a test" }), "succeeded");
    assert.match(back.leaves!.join(), /migration of release 2\.0\.0/);
    assert.deepEqual([(await notes()).schemaVersion, (await teal.tenant("acme")).release], [2, "1.0.0"]);
    await ended(await teal.rollout("acme", "2.0.0"), "succeeded");
  });

  it("stays as it was where a compatible migration fails", async () => {
    const visits = keepVisiting(teal, "acme");
    const end = await ended(await teal.rollout("acme", "2.1.0-migrationfails"), "rolled-back");
    assert.deepEqual((await visits.stop()).failures, []);
    assert.equal(end.outcome?.code, "migration_failed");
    assert.match(JSON.stringify(end.outcome), /column .*plan/);
    assert.deepEqual(await texts(), ["first", "lost"]);
  });

  it("is kept for the release before, whose pods come back first, where a recreation that has a way back fails", async () => {
    const bad = { strategy: "recreate", readySeconds: 3 };
    const end = await ended(await teal.rollout("acme", "2.2.0-neverready", bad), "rolled-back");
    assert.deepEqual([end.outcome?.code, end.strategy], ["release_not_ready", "recreate"]);
    assert.ok(end.outage!.to && end.outage!.seconds >= 3, JSON.stringify(end.outage));
    const way = (await teal.events(end.id)).filter(({ type }) => type === "phase").map(({ phase }) => phase);
    assert.deepEqual(way.slice(-4), ["warming", "rolling-back", "restoring", "rolled-back"]);
    assert.deepEqual(await texts(), ["first", "lost"]);
  });

  it("is backed up as often as the policy keeps, the oldest going first", async () => {
    const { revision } = await teal.tenant("acme");
    const keep = { policy: { keepBackups: 2 } };
    const patched = await teal.call<OperationView>("PATCH", `${base}/acme`, keep, {
      "if-match": `"${revision}"`,
      "content-type": "application/merge-patch+json",
    });
    await ended(patched.body, "succeeded");
    const taken: string[] = [];
    for (let i = 0; i < 3; i++) {
      const operation = await teal.accepted("POST", `${base}/acme/backups`, { reason: "a test" });
      await ended(operation, "succeeded");
      taken.push(operation.id);
    }
    const kept = taken.slice(1).reverse();
    assert.deepEqual(
      (await backups()).map(({ id }) => id),
      kept,
    );
    const gone = await teal.call("POST", `${base}/acme/restore/preview`, { backup: taken[0] });
    assert.equal(gone.body["code"], "backup_not_found");
    const [newest] = await backups();
    assert.deepEqual(readdirSync(dirname(newest!.location)).sort(), [...kept].sort());
  });

  it("is left to a person where a migration without a way back fails; a restore brings all back", async () => {
    const operation = await teal.rollout("acme", "3.0.0-breaking-migrationfails");
    const halted = await teal.when(operation, "its halt", (o) => o.phase === "halted");
    assert.equal(halted.outcome?.code, "migration_failed");
    assert.deepEqual([(await teal.visit("acme")).status, halted.strategy], [503, "recreate"]);
    await teal.accepted("POST", `/v1/operations/${operation.id}/abort`, { reason: "back to before" });
    await ended(operation, "failed");
    const shut = await teal.tenant("acme");
    assert.deepEqual([shut.suspended, shut.maintenance], [true, true]);
    assert.equal(
      (await teal.call("POST", `${base}/acme/restart`, { reason: "a try" })).body["code"],
      "tenant_suspended",
    );
    await ended((await restore({ backup: operation.id })).operation, "succeeded");
    assert.deepEqual(await texts(), ["first", "lost"]);
    const open = await teal.tenant("acme");
    assert.deepEqual([open.release, open.suspended, open.maintenance], ["2.0.0", false, false]);
  });

  it("goes on with a release that the old one can't share it with, the outage measured, and no way back", async () => {
    const end = await ended(await teal.rollout("acme", "3.0.1-breaking"), "succeeded");
    assert.equal(end.strategy, "recreate");
    assert.ok(end.outage!.to && end.outage!.limitSeconds === 180);
    assert.deepEqual(await texts(), ["first", "lost"]);
    assert.equal((await notes()).schemaVersion, 3);
    const events = await teal.events(end.id);
    assert.match(events.find(({ type }) => type === "outage")!.message, /^Nobody was served for \d+ s\.$/);
    const refused = await teal.call("POST", `${base}/acme/rollouts`, { release: "2.0.0" });
    assert.equal(refused.body["code"], "schema_too_new");
  });
});
