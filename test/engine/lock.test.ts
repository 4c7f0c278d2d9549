import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { openBackend, paths, type Backend } from "../../engine/state/backend.ts";
import { lockStack, removeLocks } from "../../engine/state/lock.ts";

const id = { project: "p", stack: "s" };

describe("stack lock", () => {
  let home: string;
  let backend: Backend;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "teal-lock-"));
    backend = openBackend(`file://${home}`, "/", "/root");
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  const write = async (content: object) => {
    await mkdir(paths.locks(backend, id), { recursive: true });
    await writeFile(
      join(paths.locks(backend, id), "other.json"),
      JSON.stringify({ username: "u", timestamp: "t", ...content }),
    );
  };

  it("is held by one at a time and leaves nothing behind", async () => {
    const lock = await lockStack(backend, id);
    await assert.rejects(lockStack(backend, id), {
      code: "stack_locked",
      message: /the stack is currently locked by 1 lock\(s\)/,
    });
    await lock.release();
    await (await lockStack(backend, id)).release();
    assert.deepEqual(await readdir(paths.locks(backend, id)), []);
  });

  it("goes to at most one of many who ask at once", async () => {
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lockStack(backend, id)));
    const won = tries.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    assert.ok(won.length <= 1);
    for (const lock of won) await lock.release();
    assert.deepEqual(await readdir(paths.locks(backend, id)), []);
  });

  it("of a process that is gone is taken over", async () => {
    const child = spawn(process.execPath, ["-e", ""]);
    await once(child, "exit");
    await write({ pid: child.pid, hostname: hostname() });
    await (await lockStack(backend, id)).release();
  });

  it("of a process whose number another has now is taken over", async () => {
    await write({ pid: process.ppid, hostname: hostname(), started: "1" });
    await (await lockStack(backend, id)).release();
  });

  it("of a live process, or one on another host, is honoured", async () => {
    await write({ pid: process.ppid, hostname: hostname() });
    await assert.rejects(lockStack(backend, id), { code: "stack_locked" });
    await write({ pid: 1, hostname: "elsewhere" });
    await assert.rejects(lockStack(backend, id), { code: "stack_locked", message: /elsewhere/ });
    await removeLocks(backend, id);
    await (await lockStack(backend, id)).release();
  });

  it("of a live thread is honoured, and of one that has died taken over", async () => {
    const lockModule = new URL("../../engine/state/lock.ts", import.meta.url).href;
    const backendModule = new URL("../../engine/state/backend.ts", import.meta.url).href;
    const source = `import { lockStack } from ${JSON.stringify(lockModule)};
      import { openBackend } from ${JSON.stringify(backendModule)};
      import { parentPort } from "node:worker_threads";
      await lockStack(openBackend(${JSON.stringify(backend.url)}, "/", "/root"), ${JSON.stringify(id)});
      parentPort.postMessage("locked"); setInterval(() => {}, 1000);`;
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`));
    await once(worker, "message");
    await assert.rejects(lockStack(backend, id), { code: "stack_locked" });
    await worker.terminate();
    await (await lockStack(backend, id)).release();
  });
});
