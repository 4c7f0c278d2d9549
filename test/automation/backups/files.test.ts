import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import {
  chmod,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from "node:fs/promises";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { TealError } from "../../../model/errors.ts";
import { contents, Ground, never, of } from "./ground.ts";

const failsWith = (code: string, message?: RegExp) => (error: unknown) => {
  assert.ok(error instanceof TealError, String(error));
  assert.equal(error.code, code, error.message);
  if (message !== undefined) assert.match(error.message, message);
  return true;
};

describe("backups of files", () => {
  let ground: Ground;
  beforeEach(async () => (ground = await Ground.make()));
  afterEach(() => ground.remove());

  it("take and give back databases, files and empty directories as they were", async () => {
    ground.notes(["one", "two"], 3);
    await ground.write("uploads/a.txt", "hello", 0o640);
    await ground.write("uploads/script", "#!", 0o755);
    await mkdir(join(ground.volume, "empty"), { mode: 0o750 });
    const before = await contents(ground.volume);
    const taken = await ground.provider.take(of, "b1", never);
    assert.deepEqual([taken.id, taken.files, taken.schemaVersion], ["b1", 3, "3"]);
    assert.match(taken.checksum, /^sha256:[0-9a-f]{64}$/);
    assert.deepEqual(await ground.provider.verify(of, "b1"), taken);
    assert.ok(taken.bytes > 4096);
    assert.equal(taken.location, join(ground.backups, "staging", "acme", "b1"));

    ground.notes(["three"], 4);
    await ground.write("uploads/a.txt", "changed");
    await ground.write("new", "new");
    await ground.provider.restore(of, "b1", never);
    const { "notes.db": was, ...others } = before;
    const { "notes.db": is, ...after } = await contents(ground.volume);
    assert.deepEqual(after, others);
    assert.equal(is?.slice(0, 3), was?.slice(0, 3));
    assert.deepEqual(ground.readNotes(), ["one", "two"]);
    assert.deepEqual(await ground.leftovers(), []);
  });

  it("are readable by nobody else", async () => {
    await ground.write("dir/a", "x", 0o644);
    await ground.provider.take(of, "b1", never);
    for (const name of await readdir(ground.backups, { recursive: true })) {
      const found = await stat(join(ground.backups, name));
      assert.equal(found.mode & 0o777, found.isDirectory() ? 0o700 : 0o600, name);
    }
  });

  it("hold what is in a database's log only, and its old log doesn't survive a restore", async () => {
    const database = new DatabaseSync(join(ground.volume, "notes.db"));
    database.exec("PRAGMA journal_mode = WAL; CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('logged')");
    assert.ok((await stat(join(ground.volume, "notes.db-wal"))).size > 0);
    const taken = await ground.provider.take(of, "b1", never);
    assert.equal(taken.files, 1);
    database.exec("INSERT INTO notes VALUES ('later')");
    await ground.provider.restore(of, "b1", never);
    assert.deepEqual(await readdir(ground.volume), ["notes.db"]);
    assert.deepEqual(ground.readNotes(), ["logged"]);
    database.close();
    assert.deepEqual(ground.readNotes(), ["logged"]);
  });

  it("undo what a writer that died had half done", async () => {
    const script = `
      const { DatabaseSync } = require("node:sqlite");
      const db = new DatabaseSync(process.argv[1]);
      db.exec("PRAGMA cache_size = 2; CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('whole'); BEGIN IMMEDIATE");
      for (let i = 0; i < 200; i++) db.exec("INSERT INTO notes VALUES (hex(randomblob(2000)))");
      process.kill(process.pid, "SIGKILL");`;
    assert.throws(() => execFileSync(process.execPath, ["-e", script, join(ground.volume, "notes.db")]), {
      signal: "SIGKILL",
    });
    assert.deepEqual((await readdir(ground.volume)).toSorted(), ["notes.db", "notes.db-journal"]);
    await ground.provider.take(of, "b1", never);
    await ground.provider.verify(of, "b1");
    await ground.provider.restore(of, "b1", never);
    assert.deepEqual(ground.readNotes(), ["whole"]);
  });

  it("are the same when asked for again, whatever was written since", async () => {
    await ground.write("a", "1");
    const taken = await ground.provider.take(of, "b1", never);
    await ground.write("a", "2");
    assert.deepEqual(await ground.provider.take(of, "b1", never), taken);
    const second = await ground.provider.take(of, "b2", never);
    assert.notEqual(second.checksum, taken.checksum);
  });

  it("restore again what was restored, and into a volume that is gone", async () => {
    await ground.write("a", "1");
    await ground.provider.take(of, "b1", never);
    await ground.provider.restore(of, "b1", never);
    await ground.provider.restore(of, "b1", never);
    await rm(join(ground.root, "volumes"), { recursive: true });
    await ground.provider.restore(of, "b1", never);
    assert.equal(await readFile(join(ground.volume, "a"), "utf8"), "1");
  });

  it("finish a restore that a crash cut off while no data had the volume's name, but not by looking", async () => {
    await ground.write("a", "of the backup");
    const between = async (): Promise<void> => {
      await ground.write("a", "old");
      const [ready, replaced] = [".restoring.b9.data", ".replaced.0123456789ab.data"].map((name) =>
        join(dirname(ground.volume), name),
      ) as [string, string];
      await rename(ground.volume, replaced);
      await mkdir(ready);
      await writeFile(join(ready, "a"), "new");
    };
    await between();
    const left = await ground.leftovers();
    const at = new Date("2026-03-04T05:06:07.000Z");
    await utimes(join(dirname(ground.volume), ".restoring.b9.data", "a"), at, at);
    assert.equal(await ground.provider.lastWrite(of), at.toISOString(), "of what is to come to its place");
    assert.deepEqual([await ground.leftovers(), left.length], [left, 2]);
    await assert.rejects(readFile(join(ground.volume, "a")), { code: "ENOENT" });
    await ground.provider.take(of, "b0", never);
    assert.equal(await readFile(join(ground.volume, "a"), "utf8"), "new");
    assert.deepEqual(await ground.leftovers(), []);
    // A pod was quicker, and the node made it an empty directory.
    await between();
    await mkdir(ground.volume);
    await ground.provider.take(of, "b1", never);
    assert.equal(await readFile(join(ground.volume, "a"), "utf8"), "new");
    assert.deepEqual(await ground.leftovers(), []);
  });

  it("say when the tenant last wrote, and a restore doesn't change that", async () => {
    assert.equal(await ground.provider.lastWrite(of), null);
    assert.equal((await ground.provider.take(of, "b0", never)).lastWriteAt, null);
    ground.notes(["one"]);
    const at = new Date("2026-03-04T05:06:07.000Z");
    await utimes(join(ground.volume, "notes.db"), at, at);
    assert.equal(await ground.provider.lastWrite(of), at.toISOString());
    const taken = await ground.provider.take(of, "b1", never);
    assert.equal(taken.lastWriteAt, at.toISOString());
    ground.readNotes();
    assert.equal(await ground.provider.lastWrite(of), at.toISOString(), "reading is no writing");
    ground.notes(["two"]);
    assert.ok((await ground.provider.lastWrite(of))! > at.toISOString());
    await ground.provider.restore(of, "b1", never);
    assert.equal(await ground.provider.lastWrite(of), at.toISOString());
  });

  it("know no schema version where there are two databases, or none is said", async () => {
    ground.notes(["one"], 0);
    assert.equal((await ground.provider.take(of, "b1", never)).schemaVersion, null);
    ground.notes([], 2);
    assert.equal((await ground.provider.take(of, "b2", never)).schemaVersion, "2");
    const other = new DatabaseSync(join(ground.volume, "other.db"));
    other.exec("PRAGMA user_version = 5");
    other.close();
    assert.equal((await ground.provider.take(of, "b3", never)).schemaVersion, null);
  });

  it("refuse what they could not give back truly", async () => {
    await symlink("/etc/passwd", join(ground.volume, "link"));
    execFileSync("mkfifo", [join(ground.volume, "pipe")]);
    const refused = failsWith("backup_source_refused", /link \(a symbolic link\), pipe \(a named pipe\)/);
    await assert.rejects(ground.provider.take(of, "b1", never), refused);
    await rm(join(ground.volume, "link"));
    await rm(join(ground.volume, "pipe"));
    await writeFile(Buffer.concat([Buffer.from(ground.volume + "/"), Buffer.from([0x66, 0xff])]), "x");
    await assert.rejects(ground.provider.take(of, "b1", never), failsWith("backup_source_refused", /not UTF-8/));
    assert.deepEqual(await ground.leftovers(), []);
  });

  it("refuse names that lead out of their directories", async () => {
    const call = (more: object, id = "b1") => ground.provider.take({ ...of, ...more }, id, never);
    await assert.rejects(call({ claim: "../x" }), failsWith("backup_name_invalid"));
    await assert.rejects(call({ tenant: ".." }), failsWith("backup_name_invalid"));
    await assert.rejects(call({}, "../b"), failsWith("backup_name_invalid"));
    await assert.rejects(call({}, ".taking"), failsWith("backup_name_invalid"));
  });

  it("say that there is nothing to take, verify or restore", async () => {
    await rm(ground.volume, { recursive: true });
    await assert.rejects(ground.provider.take(of, "b1", never), failsWith("backup_source_missing", /first mounts/));
    await assert.rejects(ground.provider.verify(of, "b1"), failsWith("backup_missing"));
    await assert.rejects(ground.provider.restore(of, "b1", never), failsWith("backup_missing"));
    assert.equal(await ground.provider.lastWrite(of), null);
  });

  it("are pruned whole, once or twice", async () => {
    await ground.write("a", "1");
    await ground.provider.take(of, "b1", never);
    await ground.provider.take(of, "b2", never);
    await ground.provider.prune(of, "b1");
    await ground.provider.prune(of, "b1");
    await assert.rejects(ground.provider.verify(of, "b1"), failsWith("backup_missing"));
    await ground.provider.verify(of, "b2");
    assert.deepEqual(await readdir(join(ground.backups, "staging", "acme")), ["b2"]);
  });

  it("stop when told to, with its reason, and leave nothing", async () => {
    await ground.write("a", "1");
    const aborted = AbortSignal.abort(new Error("the worker is leaving"));
    await assert.rejects(ground.provider.take(of, "b1", aborted), /the worker is leaving/);
    const halfway = new AbortController();
    await ground.write("big", Buffer.alloc(64 << 20));
    const taking = ground.provider.take(of, "b1", halfway.signal);
    setTimeout(() => halfway.abort(new Error("halfway")), 20);
    await assert.rejects(taking, /halfway/);
    assert.deepEqual(await ground.leftovers(), []);
    await rm(join(ground.volume, "big"));
    await ground.provider.take(of, "b1", never);
    await ground.write("a", "2");
    await assert.rejects(ground.provider.restore(of, "b1", aborted), /the worker is leaving/);
    assert.equal(await readFile(join(ground.volume, "a"), "utf8"), "2");
    assert.deepEqual(await ground.leftovers(), []);
  });

  it("give up on a file that never holds still", async () => {
    const path = join(ground.volume, "busy.log");
    await writeFile(path, "");
    let done = false;
    // Once in every turn of the event loop, of which a copy takes several.
    const write = (): void => {
      appendFileSync(path, "x");
      if (!done) setImmediate(write);
    };
    write();
    const taking = ground.provider.take(of, "b1", never);
    await assert.rejects(taking, failsWith("backup_source_busy", /busy\.log/)).finally(() => (done = true));
    assert.deepEqual(await ground.leftovers(), []);
  });

  describe("that were damaged", () => {
    let data: string;
    const isDamaged = async (what: RegExp): Promise<void> => {
      await assert.rejects(ground.provider.verify(of, "b1"), failsWith("backup_damaged", what));
      await ground.write("a", "now");
      await assert.rejects(ground.provider.restore(of, "b1", never), failsWith("backup_damaged", what));
      assert.equal(await readFile(join(ground.volume, "a"), "utf8"), "now");
      assert.deepEqual(await ground.leftovers(), []);
    };
    beforeEach(async () => {
      await ground.write("a", "some text");
      ground.notes(["one"]);
      await ground.provider.take(of, "b1", never);
      data = join(ground.backups, "staging", "acme", "b1", "data");
    });

    it("by one bit", async () => {
      const bytes = await readFile(join(data, "notes.db"));
      bytes[bytes.length - 1]! ^= 1;
      await writeFile(join(data, "notes.db"), bytes);
      await isDamaged(/notes\.db has other bytes/);
    });
    it("by a cut", async () => {
      await truncate(join(data, "a"), 3);
      await isDamaged(/a has 3 bytes instead of 9/);
    });
    it("by a loss", async () => {
      await rm(join(data, "a"));
      await isDamaged(/a is missing/);
    });
    it("by an addition", async () => {
      await writeFile(join(data, "b"), "");
      await isDamaged(/b was not in it/);
    });
    it("in the manifest", async () => {
      const path = join(data, "..", "manifest.json");
      const text = await readFile(path, "utf8");
      await writeFile(path, text.replace('"mode": 384', '"mode": 511'));
      await isDamaged(/manifest is not what was written/);
      await writeFile(path, text.slice(0, -10));
      await isDamaged(/manifest can't be read/);
      await chmod(path, 0o600);
    });
    it("before they were taken: a database that SQLite finds unsound", async () => {
      const database = new DatabaseSync(join(ground.volume, "bad.db"));
      database.exec("CREATE TABLE t (x); CREATE INDEX i ON t (x); INSERT INTO t VALUES (1), (2), (3)");
      database.close();
      const bytes = await readFile(join(ground.volume, "bad.db"));
      const page = bytes.readUInt16BE(16);
      bytes.fill(0xff, 2 * page + 20, 3 * page);
      await writeFile(join(ground.volume, "bad.db"), bytes);
      await ground.provider.take(of, "b2", never);
      await assert.rejects(
        ground.provider.verify(of, "b2"),
        failsWith("backup_damaged", /bad\.db is no sound database/),
      );
    });
  });

  it("give back any tree", async () => {
    const name = fc
      .string({ minLength: 1, maxLength: 12, unit: "grapheme" })
      .filter(
        (text) =>
          !text.includes("/") &&
          !text.includes("\0") &&
          !/^\.\.?$/.test(text) &&
          Buffer.byteLength(text) < 200 &&
          text.isWellFormed() &&
          !text.includes("\uFFFD"),
      );
    const file = fc.record({
      content: fc.uint8Array({ maxLength: 300 }),
      mode: fc.constantFrom(0o600, 0o644, 0o755, 0o400),
    });
    const { tree } = fc.letrec<{ tree: object; node: object }>((tie) => ({
      tree: fc.dictionary(name, tie("node"), { maxKeys: 4 }),
      node: fc.oneof({ maxDepth: 3, depthSize: "small" }, file, tie("tree")),
    }));
    const build = async (at: string, node: object): Promise<void> => {
      for (const [key, child] of Object.entries(node) as [string, { content?: unknown; mode?: number }][]) {
        if (child.content instanceof Uint8Array) {
          await writeFile(join(at, key), child.content);
          await chmod(join(at, key), child.mode!);
        } else {
          await mkdir(join(at, key));
          await build(join(at, key), child);
        }
      }
    };
    await fc.assert(
      fc.asyncProperty(tree, tree, async (old, next) => {
        const own = await Ground.make();
        try {
          await build(own.volume, old);
          const before = await contents(own.volume);
          await own.provider.take(of, "b", never);
          await own.provider.verify(of, "b");
          await rm(own.volume, { recursive: true });
          await mkdir(own.volume);
          await build(own.volume, next);
          await own.provider.restore(of, "b", never);
          assert.deepEqual(await contents(own.volume), before);
          assert.deepEqual(await own.leftovers(), []);
        } finally {
          await own.remove();
        }
      }),
      { numRuns: 25 },
    );
  });
});
