import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { DeleteDBClusterCommand } from "@aws-sdk/client-rds";
import { awsBackups } from "../../automation/aws/backups/backups.ts";
import { covers } from "../../automation/backups/covers.ts";
import { startMoto, type Moto } from "../support/moto.ts";
import { startProxy, type Proxy } from "../support/proxy.ts";
import { Ground, never } from "./ground.ts";

const run = promisify(execFile);
const throttled = { status: 400, code: "Throttling", as: "xml" } as const;
const slowDown = { status: 503, code: "SlowDown", as: "xml" } as const;

describe("a moment of what a tenant has on AWS", function () {
  this.timeout(240_000);
  let moto: Moto;
  let throttle: Proxy;
  let ground: Ground;
  before(async () => {
    moto = await startMoto();
    throttle = await startProxy(moto.client.endpoint);
  });
  after(async () => {
    await throttle.close();
    await moto.stop();
  });
  beforeEach(async () => {
    ground = await Ground.make({ ...moto.client, endpoint: throttle.endpoint });
  });
  afterEach(() => {
    throttle.refuse(0, throttled);
    ground.close();
  });

  const old = { a: "one", "b c/ü": "two" };
  /** S3 counts in seconds: what comes later is of another one. */
  const nextSecond = () => pause(1100 - (Date.now() % 1000));
  /** Fills the bucket; gives a moment when it was full, and nothing was changed in the second of it. */
  const filled = async (): Promise<string> => {
    await ground.put("a", "zero");
    await ground.put("gone", "three");
    await nextSecond();
    await ground.put("a", "one");
    await ground.put("b c/ü", "two");
    await ground.delete("gone");
    await nextSecond();
    const at = new Date(Math.floor(Date.now() / 1000) * 1000).toISOString();
    await nextSecond();
    return at;
  };
  const change = async () => {
    await ground.put("a", "changed");
    await ground.delete("b c/ü");
    await ground.put("gone", "back");
    await ground.put("new", "four");
  };
  const cluster = () => `production-${ground.tenant}-1`;

  it("may be any that RDS has the cluster's log of and the bucket the versions", async () => {
    const at = await filled();
    const window = (await ground.provider.restorable!(ground.of))!;
    assert.equal(window.cluster, cluster());
    assert.ok(covers(window, at), JSON.stringify(window));
    assert.ok(!covers(window, new Date(Date.now() + 60_000).toISOString()));
    const second = 1 / 86_400;
    const short = awsBackups({ ...ground.options, find: async () => ({ ...ground.data, oldVersionDays: second }) });
    const { earliest } = (await short.restorable!(ground.of))!;
    assert.ok(Date.parse(earliest) > Date.parse(at), "the versions of then may be gone");
  });

  it("is none where there is no cluster of its own", async () => {
    const at = (data: { cluster: string | null; bucket: string | null } | null) =>
      awsBackups({ ...ground.options, find: async () => data }).restorable!(ground.of);
    assert.equal(await at(null), null);
    assert.equal(await at({ ...ground.data, cluster: null }), null);
    await ground.rds.send(new DeleteDBClusterCommand({ DBClusterIdentifier: cluster(), SkipFinalSnapshot: true }));
    assert.equal(await at(ground.data), null);
  });

  it("comes back: a cluster of that moment beside the old one, each object as it was, deletions too; done twice it is the same", async () => {
    const at = await filled();
    await change();
    const point = { at, cluster: cluster() };
    for (let time = 0; time < 2; time++) {
      await ground.provider.restoreTo(ground.of, point, never);
      assert.deepEqual(await ground.contents(), old);
      assert.deepEqual(await ground.clusters(), [cluster(), `production-${ground.tenant}-2`]);
    }
  });

  it("comes back though AWS refuses for a while; where it doesn't stop, it fails with what was said and the bucket as it was", async () => {
    const at = await filled();
    await change();
    const now = await ground.contents();
    const point = { at, cluster: cluster() };
    throttle.refuse(1000, throttled, (target) => target === "RestoreDBClusterToPointInTime");
    await assert.rejects(ground.provider.restoreTo(ground.of, point, never), { code: "backup_failed" });
    assert.deepEqual(await ground.contents(), now);
    throttle.refuse(1000, throttled, (target) => target === "DescribeDBClusters");
    await assert.rejects(ground.provider.restorable!(ground.of), { code: "backup_failed" });
    throttle.refuse(3, throttled, (target) => target === "RestoreDBClusterToPointInTime");
    await ground.provider.restoreTo(ground.of, point, never);
    throttle.refuse(3, slowDown, (target) => target.includes("versions"));
    await ground.provider.restoreTo(ground.of, point, never);
    assert.deepEqual(await ground.contents(), old);
  });

  it("ends as soon as it is told to, with nothing changed", async () => {
    const at = await filled();
    const why = new Error("stop");
    const stopped = ground.provider.restoreTo(ground.of, { at, cluster: cluster() }, AbortSignal.abort(why));
    await assert.rejects(stopped, why);
    assert.deepEqual(await ground.clusters(), [cluster()]);
  });

  it("killed before any call is restored when asked again, with one more cluster", async () => {
    const at = await filled();
    const script = join(import.meta.dirname, "crashChild.ts");
    for (let call = 1; ; call += 1) {
      await change();
      const args = [script, throttle.endpoint, ground.tenant, "restoreTo", at, String(call)];
      const lived = await run(process.execPath, args).then(
        ({ stdout }) => stdout === "done\n",
        (error: { signal?: string }) => {
          assert.equal(error.signal, "SIGKILL", String(error));
          return false;
        },
      );
      await ground.provider.restoreTo(ground.of, { at, cluster: cluster() }, never);
      assert.deepEqual(await ground.contents(), old);
      assert.equal((await ground.clusters()).length, 2);
      if (lived) return assert.ok(call > 6, `${call - 1} calls`);
    }
  });
});
