import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, PutBucketVersioningCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { dataBackups } from "../../start/dataBackups.ts";
import { bucketNameOf } from "../../tenant/plan/data/names.ts";
import { dataSpecOf, platformOf } from "../../test/tenant/data/specs.ts";
import { startMoto, type Moto } from "../support/moto.ts";
import { never } from "./ground.ts";

describe("backups as a start sets them up", function () {
  this.timeout(120_000);
  const before = { ...process.env };
  let moto: Moto;
  let directory: string;
  beforeEach(async () => {
    moto = await startMoto();
    directory = await mkdtemp(join(tmpdir(), "teal-backups-start-"));
    process.env["AWS_ENDPOINT_URL"] = moto.client.endpoint;
    process.env["AWS_REGION"] = "eu-central-1";
    process.env["AWS_ACCESS_KEY_ID"] = process.env["AWS_SECRET_ACCESS_KEY"] = "testing";
  });
  afterEach(async () => {
    process.env = before;
    await rm(directory, { recursive: true });
    await moto.stop();
  });

  it("are none without a bucket for them", () => {
    assert.equal(dataBackups({ TEAL_PLATFORM: "organization/platform/production" }, { last: async () => null }), null);
  });

  // The account is the stand-in's own, which it tells those who ask whose their credentials are.
  for (const [how, platform] of [
    ["a stack's name", "organization/platform/production"],
    ["a file", "platform.json"],
  ] as const)
    it(`find a tenant's bucket by the SDK's own settings, its platform given by ${how}`, async () => {
      const file = join(directory, platform);
      if (platform.endsWith(".json")) await writeFile(file, JSON.stringify(platformOf()));
      const bucket = bucketNameOf(
        { environment: "production", id: "acme" },
        { account: "123456789012", region: "eu-central-1" },
      );
      const s3 = new S3Client();
      const CreateBucketConfiguration = { LocationConstraint: "eu-central-1" } as const;
      for (const Bucket of [bucket, "teal-backups"])
        await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
      await s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: "Enabled" } }));
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: "a", Body: "one" }));
      const spec = dataSpecOf({ database: { kind: "none" } });
      const provider = dataBackups(
        { TEAL_PLATFORM: platform.endsWith(".json") ? file : platform, TEAL_BACKUP_BUCKET: "teal-backups" },
        { last: async () => ({ spec, settled: true }) },
      )!;
      const of = { environment: "production", tenant: "acme", namespace: "production-acme", claim: "data" };
      const id = randomUUID();
      const taken = await provider.take(of, id, never);
      assert.deepEqual([taken.files, taken.location], [1, `s3://teal-backups/production/acme/${id}.json`]);
      assert.deepEqual(await provider.verify(of, id), taken);
      s3.destroy();
    });
});
