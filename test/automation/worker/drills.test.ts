import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pino from "pino";
import { sql } from "kysely";
import { filesBackups } from "../../../automation/backups/files.ts";
import { holdingOf } from "../../../automation/backups/holding.ts";
import type { BackupProvider } from "../../../automation/backups/provider.ts";
import { startDrills } from "../../../automation/worker/drills.ts";
import { step } from "../../../model/machine/step.ts";
import type { DrillView } from "../../../model/drill.ts";
import { because, call, openHarness, release, run, tenant, type Harness } from "../harness.ts";

const production = "production";
const never = new AbortController().signal;

describe("restore drills", () => {
  let root: string;
  let backups: BackupProvider;
  let harness: Harness;
  const started: { stop(): Promise<void> }[] = [];
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "teal-drills-"));
    backups = filesBackups({ volumes: join(root, "volumes"), backups: join(root, "backups") });
    harness = await openHarness({ backups });
    await harness.automation.releases.register(production, release("1.0.0", { volume: { path: "/data" } }), call);
  });
  afterEach(async () => {
    await stop();
    await harness.close();
    await rm(root, { recursive: true, force: true });
  });

  const start = (provider: BackupProvider = backups) => {
    const { ledger } = harness;
    const log = pino({ level: "silent" });
    const drills = { ledger, backups: provider, environments: [production], restoreSeconds: 60, log };
    started.push(startDrills(drills));
  };
  const stop = async () => {
    await Promise.all(started.splice(0).map((one) => one.stop()));
  };
  const withData = async (id: string, text = "one") => {
    const { id: operation } = await harness.automation.tenants.create(production, tenant(id), call);
    await run(harness.ledger, operation);
    await write(id, text);
  };
  const write = async (id: string, text: string) => {
    const volume = join(root, "volumes", `${production}-${id}`, "data");
    await mkdir(volume, { recursive: true });
    await writeFile(join(volume, "a"), text);
  };
  /** Plays the worker that takes a backup; gives its id. */
  const backUp = async (id: string): Promise<string> => {
    const operation = await harness.automation.backups.take(production, id, because);
    const claim = await run(harness.ledger, operation.id, "backing-up");
    const taken = await backups.take(holdingOf({ environment: production, tenant: id }), operation.id, never);
    const { layout } = await harness.ledger.lookOf(claim.operation);
    const change = step(claim.operation, "backed-up", new Date())!;
    const backup = { provider: backups.name, taken, layout: layout!, stack: null, pruned: [] };
    await harness.ledger.advance(claim, { change, backup, events: [] });
    return operation.id;
  };
  const drill = (id: string) => harness.automation.backups.drill(production, id, because);
  const drillsOf = async (id: string): Promise<DrillView[]> =>
    (await harness.automation.backups.listDrills(production, id, { limit: 50 })).items;
  const until = async <T>(look: () => Promise<T | undefined>): Promise<T> => {
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      await pause(50);
    }
  };
  const ended = (id: string, many = 1) =>
    until(async () => {
      const all = (await drillsOf(id)).filter(({ endedAt }) => endedAt !== undefined);
      return all.length >= many ? all[0] : undefined;
    });
  const attention = async () => (await harness.automation.overview.attention({}, { limit: 50 })).items;
  const policy = (drillDays: number, version = 0) =>
    harness.automation.policies.set(production, { drillDays }, version, because);
  /** Lets time pass for all that the ledger knows of drills, policies and tenants. */
  const later = (days: number) =>
    harness.ledger.transaction(async (tx) => {
      const back = sql`make_interval(days => ${days}::integer)`;
      // A policy's version never changes, nor an event: only the time around them does.
      await sql`set local session_replication_role = replica`.execute(tx);
      await sql`update teal.drills set asked_at = asked_at - ${back}, ended_at = ended_at - ${back}`.execute(tx);
      await sql`update teal.policies set created_at = created_at - ${back}`.execute(tx);
      await sql`update teal.tenants set created_at = created_at - ${back}`.execute(tx);
      await sql`update teal.events set at = at - ${back}`.execute(tx);
    });
  const leftovers = async (id: string) =>
    (await readdir(join(root, "backups", production, id))).filter((name) => name.startsWith("."));

  it("restore the newest backup for a try, and say what would be lost and how long it would take", async () => {
    await withData("acme");
    await backUp("acme");
    const newest = await backUp("acme");
    const asked = await drill("acme");
    assert.deepEqual([asked.state, asked.backup, asked.by, asked.reason], ["waiting", newest, "alice", "a test"]);
    await assert.rejects(drill("acme"), { code: "drill_under_way" });
    start();
    const passed = await ended("acme");
    assert.equal(passed.state, "passed", passed.message);
    assert.deepEqual([passed.files, passed.bytes, passed.rpoSeconds], [1, 3, 0], "nothing was written since");
    assert.ok(passed.rtoSeconds! > 0);
    const [backup] = (await harness.automation.backups.list(production, "acme", { limit: 1 })).items;
    assert.deepEqual([backup?.drill?.id, backup?.takenAt], [passed.id, passed.restoredTo]);
    await write("acme", "two");
    await drill("acme");
    const second = await ended("acme", 2);
    const age = (Date.parse(second.endedAt!) - Date.parse(second.restoredTo!)) / 1000;
    assert.ok(second.rpoSeconds! > 0 && second.rpoSeconds! <= age + 0.1, `${second.rpoSeconds} of ${age}`);
    const { items } = await harness.automation.backups.reportDrills(production, { limit: 50 });
    assert.deepEqual(
      items.map((one) => [one.tenant, one.everyDays, one.last?.id, one.lastPassed?.id, one.unfinished]),
      [["acme", 0, second.id, second.id, undefined]],
    );
    assert.deepEqual(await leftovers("acme"), []);
  });

  it("keep no operation waiting", async () => {
    await withData("acme");
    await backUp("acme");
    await drill("acme");
    await backUp("acme");
  });

  it("tell of a damaged backup, by attention and notice, until one passes", async () => {
    const hook = { url: "http://127.0.0.1:9/", secret: "correct horse battery staple", remindMinutes: 60 };
    await harness.automation.webhooks.set(production, hook, because);
    await withData("acme");
    const backup = await backUp("acme");
    await writeFile(join(root, "backups", production, "acme", backup, "data", "a"), "rot");
    await drill("acme");
    start();
    const failed = await ended("acme");
    assert.deepEqual([failed.state, failed.code], ["failed", "backup_damaged"]);
    const [item] = await attention();
    assert.deepEqual([item?.concern, item?.tenant, item?.code], ["drill", "acme", "drill_failed"]);
    assert.equal(item?.message, failed.message);
    assert.deepEqual(
      item?.actions.map(({ method, path }) => [method, path]),
      [["POST", "/v1/environments/production/tenants/acme/drills"]],
    );
    const notices = await harness.ledger.read((db) => db.selectFrom("notices").selectAll().execute());
    assert.deepEqual(
      notices.map(({ type, tenant, content }) => [type, tenant, (content as { backup: string }).backup]),
      [["drill.failed", "acme", backup]],
    );
    // Who comes later is told, too, what nothing but the next drill would say.
    await harness.automation.webhooks.remove(production, because);
    await harness.automation.webhooks.set(production, hook, because);
    const again = await harness.ledger.read((db) => db.selectFrom("notices").selectAll().execute());
    assert.deepEqual(
      again.map(({ type, tenant, content }) => [type, tenant, content]),
      notices.map(({ type, tenant, content }) => [type, tenant, content]),
    );
    await backUp("acme");
    await drill("acme");
    assert.equal((await ended("acme", 2)).state, "passed");
    assert.deepEqual(await attention(), []);
  });

  it("are asked for by the policy's days, once, and again when their time has come", async () => {
    await withData("acme");
    await backUp("acme");
    await withData("empty");
    await policy(7);
    start();
    const first = await ended("acme");
    assert.deepEqual([first.by, first.state], ["schedule", "passed"]);
    await stop();
    await later(6);
    start();
    await pause(200);
    assert.equal((await drillsOf("acme")).length, 1);
    await stop();
    await later(2);
    start();
    await ended("acme", 2);
    assert.deepEqual(await drillsOf("empty"), [], "there is nothing to restore");
  });

  it("that are overdue are told once: none passed, or there is no backup at all", async () => {
    const hook = { url: "http://127.0.0.1:9/", secret: "correct horse battery staple", remindMinutes: 60 };
    await harness.automation.webhooks.set(production, hook, because);
    await withData("acme");
    await policy(7);
    assert.deepEqual(await attention(), []);
    await later(9);
    const [item] = await attention();
    assert.deepEqual([item?.concern, item?.tenant, item?.code], ["drill", "acme", "drill_overdue"]);
    assert.match(item!.message, /^No backup of tenant acme has been restored for a try yet/);
    const told = async () => {
      const events = await harness.automation.events.list({ environment: production }, 0, 200);
      return events.filter(({ type }) => type === "drill_overdue").length;
    };
    start();
    await until(async () => ((await told()) > 0 ? true : undefined));
    await stop();
    start();
    await stop();
    assert.equal(await told(), 1);
    const notices = await harness.ledger.read((db) => db.selectFrom("notices").select("type").execute());
    assert.deepEqual(notices, [{ type: "drill.overdue" }]);
    await harness.automation.webhooks.remove(production, because);
    await harness.automation.webhooks.set(production, hook, because);
    const again = await harness.ledger.read((db) => db.selectFrom("notices").select(["type", "tenant"]).execute());
    assert.deepEqual(again, [{ type: "drill.overdue", tenant: "acme" }]);
    await backUp("acme");
    start();
    await ended("acme");
    assert.deepEqual(await attention(), []);
  });

  it("run two at once, however many workers there are", async () => {
    let now = 0;
    let most = 0;
    const gates: (() => void)[] = [];
    const slow: BackupProvider = {
      ...backups,
      async drill(of, id, signal) {
        most = Math.max(most, ++now);
        await new Promise<void>((resolve) => gates.push(resolve));
        now -= 1;
        return backups.drill(of, id, signal);
      },
    };
    const tenants = ["one", "two", "three"];
    for (const id of tenants) {
      await withData(id);
      await backUp(id);
      await drill(id);
    }
    start(slow);
    start(slow);
    await until(async () => (gates.length >= 2 ? true : undefined));
    await pause(200);
    assert.equal(gates.length, 2);
    const ending = Promise.all(tenants.map((id) => ended(id)));
    const opening = setInterval(() => gates.splice(0).forEach((open) => open()), 50);
    await ending;
    clearInterval(opening);
    assert.equal(most, 2);
  });

  it("are begun anew by another worker when theirs was killed, and given back by one that stops", async () => {
    await withData("acme");
    await backUp("acme");
    await drill("acme");
    const script = join(import.meta.dirname, "drillsChild.ts");
    const child = spawn(process.execPath, [script, harness.url, root], { stdio: ["ignore", "pipe", "inherit"] });
    await once(child.stdout, "data");
    child.kill("SIGKILL");
    await once(child, "exit");
    const state = async () => (await drillsOf("acme"))[0]?.state;
    assert.equal(await state(), "running");
    const hangs: BackupProvider = {
      ...backups,
      drill: (_of, _id, signal) =>
        new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
    };
    await sql`update teal.drills set lease_until = now() - interval '1 second'`.execute(
      await harness.ledger.read(async (db) => db),
    );
    start(hangs);
    await until(async () => ((await fence()) === 2 ? true : undefined));
    await stop();
    assert.equal(await state(), "waiting");
    start();
    assert.equal((await ended("acme")).state, "passed");
    assert.equal(await fence(), 3);
  });
  const fence = async () =>
    (await harness.ledger.read((db) => db.selectFrom("drills").select("fence").executeTakeFirstOrThrow())).fence;

  it("say nothing of a backup that was pruned meanwhile", async () => {
    await withData("acme");
    const old = await backUp("acme");
    await drill("acme");
    await backUp("acme");
    await backups.prune(holdingOf({ environment: production, tenant: "acme" }), old);
    start();
    await until(async () => ((await drillsOf("acme")).length === 0 ? true : undefined));
    assert.deepEqual(await attention(), []);
  });
});
