import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConcurrentUpdateError } from "@pulumi/pulumi/automation/index.js";
import { openBackend } from "../../engine/state/backend.ts";
import { lockStack } from "../../engine/state/lock.ts";
import { startMoto, type Moto } from "../support/moto.ts";
import { startFront, type Front } from "./front.ts";
import { Bucket, open, pets } from "./ground.ts";

describe("workers that share stack state in S3", function () {
  this.timeout(300_000);
  let moto: Moto;
  let front: Front;
  let home: string;
  let bucket: Bucket;
  before(async () => {
    moto = await startMoto();
    front = await startFront(moto.client.endpoint);
    Object.assign(process.env, moto.env);
  });
  after(async () => {
    for (const name of Object.keys(moto.env)) Reflect.deleteProperty(process.env, name);
    await front.close();
    await moto.stop();
  });
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "teal-s3-"));
    bucket = await Bucket.make(moto.client);
  });
  afterEach(async () => {
    front.fate = () => undefined;
    await rm(home, { recursive: true, force: true });
  });

  const here = (count = 2) => open(bucket.url(front.endpoint), home, pets(count));
  const start = (action: string, at = 0) => {
    const args = [join(import.meta.dirname, "child.ts"), bucket.url(front.endpoint), join(home, `child${at}`), action];
    const child = spawn(process.execPath, [...args, String(at)], { stdio: ["ignore", "pipe", "inherit"] });
    let printed = "";
    child.stdout.on("data", (text) => (printed += String(text)));
    const ended = once(child, "close").then(([, signal]) => ({
      printed: printed.trim(),
      signal: signal as string | null,
    }));
    return { child, ended };
  };
  const locks = () => bucket.keys(".pulumi/locks/");

  it("killed before each call of an update: the next goes on, and nothing is left half done", async () => {
    for (let at = 1; ; at++) {
      bucket = await Bucket.make(moto.client);
      const { signal, printed } = await start("up", at).ended;
      const stack = await here();
      await stack.up();
      assert.deepEqual(
        await bucket.state(),
        { names: ["app-dev", "default_4_21_2", "pet1", "pet2"], pending: [] },
        `call ${at}`,
      );
      assert.deepEqual(await locks(), [], `call ${at}`);
      assert.deepEqual((await stack.preview()).changeSummary, { same: 3 });
      if (signal === null) {
        assert.equal(printed, "done");
        assert.ok(at > 10, `only ${at} calls`);
        return;
      }
      assert.equal(signal, "SIGKILL");
    }
  });

  it("the lock of a worker that was killed goes to one of many who ask at once", async () => {
    assert.equal((await start("up", 12).ended).signal, "SIGKILL");
    assert.equal((await locks()).length, 1);
    const ask = () => lockStack(openBackend(bucket.url(front.endpoint), "/", "/"), { project: "app", stack: "dev" });
    const tries = await Promise.allSettled(Array.from({ length: 8 }, ask));
    const won = tries.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    assert.equal(won.length, 1);
    assert.match(won[0]!.abandoned[0]!, /^\S+@\S+ \(pid \d+\) at \S+$/);
    await won[0]!.release();
    assert.deepEqual(await locks(), []);
  });

  it("killed before each call of a removal: the next goes on, and nothing is left but the copies", async () => {
    for (let at = 1; ; at++) {
      bucket = await Bucket.make(moto.client);
      await (await here()).up();
      const { signal } = await start("remove", at).ended;
      const stack = await here();
      await stack.destroy();
      await stack.workspace.removeStack("dev");
      const left = (await bucket.keys(".pulumi/")).filter((key) => !key.startsWith(".pulumi/backups/"));
      assert.deepEqual(left, [".pulumi/meta.yaml", ".pulumi/stacks/app/dev.json.bak"], `call ${at}`);
      if (signal === null) return;
    }
  });

  it("one works on a stack at a time, another process is refused in Pulumi's words", async () => {
    const stack = await here();
    await stack.up();
    let reached!: () => void;
    let go!: () => void;
    const inside = new Promise<void>((resolve) => (reached = resolve));
    const wait = new Promise<void>((resolve) => (go = resolve));
    front.fate = (target) => {
      if (!/^PUT \/\S+\/stacks\/app\/dev\.json(\?|$)/.test(target)) return undefined;
      reached();
      return { wait };
    };
    const first = start("destroy");
    await inside;
    const [lock] = await locks();
    const content = JSON.parse(await bucket.get(lock!)) as Record<string, unknown>;
    for (const [name, type] of Object.entries({ pid: "number", username: "string", hostname: "string" }))
      assert.equal(typeof content[name], type);
    assert.ok(Date.parse(String(content["timestamp"])));
    await assert.rejects(
      here(3).then((other) => other.up()),
      (error: Error) => {
        assert.ok(error instanceof ConcurrentUpdateError);
        assert.match(error.message, /created by \S+@\S+ \(pid \d+\) at \S+/);
        return true;
      },
    );
    assert.equal((await start("up", 0).ended).printed, "locked");
    go();
    assert.equal((await first.ended).printed, "done");
    assert.deepEqual(await locks(), []);
  });
});
