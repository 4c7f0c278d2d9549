import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { DeleteDBClusterSnapshotCommand, DescribeDBClusterSnapshotsCommand, RDSClient } from "@aws-sdk/client-rds";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { awsBackups } from "../../automation/aws/backups/backups.ts";
import { startMoto, type Moto } from "../support/moto.ts";
import { startProxy, type Proxy } from "../support/proxy.ts";
import { Ground, never } from "./ground.ts";

const run = promisify(execFile);
const throttled = { status: 400, code: "Throttling", as: "xml" } as const;
const slowDown = { status: 503, code: "SlowDown", as: "xml" } as const;

describe("backups on AWS", function () {
  this.timeout(240_000);
  let moto: Moto;
  let throttle: Proxy;
  let quota = { used: 0, most: 100 };
  let ground: Ground;
  before(async () => {
    moto = await startMoto();
    throttle = await startProxy(moto.client.endpoint);
    // The stand-in knows of no quotas.
    throttle.answer((target) => target === "DescribeAccountAttributes", attributes);
  });
  after(async () => {
    await throttle.close();
    await moto.stop();
  });
  beforeEach(async () => {
    quota = { used: 0, most: 100 };
    ground = await Ground.make({ ...moto.client, endpoint: throttle.endpoint });
  });
  afterEach(() => {
    throttle.refuse(0, throttled);
    ground.close();
  });
  const attributes = () => `<DescribeAccountAttributesResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/">
    <DescribeAccountAttributesResult><AccountQuotas>
      <AccountQuota><AccountQuotaName>DBClusters</AccountQuotaName><Used>1</Used><Max>40</Max></AccountQuota>
      <AccountQuota><AccountQuotaName>ManualClusterSnapshots</AccountQuotaName><Used>${quota.used}</Used><Max>${quota.most}</Max></AccountQuota>
    </AccountQuotas></DescribeAccountAttributesResult></DescribeAccountAttributesResponse>`;

  const fill = async () => {
    await ground.put("a", "one");
    await ground.put("b c/ü", "two");
    await ground.put("gone", "three");
    await ground.delete("gone");
  };
  const old = { a: "one", "b c/ü": "two" };
  /** S3 counts in seconds: what comes later is of another one. */
  const nextSecond = () => pause(1100 - (Date.now() % 1000));
  const change = async () => {
    await nextSecond();
    await ground.put("a", "changed");
    await ground.delete("b c/ü");
    await ground.put("new", "four");
  };

  it("join the cluster's snapshot with what the bucket held, and give the same when asked again", async () => {
    await fill();
    const id = randomUUID();
    const taken = await ground.provider.take(ground.of, id, never);
    assert.deepEqual([taken.id, taken.files], [id, 2]);
    assert.deepEqual(
      (await ground.snapshots()).filter((name) => name.endsWith(id)),
      [`teal-${id}`],
    );
    await change();
    assert.deepEqual(await ground.provider.take(ground.of, id, never), taken);
    assert.deepEqual(await ground.provider.verify(ground.of, id), taken);
    const lastWrite = await ground.provider.lastWrite(ground.of);
    assert.ok(Date.parse(lastWrite!) >= Date.parse(taken.lastWriteAt!));
  });

  it("bring the bucket back, and a cluster of the snapshot beside the old one", async () => {
    await fill();
    const id = randomUUID();
    await ground.provider.take(ground.of, id, never);
    await change();
    await ground.provider.restore(ground.of, id, never);
    assert.deepEqual(await ground.contents(), old);
    const { tenant } = ground;
    assert.deepEqual(await ground.clusters(), [`production-${tenant}-1`, `production-${tenant}-2`]);
    await ground.provider.restore(ground.of, id, never);
    assert.deepEqual(await ground.contents(), old);
  });

  it("are restored for a try beside what is live, and nothing of it stays", async () => {
    await fill();
    const id = randomUUID();
    const { checksum } = await ground.provider.take(ground.of, id, never);
    await change();
    const now = await ground.contents();
    const drilled = await ground.provider.drill(ground.of, id, never);
    assert.equal(drilled.checksum, checksum);
    assert.ok(drilled.seconds > 0);
    assert.deepEqual(await ground.contents(), now);
    assert.deepEqual(await ground.clusters(), [`production-${ground.tenant}-1`]);
  });

  it("are kept once more in a second region, where one is named, and pruned there, too", async () => {
    await fill();
    const id = randomUUID();
    const rds = new RDSClient({ ...moto.client, region: "eu-west-1" });
    const kms = new KMSClient({ ...moto.client, region: "eu-west-1" });
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const second = { name: "eu-west-1", rds, key: KeyMetadata!.Arn! };
    const provider = awsBackups({ ...ground.options, second });
    const there = async () => {
      const { DBClusterSnapshots = [] } = await rds.send(new DescribeDBClusterSnapshotsCommand({}));
      return DBClusterSnapshots.map((one) => [one.DBClusterSnapshotIdentifier, one.KmsKeyId]);
    };
    const taken = await provider.take(ground.of, id, never);
    assert.deepEqual(await there(), [[`teal-${id}`, second.key]]);
    assert.deepEqual(await provider.verify(ground.of, id), taken);
    await rds.send(new DeleteDBClusterSnapshotCommand({ DBClusterSnapshotIdentifier: `teal-${id}` }));
    await assert.rejects(provider.verify(ground.of, id), { code: "backup_damaged" });
    const other = randomUUID();
    await provider.take(ground.of, other, never);
    await provider.prune(ground.of, other);
    assert.deepEqual(await there(), []);
    rds.destroy();
    kms.destroy();
  });

  it("are kept when the tenant's bucket goes, and pruned with what was kept", async () => {
    await fill();
    const id = randomUUID();
    const { provider, of, s3, markers: Bucket } = ground;
    const keys = async () => {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: `production/${of.tenant}/` }));
      return Contents.map(({ Key }) => Key!.slice(`production/${of.tenant}/${id}`.length)).sort();
    };
    const before = await ground.contents();
    await provider.take(of, id, never);
    await change();
    await provider.keep!(of, id, never);
    await provider.keep!(of, id, never);
    const names = Object.keys(before);
    const copies = names.map((_, line) => `.objects/${line}`);
    assert.deepEqual(await keys(), [".json", ...copies, ".versions.ndjson"].sort());
    const texts = copies.map(async (copy) => {
      const Key = `production/${of.tenant}/${id}${copy}`;
      return (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body!.transformToString();
    });
    assert.deepEqual((await Promise.all(texts)).sort(), Object.values(before).sort());
    await provider.prune(of, id);
    assert.deepEqual(await keys(), []);
  });

  it("are pruned with their snapshot, and then missing", async () => {
    await fill();
    const id = randomUUID();
    await ground.provider.take(ground.of, id, never);
    await ground.provider.prune(ground.of, id);
    await ground.provider.prune(ground.of, id);
    assert.deepEqual(
      (await ground.snapshots()).filter((name) => name.endsWith(id)),
      [],
    );
    await assert.rejects(ground.provider.verify(ground.of, id), { code: "backup_missing" });
  });

  it("say what is wrong with them, and then restore nothing", async () => {
    await fill();
    const id = randomUUID();
    const { location } = await ground.provider.take(ground.of, id, never);
    const { s3, markers: Bucket } = ground;
    await change();
    const now = await ground.contents();
    const Key = location.replace(`s3://${Bucket}/`, "").replace(/\.json$/, ".versions.ndjson");
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: "{}" }));
    for (const call of [
      ground.provider.verify(ground.of, id),
      ground.provider.restore(ground.of, id, never),
      ground.provider.drill(ground.of, id, never),
    ])
      await assert.rejects(call, { code: "backup_damaged" });
    assert.deepEqual(await ground.contents(), now);
    assert.deepEqual(await ground.clusters(), [`production-${ground.tenant}-1`]);
  });

  it("of a tenant without a cluster or bucket are of what there is, and refused where it has no such stack", async () => {
    await fill();
    const at = (data: { cluster: string | null; bucket: string | null } | null) =>
      awsBackups({ ...ground.options, find: async () => data });
    const [database, bucket] = [randomUUID(), randomUUID()];
    assert.equal((await at({ ...ground.data, bucket: null }).take(ground.of, database, never)).files, 0);
    const taken = await at({ ...ground.data, cluster: null }).take(ground.of, bucket, never);
    assert.deepEqual([taken.files, taken.bytes], [2, 6]);
    const nothing = await at({ cluster: null, bucket: null }).take(ground.of, randomUUID(), never);
    assert.deepEqual([nothing.files, nothing.bytes, nothing.lastWriteAt], [0, 0, null]);
    await assert.rejects(at(null).take(ground.of, randomUUID(), never), { code: "backup_source_missing" });
  });

  it("are taken though AWS refuses for a while, and fail with what it said where it doesn't stop", async () => {
    await fill();
    const id = randomUUID();
    throttle.refuse(3, throttled, (target) => target === "CreateDBClusterSnapshot");
    assert.equal((await ground.provider.take(ground.of, id, never)).files, 2);
    throttle.refuse(3, slowDown, (target) => target.includes("versions"));
    await ground.provider.verify(ground.of, id);
    throttle.refuse(1000, throttled, (target) => target === "CreateDBClusterSnapshot");
    const other = randomUUID();
    await assert.rejects(
      ground.provider.take(ground.of, other, never),
      (error: Error & { code?: string; data?: object }) => {
        assert.equal(error.code, "backup_failed");
        assert.deepEqual(error.data, { id: other, aws: "Throttling" }, "it may be tried again");
        return true;
      },
    );
  });

  it("leave room below the account's quota, and say so where there is none", async () => {
    quota = { used: 95, most: 100 };
    const id = randomUUID();
    await assert.rejects(
      ground.provider.take(ground.of, id, never),
      (error: Error & { code?: string; data?: object }) => {
        assert.equal(error.code, "backup_quota_full");
        assert.match(error.message, /^95 of 100 manual snapshots .* 5 are left free\. Lower keepBackups/);
        return true;
      },
    );
    quota = { used: 94, most: 100 };
    await ground.provider.take(ground.of, id, never);
    quota = { used: 100, most: 100 };
    await ground.provider.take(ground.of, id, never);
  });

  it("say so too where AWS itself finds the quota full", async () => {
    throttle.refuse(
      1,
      { status: 400, code: "SnapshotQuotaExceeded", as: "xml" },
      (target) => target === "CreateDBClusterSnapshot",
    );
    const taking = ground.provider.take(ground.of, randomUUID(), never);
    await assert.rejects(taking, { code: "backup_quota_full" });
  });

  it("are five at once at most", async () => {
    const { tenant, of } = ground;
    let now = 0;
    let most = 0;
    const gates: (() => void)[] = [];
    const provider = awsBackups({
      ...ground.options,
      async find() {
        most = Math.max(most, ++now);
        await new Promise<void>((resolve) => gates.push(resolve));
        now -= 1;
        return { cluster: null, bucket: `production-${tenant}-abc` };
      },
    });
    const taking = Promise.all(Array.from({ length: 12 }, () => provider.take(of, randomUUID(), never)));
    while (gates.length < 5) await pause(20);
    await pause(200);
    assert.equal(gates.length, 5);
    const opening = setInterval(() => gates.splice(0).forEach((open) => open()), 20);
    await taking;
    clearInterval(opening);
    assert.equal(most, 5);
  });

  it("end as soon as they are told to", async () => {
    const why = new Error("stop");
    await assert.rejects(ground.provider.take(ground.of, randomUUID(), AbortSignal.abort(why)), why);
  });

  /** Whether it came to its end; it died by SIGKILL otherwise. */
  const callDyingAt = async (action: string, id: string, at: number): Promise<boolean> => {
    const script = join(import.meta.dirname, "crashChild.ts");
    try {
      const { stdout } = await run(process.execPath, [
        script,
        throttle.endpoint,
        ground.tenant,
        action,
        id,
        String(at),
      ]);
      assert.equal(stdout, "done\n");
      return true;
    } catch (error) {
      assert.equal((error as { signal?: string }).signal, "SIGKILL", String(error));
      return false;
    }
  };

  it("killed before any call of AWS are not there, and whole when asked for again", async () => {
    await fill();
    for (let at = 1; ; at += 1) {
      const id = randomUUID();
      const lived = await callDyingAt("take", id, at);
      if (!lived) await assert.rejects(ground.provider.verify(ground.of, id), { code: "backup_missing" });
      assert.equal((await ground.provider.take(ground.of, id, never)).files, 2);
      await ground.provider.verify(ground.of, id);
      assert.equal((await ground.snapshots()).filter((name) => name.endsWith(id)).length, 1);
      if (lived) return assert.ok(at > 7, `${at - 1} calls`);
    }
  });

  it("killed before any call of a restore are restored when asked again, with one more cluster", async () => {
    await fill();
    const id = randomUUID();
    await ground.provider.take(ground.of, id, never);
    for (let at = 1; ; at += 1) {
      await change();
      const lived = await callDyingAt("restore", id, at);
      await ground.provider.restore(ground.of, id, never);
      assert.deepEqual(await ground.contents(), old);
      assert.equal((await ground.clusters()).length, 2);
      if (lived) return assert.ok(at > 7, `${at - 1} calls`);
    }
  });

  it("killed before any call of a drill leave nothing once the next one is through", async () => {
    await fill();
    const id = randomUUID();
    await ground.provider.take(ground.of, id, never);
    for (let at = 1; ; at += 1) {
      await ground.forgetAutomated();
      const lived = await callDyingAt("drill", id, at);
      await ground.forgetAutomated();
      await ground.provider.drill(ground.of, id, never);
      assert.deepEqual(await ground.clusters(), [`production-${ground.tenant}-1`]);
      if (lived) return assert.ok(at > 10, `${at - 1} calls`);
    }
  });

  it("killed before any call of pruning are pruned when asked again", async () => {
    await fill();
    for (let at = 1; ; at += 1) {
      const id = randomUUID();
      await ground.provider.take(ground.of, id, never);
      const lived = await callDyingAt("prune", id, at);
      await ground.provider.prune(ground.of, id);
      assert.equal((await ground.snapshots()).filter((name) => name.endsWith(id)).length, 0);
      await assert.rejects(ground.provider.verify(ground.of, id), { code: "backup_missing" });
      if (lived) return assert.ok(at > 3, `${at - 1} calls`);
    }
  });
});
