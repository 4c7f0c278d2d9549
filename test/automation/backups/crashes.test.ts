import assert from "node:assert/strict";
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { promisify } from "node:util";
import { filesBackups } from "../../../automation/backups/files.ts";
import { Ground, never, of } from "./ground.ts";

const run = promisify(execFile);
const script = (name: string): string => join(import.meta.dirname, name);

/** Whether it came to its end; it died by SIGKILL otherwise. */
async function callDyingAt(
  ground: Ground,
  action: "take" | "restore" | "drill" | "prune",
  at: number,
): Promise<boolean> {
  try {
    const { stdout } = await run(process.execPath, [script("crashChild.ts"), ground.root, action, String(at)]);
    assert.equal(stdout, "done\n");
    return true;
  } catch (error) {
    assert.equal((error as { signal?: string }).signal, "SIGKILL", String(error));
    return false;
  }
}

/** Calls `action` dying at its first step, its second and so on, on a ground of its own each, until it lives. */
async function atEveryStep(
  action: "take" | "restore" | "drill" | "prune",
  prepare: (ground: Ground) => Promise<void>,
  check: (ground: Ground) => Promise<void>,
): Promise<number> {
  for (let at = 1; ; at += 1) {
    const ground = await Ground.make();
    try {
      await prepare(ground);
      const lived = await callDyingAt(ground, action, at);
      await check(ground);
      if (lived) return at - 1;
    } finally {
      await ground.remove();
    }
  }
}

describe("backups of files, killed at every step", function () {
  this.timeout(240_000);

  const fill = async (ground: Ground, text: string): Promise<void> => {
    await ground.write("dir/a", text);
    ground.notes([text], 1);
  };
  const hasText = async (ground: Ground, text: string): Promise<boolean> => {
    const a = await readFile(join(ground.volume, "dir", "a"), "utf8").catch(() => undefined);
    return a === text && ground.readNotes().at(-1) === text;
  };

  it("are whole or not there, and whole when asked for again", async () => {
    const steps = await atEveryStep(
      "take",
      (ground) => fill(ground, "one"),
      async (ground) => {
        const shelf = await readdir(join(ground.backups, of.environment, of.tenant)).catch(() => undefined);
        if (shelf?.includes("b1")) await ground.provider.verify(of, "b1");
        const taken = await ground.provider.take(of, "b1", never);
        assert.equal(taken.files, 2);
        assert.deepEqual(await ground.provider.verify(of, "b1"), taken);
        assert.deepEqual(await ground.leftovers(), []);
      },
    );
    assert.ok(steps >= 15, `${steps} steps`);
  });

  it("are restored or not at all, and restored when asked again", async () => {
    const steps = await atEveryStep(
      "restore",
      async (ground) => {
        await fill(ground, "old");
        await ground.provider.take(of, "b1", never);
        await fill(ground, "new");
      },
      async (ground) => {
        // Who only asks when was last written, as a preview or drill does, finishes nothing for the restore.
        const left = await ground.leftovers();
        assert.notEqual(await ground.provider.lastWrite(of), null);
        assert.deepEqual(await ground.leftovers(), left);
        await ground.provider.restore(of, "b1", never);
        assert.ok(await hasText(ground, "old"));
        assert.deepEqual(await ground.leftovers(), []);
      },
    );
    assert.ok(steps >= 15, `${steps} steps`);
  });

  it("are as they were after a drill, and so is the volume; the next one clears up", async () => {
    const steps = await atEveryStep(
      "drill",
      async (ground) => {
        await fill(ground, "old");
        await ground.provider.take(of, "b1", never);
        await fill(ground, "new");
      },
      async (ground) => {
        assert.ok(await hasText(ground, "new"));
        const { files } = await ground.provider.drill(of, "b1", never);
        assert.equal(files, 2);
        await ground.provider.verify(of, "b1");
        assert.ok(await hasText(ground, "new"));
        assert.deepEqual(await ground.leftovers(), []);
      },
    );
    assert.ok(steps >= 8, `${steps} steps`);
  });

  it("are pruned or whole", async () => {
    await atEveryStep(
      "prune",
      async (ground) => {
        await fill(ground, "one");
        await ground.provider.take(of, "b1", never);
      },
      async (ground) => {
        const shelf = await readdir(join(ground.backups, of.environment, of.tenant));
        if (shelf.includes("b1")) await ground.provider.verify(of, "b1");
        await ground.provider.prune(of, "b1");
        assert.deepEqual(await ground.leftovers(), []);
      },
    );
  });
});

describe("backups of files under way", function () {
  this.timeout(120_000);
  let ground: Ground;
  const writers: ChildProcess[] = [];
  beforeEach(async () => (ground = await Ground.make()));
  afterEach(async () => {
    for (const writer of writers.splice(0)) {
      writer.kill("SIGKILL");
      if (writer.exitCode === null && writer.signalCode === null) await once(writer, "exit");
    }
    await ground.remove();
  });

  it("hold whole transactions of a database that two processes write to all the while", async () => {
    // One after the other: two that change a new database to WAL at once lock each other out, and SQLite has neither wait.
    for (const _ of [1, 2]) {
      const writer = spawn(process.execPath, [script("writerChild.ts"), join(ground.volume, "bank.db")], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      writers.push(writer);
      await once(writer.stdout, "data");
    }
    let before = 0;
    for (const id of ["b1", "b2", "b3"]) {
      await ground.provider.take(of, id, never);
      await ground.provider.verify(of, id);
      const database = new DatabaseSync(join(ground.backups, "staging", "acme", id, "data", "bank.db"), {
        readOnly: true,
      });
      const { debits, credits } = database
        .prepare("SELECT (SELECT count(*) FROM debits) AS debits, (SELECT count(*) FROM credits) AS credits")
        .get() as { debits: number; credits: number };
      database.close();
      assert.equal(debits, credits);
      assert.ok(debits > before, `${debits} rows, ${before} before`);
      before = debits;
    }
  });

  it("leave nothing behind on a full disk, and work once there is room", async function () {
    const shelf = ground.backups;
    await mkdir(shelf);
    const mounted = await run("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", shelf]).catch(() => undefined);
    // Only root may mount, and not in every container.
    if (mounted === undefined) return this.skip();
    try {
      await ground.write("big", Buffer.alloc(3 << 20, 1));
      await assert.rejects(ground.provider.take(of, "b1", never), { code: "backup_no_space" });
      assert.deepEqual(await ground.leftovers(), []);
      await rm(join(ground.volume, "big"));
      ground.notes(Array.from({ length: 300 }, () => "x".repeat(10_000)));
      await assert.rejects(ground.provider.take(of, "b1", never), { code: "backup_no_space" });
      assert.deepEqual(await ground.leftovers(), []);
      await rm(join(ground.volume, "notes.db"));
      await ground.write("small", "x");
      await ground.provider.take(of, "b1", never);
      await ground.provider.verify(of, "b1");
    } finally {
      await run("umount", [shelf]);
    }
  });

  it("leave the volume as it was when there is no room to restore", async function () {
    const volumes = dirname(dirname(ground.volume));
    const mounted = await run("mount", ["-t", "tmpfs", "-o", "size=3m", "tmpfs", volumes]).catch(() => undefined);
    if (mounted === undefined) return this.skip();
    try {
      await ground.write("a", Buffer.alloc(2 << 20, 1));
      await ground.provider.take(of, "b1", never);
      await ground.write("a", Buffer.alloc(2 << 20, 2));
      await assert.rejects(ground.provider.restore(of, "b1", never), { code: "backup_no_space" });
      assert.equal((await readFile(join(ground.volume, "a")))[0], 2);
      assert.deepEqual(await ground.leftovers(), []);
    } finally {
      await run("umount", [volumes]);
    }
  });

  it("taken twice at once by the same id are one", async () => {
    ground.notes(["one"]);
    const others = filesBackups({ volumes: join(ground.root, "volumes"), backups: ground.backups });
    const both = await Promise.allSettled([ground.provider.take(of, "b1", never), others.take(of, "b1", never)]);
    assert.ok(both.some(({ status }) => status === "fulfilled"));
    const taken = await ground.provider.take(of, "b1", never);
    for (const one of both) if (one.status === "fulfilled") assert.deepEqual(one.value, taken);
    assert.deepEqual(await ground.provider.verify(of, "b1"), taken);
    assert.deepEqual(await ground.leftovers(), []);
  });
});
