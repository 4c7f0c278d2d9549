import assert from "node:assert/strict";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { mock } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { ConcurrentUpdateError } from "@pulumi/pulumi/automation/index.js";
import { listStacks, openBackend, paths, readStack, writeStack } from "../../engine/state/backend.ts";
import { lockStack, removeLocks } from "../../engine/state/lock.ts";
import { writeTags } from "../../engine/state/tags.ts";
import { startMoto, type Moto } from "../support/moto.ts";
import { startFront, type Front } from "./front.ts";
import { Bucket, open, pets } from "./ground.ts";

const id = { project: "app", stack: "dev" };
const theirs = ".pulumi/locks/organization/app/dev/0b7f1a52-8f9e-4c4a-9d5f-6d8a2f0c7b11.json";
const ours = ".pulumi/locks/organization/app/dev/teal.json";
/** As the CLI writes it. */
const cliLock = '{"pid":4711,"username":"ada","hostname":"laptop","timestamp":"2026-01-02T03:04:05.123456789+01:00"}';

describe("stack state in S3", function () {
  this.timeout(120_000);
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
    [front.aged, front.conditions] = [undefined, true];
    await rm(home, { recursive: true, force: true });
  });

  const backend = () => openBackend(bucket.url(front.endpoint), "/", "/root");
  const here = (count = 2, name = "dev") => open(bucket.url(front.endpoint), home, pets(count), name);
  const asked = async (action: () => Promise<unknown>) => {
    const before = front.requests.length;
    await action();
    return front.requests.slice(before);
  };

  it("serves every command, in Pulumi's own layout below the prefix", async () => {
    const stack = await here();
    assert.deepEqual((await stack.up()).summary.resourceChanges, { create: 3 });
    assert.equal(await bucket.get(".pulumi/meta.yaml"), "version: 1\n");
    assert.deepEqual(
      (await bucket.keys()).map((key) => key.replace(/\d{19}/, "N")),
      [
        ".pulumi/backups/app/dev/dev.N.json",
        ".pulumi/history/app/dev/dev-N.checkpoint.json",
        ".pulumi/history/app/dev/dev-N.history.json",
        ".pulumi/meta.yaml",
        ".pulumi/stacks/app/dev.json",
        ".pulumi/stacks/app/dev.json.bak",
      ],
    );
    assert.deepEqual((await stack.preview()).changeSummary, { same: 3 });
    assert.deepEqual((await stack.refresh()).summary.resourceChanges, { same: 3 });
    assert.deepEqual(
      (await stack.history()).map(({ kind, result }) => `${kind} ${result}`),
      ["refresh succeeded", "update succeeded"],
    );
    await stack.workspace.setTag("dev", "team", "a");
    assert.deepEqual(await stack.workspace.listTags("dev"), { team: "a" });
    const { version, deployment } = await stack.exportStack();
    await stack.importStack({ version, deployment });
    assert.deepEqual(
      (await stack.workspace.listStacks()).map(({ name, resourceCount }) => [name, resourceCount]),
      [["dev", 4]],
    );
    await stack.rename({ stackName: "next" });
    assert.equal((await bucket.keys(".pulumi/history/app/next/")).length, 4);
    assert.deepEqual(await bucket.keys(".pulumi/history/app/dev/"), []);
    const next = await here(2, "next");
    await next.destroy();
    await next.workspace.removeStack("next");
    assert.deepEqual(await next.workspace.listStacks(), []);
    assert.deepEqual(await bucket.keys(".pulumi/history/"), []);
    assert.deepEqual(await bucket.keys(".pulumi/locks/"), []);
  });

  it("asks S3 little: what docs/engine.md says of an update of one resource", async () => {
    const stack = await here(1);
    for (let count = 0; count < 20; count++) await stack.refresh();
    await stack.up();
    const other = await here(2);
    assert.deepEqual(
      (await asked(() => other.preview())).map((request) => request.split(" ")[0]),
      ["GET"],
    );
    const requests = await asked(() => other.up());
    const said = await readFile(join(import.meta.dirname, "../../docs/engine.md"), "utf8");
    const [, figure] = /takes (\d+) requests of S3/.exec(said)!;
    assert.equal(requests.length, Number(figure), requests.join("\n"));
    assert.equal((await bucket.keys(".pulumi/backups/app/dev/")).length, 20);
    assert.equal((await bucket.keys(".pulumi/history/app/dev/")).length, 40);
  });

  it("goes from a directory to a bucket and back, object by object", async () => {
    const files = join(home, "files");
    await cp(join(import.meta.dirname, "../../test/engine/data/pulumi"), join(files, ".pulumi"), { recursive: true });
    const names = async () =>
      (await readdir(files, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(files.length + 1));
    for (const name of await names()) await bucket.put(name, await readFile(join(files, name), "utf8"));
    const secrets = { project: "conf", stack: "secrets" };
    const before = await readStack(openBackend(`file://${files}`, "/", "/"), secrets);
    assert.deepEqual(await readStack(backend(), secrets), before);

    const stack = await here();
    await stack.up();
    const copy = join(home, "copy");
    for (const key of await bucket.keys()) {
      await mkdir(dirname(join(copy, key)), { recursive: true });
      await writeFile(join(copy, key), await bucket.get(key));
    }
    const again = await open(`file://${copy}`, join(home, "second"), pets(2));
    assert.deepEqual((await again.up()).summary.resourceChanges, { same: 3 });
    assert.deepEqual((await again.history()).length, 2);
    assert.equal((await again.outputs())["last"]!.value, (await stack.outputs())["last"]!.value);
  });

  it("a lock goes to one of many who ask at once", async () => {
    const tries = await Promise.allSettled(Array.from({ length: 12 }, () => lockStack(backend(), id)));
    const won = tries.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    assert.equal(won.length, 1);
    for (const each of tries) if (each.status === "rejected") assert.equal(each.reason.code, "stack_locked");
    await won[0]!.release();
    assert.deepEqual(await bucket.keys(".pulumi/locks/"), []);
  });

  it("the CLI's lock is honoured, whenever it comes, and goes with cancel", async () => {
    const stack = await here();
    await bucket.put(theirs, cliLock);
    await assert.rejects(stack.up(), (error: Error) => {
      assert.ok(error instanceof ConcurrentUpdateError);
      assert.match(error.message, /created by ada@laptop \(pid 4711\) at 2026-01-02T03:04:05\+01:00/);
      return true;
    });
    assert.deepEqual(await bucket.keys(".pulumi/locks/"), [theirs]);
    await bucket.delete(theirs);

    // It came between: the CLI had looked before our lock was there.
    let written: Promise<void> | undefined;
    front.fate = (target) =>
      target.startsWith("PUT") && target.includes(ours)
        ? { wait: (written ??= bucket.put(theirs, cliLock)) }
        : undefined;
    await assert.rejects(stack.up(), ConcurrentUpdateError);
    assert.deepEqual(await bucket.keys(".pulumi/locks/"), [theirs]);
    front.fate = () => undefined;
    // Nobody knows when it is left behind: time does not tell.
    front.aged = { text: cliLock, seconds: 100_000 };
    await assert.rejects(stack.up(), ConcurrentUpdateError);
    await stack.cancel();
    await stack.up();
  });

  it("a lock of another machine stays, however long it was not renewed, which is told; cancel removes it", async () => {
    const content = { pid: process.pid, username: "teal", hostname: hostname(), timestamp: "2026-01-02T03:04:05Z" };
    const held = JSON.stringify({ ...content, started: "1", machine: "0123456789ab", id: "a" });
    await bucket.put(ours, held);
    const shown = `teal@${hostname()}/0123456789ab (pid ${process.pid}) at 2026-01-02T03:04:05Z`;
    await assert.rejects(lockStack(backend(), id), (error: Error) => error.message.endsWith(shown));
    front.aged = { text: held, seconds: 86_400 };
    await assert.rejects(lockStack(backend(), id), { code: "stack_locked", message: /, not renewed for 8640\d s$/ });
    await removeLocks(backend(), id);
    await (await lockStack(backend(), id)).release();
  });

  it("whoever has lost the lock overwrites nothing, and leaves the lock to whom it belongs", async () => {
    await (await here()).up();
    const slow = backend();
    const lock = await lockStack(slow, id);
    const { deployment } = (await readStack(slow, id))!;
    await removeLocks(backend(), id);
    const quick = backend();
    const other = await lockStack(quick, id);
    await readStack(quick, id);
    await writeStack(quick, id, { ...deployment, resources: [] });
    await assert.rejects(writeStack(slow, id, deployment), {
      code: "state_changed",
      message: /nothing was overwritten/,
    });
    await lock.release();
    assert.deepEqual(await bucket.keys(".pulumi/locks/"), [ours]);
    await other.release();
    assert.deepEqual((await readStack(backend(), id))!.deployment!.resources, []);
  });

  it("is renewed while it is held, and missed once it was cancelled: nothing is written any more", async () => {
    mock.timers.enable({ apis: ["setInterval"] });
    try {
      const holder = backend();
      await using lock = await lockStack(holder, id);
      const renewals = () => front.requests.filter((request) => request.includes(ours) && request.startsWith("PUT"));
      const before = renewals().length;
      mock.timers.tick(20_000);
      while (renewals().length === before) await pause(10);
      await pause(100);
      await assert.rejects(lockStack(backend(), id), { code: "stack_locked" });
      await removeLocks(backend(), id);
      mock.timers.tick(20_000);
      if (!lock.lost.aborted) await once(lock.lost, "abort");
      assert.equal((lock.lost.reason as { code: string }).code, "stack_lock_lost");
      await assert.rejects(writeStack(holder, id, undefined), { code: "stack_lock_lost" });
      assert.equal(await readStack(backend(), id), undefined);
    } finally {
      mock.timers.reset();
    }
  });

  it("an update whose lock was cancelled, and whose state another changed, stops and overwrites nothing", async () => {
    await (await here(1)).up();
    const other = backend();
    const { deployment } = (await readStack(other, id))!;
    let changed: Promise<void> | undefined;
    front.fate = (target) => {
      if (changed || !/^PUT \/\S+\/stacks\/app\/dev\.json\?/.test(target)) return undefined;
      changed = removeLocks(backend(), id).then(() => writeStack(other, id, { ...deployment, resources: [] }));
      return { wait: changed };
    };
    const stack = await here(3);
    // The other's own write comes to the front too, and is not the first.
    await assert.rejects(stack.up(), /stack state: .*nothing was overwritten/);
    assert.deepEqual((await bucket.state()).names, []);
    assert.deepEqual(await bucket.keys(".pulumi/locks/"), []);
  });

  it("the lock of a live thread is honoured, and of one that has died taken over", async () => {
    const module = (name: string) => JSON.stringify(new URL(`../../engine/state/${name}.ts`, import.meta.url).href);
    const source = `import { lockStack } from ${module("lock")};
      import { openBackend } from ${module("backend")};
      import { parentPort } from "node:worker_threads";
      await lockStack(openBackend(${JSON.stringify(backend().url)}, "/", "/"), ${JSON.stringify(id)});
      parentPort.postMessage("locked"); setInterval(() => {}, 1000);`;
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`));
    await once(worker, "message");
    await assert.rejects(lockStack(backend(), id), { code: "stack_locked" });
    await worker.terminate();
    await (await lockStack(backend(), id)).release();
  });

  it("more objects than S3 lists at once are all seen", async () => {
    const put = (from: number) =>
      Promise.all(Array.from({ length: 50 }, (_, at) => bucket.put(`.pulumi/stacks/app/s${from + at}.json`, "{}")));
    for (let from = 0; from < 1050; from += 50) await put(from);
    assert.equal((await listStacks(backend(), "app")).length, 1050);
    assert.deepEqual(await backend().store.names(`${backend().root}/stacks`), ["app"]);
    await backend().store.removeAll(`${backend().root}/stacks`);
    assert.deepEqual(await bucket.keys(), []);
  });

  it("tags that two change at once: the second is told", async () => {
    await (await here()).up();
    const [one, two] = [backend(), backend()];
    for (const each of [one, two]) await each.store.read(paths.tags(each, id));
    await writeTags(one, id, { a: "1" });
    await assert.rejects(writeTags(two, id, { b: "2" }), { code: "state_changed" });
  });

  it("throttling is passed over", async () => {
    let count = 0;
    let refusals = 0;
    front.fate = () => (++count % 3 === 0 && ++refusals ? { refuse: { status: 503, code: "SlowDown" } } : undefined);
    await (await here()).up();
    assert.ok(refusals >= 5, `${refusals} refusals`);
    front.fate = () => undefined;
    assert.deepEqual((await bucket.state()).pending, []);
    assert.deepEqual(await bucket.keys(".pulumi/locks/"), []);
  });

  it("answers that get lost: what was written is known for one's own", async () => {
    const lost = new Set<string>();
    front.fate = (target) => {
      if (!/^(PUT|DELETE)/.test(target) || lost.has(target)) return undefined;
      lost.add(target);
      return { lose: true };
    };
    const stack = await here();
    await stack.up();
    assert.ok(lost.size >= 4, [...lost].join("\n"));
    front.fate = () => undefined;
    assert.deepEqual((await bucket.state()).names, ["app-dev", "default_4_21_2", "pet1", "pet2"]);
    assert.deepEqual(await bucket.keys(".pulumi/locks/"), []);
    assert.deepEqual((await stack.preview()).changeSummary, { same: 3 });
  });

  for (const [status, code, expected] of [
    [403, "AccessDenied", "state_s3_denied"],
    [404, "NoSuchBucket", "state_s3_no_bucket"],
    [400, "ExpiredToken", "state_s3_credentials"],
    [403, "InvalidAccessKeyId", "state_s3_credentials"],
    [403, "SignatureDoesNotMatch", "state_s3_credentials"],
    [301, "PermanentRedirect", "state_s3_region"],
    [418, "Teapot", "state_s3_failed"],
  ] as const)
    it(`${code} is told as ${expected}, from the first call and from one in the middle`, async () => {
      front.fate = () => ({ refuse: { status, code } });
      await assert.rejects(readStack(backend(), id), (error: Error & { code: string }) => {
        assert.equal(error.code, expected);
        assert.match(error.message, /^stack state: expected to read \S+ in bucket \S+, but .*: \S/);
        assert.ok(error.message.includes(code));
        return true;
      });
      front.fate = () => undefined;
      const stack = await here();
      let writes = 0;
      front.fate = (target) =>
        /^PUT \/\S+\/stacks\/app\/dev\.json\?/.test(target) && ++writes > 1 ? { refuse: { status, code } } : undefined;
      await assert.rejects(stack.up(), (error: Error) => {
        assert.match(error.message, new RegExp(`stack state: expected to write .*${code}`));
        return true;
      });
      front.fate = () => undefined;
      assert.deepEqual(await bucket.keys(".pulumi/locks/"), []);
      await stack.up();
      assert.deepEqual((await bucket.state()).pending, []);
    });

  it("a bucket that is not there is told, with what to do", async () => {
    const nowhere = openBackend(bucket.url(front.endpoint).replace("s3://state-", "s3://nostate-"), "/", "/");
    await assert.rejects(readStack(nowhere, id), {
      code: "state_s3_no_bucket",
      message: /make it, or set PULUMI_BACKEND_URL/,
    });
  });

  it("S3 that is away is told, and a lock that could not be released is nobody's", async () => {
    const nobody = openBackend("s3://state?region=x&endpoint=http://127.0.0.1:1&s3ForcePathStyle=true", "/", "/");
    await assert.rejects(readStack(nobody, id), { code: "state_s3_unreachable", message: /ECONNREFUSED/ });
    const lock = await lockStack(backend(), id);
    front.fate = (target) =>
      target.startsWith("DELETE") ? { refuse: { status: 403, code: "AccessDenied" } } : undefined;
    await assert.rejects(lock.release(), { code: "state_s3_denied" });
    front.fate = () => undefined;
    const next = await lockStack(backend(), id);
    assert.equal(next.abandoned.length, 1);
    await next.release();
  });

  it("a store that writes whatever the condition is refused before two can hold a lock", async () => {
    front.conditions = false;
    // By another name: a store that is known to keep conditions is not asked again.
    const other = openBackend(bucket.url(front.endpoint.replace("127.0.0.1", "localhost")), "/", "/");
    await assert.rejects(lockStack(other, id), { code: "state_s3_unconditional" });
    assert.deepEqual(await bucket.keys(".pulumi/locks/"), []);
  });
});
