import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import type { TealError } from "../../model/errors.ts";
import { startMoto, type Moto } from "../support/moto.ts";
import { startProxy, type Proxy, type Refusal } from "../support/proxy.ts";
import { Leaving } from "./ground.ts";

const run = promisify(execFile);
const slowDown: Refusal = { status: 503, code: "SlowDown", as: "xml" };
const throttling: Refusal = { status: 400, code: "ThrottlingException", as: "json" };
const old = ["one", "two"];

describe("offboarding on AWS", function () {
  this.timeout(240_000);
  let moto: Moto;
  let proxy: Proxy;
  let leaving: Leaving;
  before(async () => {
    moto = await startMoto();
    proxy = await startProxy(moto.client.endpoint);
    // The stand-in knows of no quotas.
    proxy.answer(
      (target) => target === "DescribeAccountAttributes",
      () =>
        `<DescribeAccountAttributesResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><DescribeAccountAttributesResult/></DescribeAccountAttributesResponse>`,
    );
  });
  after(async () => {
    await proxy.close();
    await moto.stop();
  });
  const fresh = async () => {
    leaving = await Leaving.make({ ...moto.client, endpoint: proxy.endpoint });
    await leaving.ground.put("a", "one");
    await leaving.ground.put("b c/ü", "two");
  };
  beforeEach(fresh);
  afterEach(() => {
    proxy.refuse(0, slowDown);
    leaving.close();
  });

  const objects = async (id: string) =>
    Object.entries(await leaving.shelf())
      .filter(([key]) => key.includes(`${id}.objects/`))
      .map(([, text]) => text)
      .sort();
  const exported = async (id: string) => {
    await leaving.export(id);
    await leaving.destroyCluster();
    await leaving.destroyBucket();
  };
  /** Nothing is left, and the key on its way out. */
  const isOver = async (id: string) => {
    assert.ok(!(await leaving.ground.snapshots()).some((name) => name.endsWith(id)));
    assert.deepEqual(await leaving.shelf(), {});
    assert.equal(await leaving.keyState(), "PendingDeletion");
    const { left, kept } = await leaving.look();
    assert.deepEqual(left, []);
    assert.deepEqual(
      kept.map(({ id: arn, until }) => [arn, until !== null]),
      [[leaving.key, true]],
    );
  };

  it("exports what the bucket held, says what is left until it is gone, and has the key deleted last", async () => {
    const id = randomUUID();
    await leaving.export(id);
    assert.equal((await leaving.look()).left.length, 2, "cluster and bucket");
    await leaving.destroyCluster();
    assert.deepEqual((await leaving.look()).left, [`arn:aws:s3:::${leaving.ground.data.bucket}`]);
    await leaving.destroyBucket();
    const { left, kept } = await leaving.look();
    assert.deepEqual(left, []);
    assert.ok(kept.some(({ id: arn, until }) => arn === leaving.key && until === null));
    assert.deepEqual(await objects(id), old);
    assert.equal(await leaving.keyState(), "Enabled");
    const [ending] = await leaving.end(id);
    assert.ok(Date.parse(ending!.until!) > Date.now());
    await isOver(id);
  });

  for (const [what, refusal, which, act] of [
    ["copies of objects", slowDown, (target: string) => /^PUT .*\.objects\//.test(target), "export"],
    ["lists of objects", slowDown, (target: string) => /^GET .*list-type=2/.test(target), "export"],
    ["the tagging API", throttling, (target: string) => target.endsWith(".GetResources"), "look"],
    ["the state of keys", throttling, (target: string) => target.endsWith(".DescribeKey"), "look"],
    ["removals of objects", slowDown, (target: string) => target.startsWith("DELETE "), "end"],
    ["the deletion of keys", throttling, (target: string) => target.endsWith(".ScheduleKeyDeletion"), "end"],
  ] as const)
    it(`rides over ${what} that are throttled for a while, and says so where it doesn't stop`, async () => {
      const id = randomUUID();
      if (act === "end") await exported(id);
      const before = proxy.refused;
      proxy.refuse(1000, refusal, which);
      await assert.rejects(
        async () => void (await leaving[act](id)),
        (error: TealError) => {
          assert.match(error.code, /^(aws_throttled|backup_failed)$/);
          assert.equal(error.data["aws"], refusal.code);
          assert.notEqual(error.data["retriable"], false);
          return true;
        },
      );
      assert.ok(proxy.refused - before >= 4, "the SDK has tried again itself");
      proxy.refuse(3, refusal, which);
      await leaving[act](id);
      assert.equal(proxy.refused > before + 4, true);
      if (act === "export") assert.deepEqual(await objects(id), old);
      if (act === "end") await isOver(id);
    });

  /** Whether it came to its end; it died by SIGKILL otherwise. */
  const dyingAt = async (part: "export" | "end", id: string, at: number): Promise<boolean> => {
    const script = join(import.meta.dirname, "crashChild.ts");
    const { ground, key } = leaving;
    try {
      const { stdout } = await run(process.execPath, [script, proxy.endpoint, ground.tenant, key, part, id, `${at}`]);
      assert.equal(stdout, "done\n");
      return true;
    } catch (error) {
      assert.equal((error as { signal?: string }).signal, "SIGKILL", String(error));
      return false;
    }
  };

  it("killed before any call of the export, exports all of it when done again, as one backup", async () => {
    for (let at = 1; ; at += 1) {
      const id = randomUUID();
      const lived = await dyingAt("export", id, at);
      await leaving.export(id);
      assert.deepEqual(await objects(id), old);
      assert.equal((await leaving.ground.snapshots()).filter((name) => name.endsWith(id)).length, 1);
      if (lived) return assert.ok(at > 12, `${at - 1} calls`);
    }
  });

  it("killed before any call at the end of the retention, leaves nothing once it is done again", async () => {
    for (let at = 1; ; at += 1) {
      const id = randomUUID();
      await exported(id);
      const lived = await dyingAt("end", id, at);
      const state = await leaving.keyState();
      // The key goes last: what is left of the backup can be read until then.
      if (state !== "Enabled") assert.deepEqual(await leaving.shelf(), {});
      await leaving.end(id);
      await isOver(id);
      if (lived) return assert.ok(at > 7, `${at - 1} calls`);
      leaving.close();
      await fresh();
    }
  });
});
