import assert from "node:assert/strict";
import { CreateKeyCommand, KMSClient, ScheduleKeyDeletionCommand } from "@aws-sdk/client-kms";
import {
  AddTagsToResourceCommand,
  CreateDBClusterCommand,
  CreateDBClusterSnapshotCommand,
  DeleteDBClusterCommand,
  RDSClient,
} from "@aws-sdk/client-rds";
import { ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { CreateBucketCommand, DeleteBucketCommand, PutBucketTaggingCommand, S3Client } from "@aws-sdk/client-s3";
import { tenantKeys } from "../../automation/aws/keys/tenantKeys.ts";
import { onAws } from "../../automation/aws/leftovers/onAws.ts";
import { sortOf } from "../../automation/aws/leftovers/sort.ts";
import { startMoto, type Moto } from "../support/moto.ts";

const day = 86_400_000;

describe("what a tenant has left on AWS", function () {
  this.timeout(60_000);
  let moto: Moto;
  let rds: RDSClient;
  let s3: S3Client;
  let kms: KMSClient;
  let tagging: ResourceGroupsTaggingAPIClient;
  before(async () => {
    moto = await startMoto();
    rds = new RDSClient(moto.client);
    s3 = new S3Client({ ...moto.client, forcePathStyle: true });
    kms = new KMSClient(moto.client);
    tagging = new ResourceGroupsTaggingAPIClient(moto.client);
  });
  after(() => moto.stop());

  const tagsOf = (environment: string, tenant: string) => [
    { Key: "teal:environment", Value: environment },
    { Key: "teal:tenant", Value: tenant },
  ];
  const bucket = async (name: string, environment: string, tenant: string) => {
    const LocationConstraint = "eu-central-1";
    await s3.send(new CreateBucketCommand({ Bucket: name, CreateBucketConfiguration: { LocationConstraint } }));
    const Tagging = { TagSet: tagsOf(environment, tenant) };
    await s3.send(new PutBucketTaggingCommand({ Bucket: name, Tagging }));
  };
  const cluster = async (id: string, tenant: string) => {
    const { DBCluster } = await rds.send(
      new CreateDBClusterCommand({
        DBClusterIdentifier: id,
        Engine: "aurora-postgresql",
        MasterUsername: "teal",
        MasterUserPassword: "teal-teal-teal",
        Tags: tagsOf("production", tenant),
      }),
    );
    return DBCluster!.DBClusterArn!;
  };
  const key = async (tenant: string) => {
    const Tags = tagsOf("production", tenant).map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value }));
    return (await kms.send(new CreateKeyCommand({ Tags }))).KeyMetadata!.Arn!;
  };
  const look = (id: string) => onAws({ tagging, kms }).look({ environment: "production", id });

  it("is nothing where nothing is tagged as its own, whatever others have", async () => {
    await bucket("of-another", "production", "acme-two");
    await bucket("of-another-environment", "develop", "acme");
    assert.deepEqual(await look("acme"), { left: [], kept: [] });
  });

  it("is what costs money, until it is gone", async () => {
    const arn = await cluster("acme", "acme");
    await bucket("of-acme", "production", "acme");
    assert.deepEqual((await look("acme")).left, [arn, "arn:aws:s3:::of-acme"].sort());
    await s3.send(new DeleteBucketCommand({ Bucket: "of-acme" }));
    await rds.send(new DeleteDBClusterCommand({ DBClusterIdentifier: "acme", SkipFinalSnapshot: true }));
    assert.deepEqual((await look("acme")).left, []);
  });

  it("is all of it, page by page", async () => {
    for (let i = 0; i < 130; i++) await bucket(`many-${i}`, "production", "many");
    assert.equal((await look("many")).left.length, 130);
  });

  it("is not what is kept for a while on purpose: backups, and the keys that they can't be read without", async () => {
    await cluster("keeps", "nobody");
    const taken = await rds.send(
      new CreateDBClusterSnapshotCommand({
        DBClusterIdentifier: "keeps",
        DBClusterSnapshotIdentifier: "keeps-last",
        Tags: tagsOf("production", "keeps"),
      }),
    );
    const snapshot = taken.DBClusterSnapshot!.DBClusterSnapshotArn!;
    await rds.send(new AddTagsToResourceCommand({ ResourceName: snapshot, Tags: tagsOf("production", "keeps") }));
    const [live, ending] = [await key("keeps"), await key("keeps")];
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId: ending.split("/")[1]!, PendingWindowInDays: 30 }));
    const { left, kept } = await look("keeps");
    assert.deepEqual(left, []);
    assert.deepEqual(kept.map(({ id }) => id).sort(), [live, ending, snapshot].sort());
    const until = new Map(kept.map((one) => [one.id, one.until]));
    assert.deepEqual([until.get(live), until.get(snapshot)], [null, null]);
    assert.ok(Date.parse(until.get(ending)!) > Date.now() + 29 * day);
  });

  it("has its keys deleted in the end: only they, and once", async () => {
    const [mine, other] = [await key("ends"), await key("stays")];
    const kept = [
      { what: "KMS key", id: mine, until: null },
      { what: "backup", id: "arn:aws:rds:eu-central-1:123456789012:cluster-snapshot:x", until: null },
      { what: "KMS key", id: `${mine.slice(0, -36)}00000000-0000-4000-8000-000000000000`, until: null },
    ];
    const first = await tenantKeys(kms).scheduleDeletion(kept);
    assert.deepEqual(
      first.map(({ id }) => id),
      [mine],
    );
    const days = (Date.parse(first[0]!.until!) - Date.now()) / day;
    assert.ok(days > 6.9 && days < 7.1, `${days} days`);
    assert.deepEqual(await tenantKeys(kms).scheduleDeletion(kept), first);
    assert.equal((await look("stays")).kept.find(({ id }) => id === other)?.until, null);
  });

  it("is sorted by its ARN", () => {
    const prefix = "eu-central-1:123456789012";
    const sorts = Object.entries({
      [`arn:aws:kms:${prefix}:key/1`]: "key",
      [`arn:aws:kms:${prefix}:alias/1`]: "left",
      [`arn:aws:rds:${prefix}:cluster-snapshot:rds:acme`]: "backup",
      [`arn:aws:rds:${prefix}:cluster:snapshot`]: "left",
      [`arn:aws:backup:${prefix}:recovery-point:1`]: "backup",
      "arn:aws:s3:::snapshot": "left",
      [`arn:aws:elasticloadbalancing:${prefix}:targetgroup/t/1`]: "left",
      "": "left",
    });
    for (const [arn, sort] of sorts) assert.equal(sortOf(arn), sort, arn);
  });
});
