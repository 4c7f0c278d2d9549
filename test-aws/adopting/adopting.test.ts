import assert from "node:assert/strict";
import { CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import {
  AddTagsToResourceCommand,
  CreateDBClusterCommand,
  DescribeDBClustersCommand,
  RDSClient,
} from "@aws-sdk/client-rds";
import {
  CreateBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { dataOnAws } from "../../automation/aws/adopting/dataThere.ts";
import type { Outside } from "../../automation/probes/outside.ts";
import type { AdoptionPreview } from "../../model/adopting.ts";
import { openHarness, provisioned, type Harness } from "../../test/automation/harness.ts";
import { startServer, type Server } from "../../test/server/support/harness.ts";
import { startMoto, type Moto } from "../support/moto.ts";
import { startProxy, type Proxy } from "../support/proxy.ts";

const outside: Outside = {
  namespace: "shop",
  teals: false,
  whole: ["shop.example.com"],
  workloads: [],
  routes: [],
  claims: [],
  elsewhere: [],
  adoptable: true,
};
const adopt = "/v1/environments/production/tenants/shop/adopt";
const whole = { database: { cluster: "shop-database", name: "shop" }, bucket: "shop-files" };
const body = (from: object = whole) => ({
  name: "Shop",
  release: "1.0.0",
  from: { namespace: "shop", ...from },
  reason: "to be managed by Teal",
});
const LocationConstraint = "eu-central-1" as const;

/** Over HTTP, with AWS as it answers the SDK, and Kubernetes and Pulumi left out. */
describe("adopting what a customer has on AWS", function () {
  this.timeout(120_000);
  let moto: Moto;
  let proxy: Proxy;
  let harness: Harness;
  let server: Server;
  let clients: { rds: RDSClient; s3: S3Client; kms: KMSClient };
  beforeEach(async () => {
    moto = await startMoto();
    proxy = await startProxy(moto.client.endpoint);
    const config = { ...moto.client, endpoint: proxy.endpoint, maxAttempts: 3 };
    clients = {
      rds: new RDSClient(config),
      s3: new S3Client({ ...config, forcePathStyle: true }),
      kms: new KMSClient(config),
    };
    const found = { outside: async () => outside, last: async () => null };
    harness = await openHarness({ holdsData: true, dataThere: dataOnAws(clients), found: found as never });
    await provisioned(harness);
    server = await startServer({
      automation: harness.automation,
      environments: ["production"],
      target: "aws",
    } as never);
  });
  afterEach(async () => {
    await server.close();
    await harness.close();
    for (const client of Object.values(clients)) client.destroy();
    await proxy.close();
    await moto.stop();
  });

  const cluster = async (more: Partial<ConstructorParameters<typeof CreateDBClusterCommand>[0]> = {}) => {
    const { DBCluster } = await clients.rds.send(
      new CreateDBClusterCommand({
        DBClusterIdentifier: "shop-database",
        Engine: "aurora-postgresql",
        EngineVersion: "16.4",
        MasterUsername: "postgres",
        MasterUserPassword: "correct horse",
        StorageEncrypted: true,
        ...more,
      }),
    );
    return DBCluster!;
  };
  const bucket = async ({ Status = "Enabled" }: { Status?: "Enabled" | "Suspended" } = {}) => {
    const Bucket = "shop-files";
    await clients.s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint } }));
    await clients.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
    return Bucket;
  };
  const preview = async (from?: object) => {
    const { status, body: answer } = await server.call("POST", `${adopt}/preview`, { json: body(from) });
    return { status, answer: answer as unknown as AdoptionPreview & { code: string; detail: string } };
  };
  const refused = async (from?: object) => {
    const { status, answer } = await preview(from);
    return [status, answer.code, answer.detail] as const;
  };
  /** The clock goes on, and nothing else. */
  const state = async () => {
    const { DBClusters = [] } = await clients.rds.send(new DescribeDBClustersCommand({}));
    return DBClusters.map(({ LatestRestorableTime: _, ...rest }) => rest);
  };

  it("shows cluster and bucket as they are, what to do, and changes nothing; adopting writes down what was found", async () => {
    await cluster();
    await bucket();
    const before = await state();
    const { status, answer } = await preview();
    assert.equal(status, 200);
    const { database, bucket: files } = answer.data!;
    assert.deepEqual([database!.version, database!.user, database!.iam], ["16.4", "t_production_shop", false]);
    assert.deepEqual(files, { name: "shop-files", key: null, closed: false });
    assert.match(answer.notes.join("\n"), /IAM authentication is off there[^]*Public access/);
    assert.deepEqual([answer.updates, answer.replaces, answer.deletes], [0, 0, 0]);
    assert.equal((await server.call("POST", adopt, { json: body() })).status, 202);
    const row = await harness.ledger.read((db) =>
      db.selectFrom("tenants").select("adopted_data").where("id", "=", "shop").executeTakeFirstOrThrow(),
    );
    assert.deepEqual(row.adopted_data, {
      database: {
        cluster: "shop-database",
        name: "shop",
        user: "t_production_shop",
        admin: "postgres",
        version: "16.4",
      },
      bucket: { name: "shop-files", key: null },
    });
    const shown = await server.call("GET", "/v1/environments/production/tenants/shop");
    assert.deepEqual(shown.body!["adoptedData"], {
      database: { cluster: "shop-database", name: "shop", user: "t_production_shop" },
      bucket: "shop-files",
    });
    assert.deepEqual(await state(), before);
  });

  it("sees IAM authentication, the keys, and that nothing is public", async () => {
    const key = (await clients.kms.send(new CreateKeyCommand({}))).KeyMetadata!;
    await cluster({ EnableIAMDatabaseAuthentication: true, KmsKeyId: key.Arn });
    const Bucket = await bucket();
    const closed = {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    };
    await clients.s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: closed }));
    for (const KMSMasterKeyID of [key.KeyId!, key.Arn!]) {
      const encryption = { SSEAlgorithm: "aws:kms" as const, KMSMasterKeyID };
      const Rules = [{ ApplyServerSideEncryptionByDefault: encryption }];
      await clients.s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }));
      const { answer } = await preview();
      assert.deepEqual(answer.data!.bucket, { name: "shop-files", key: key.Arn, closed: true });
      assert.deepEqual([answer.data!.database!.iam, answer.data!.database!.key], [true, key.Arn]);
    }
  });

  it("says what isn't there", async () => {
    const [status, code, detail] = await refused();
    assert.deepEqual([status, code], [409, "adopted_data_unfit"]);
    assert.match(detail, /cluster shop-database: there is none[^;]*; bucket shop-files: there is none/);
    assert.equal((await server.call("POST", adopt, { json: body() })).status, 409);
  });

  it("refuses a bucket without versions, of which nothing could be backed up", async () => {
    await bucket({ Status: "Suspended" });
    const [status, code, detail] = await refused({ bucket: "shop-files" });
    assert.deepEqual([status, code], [409, "adopted_data_unfit"]);
    assert.match(detail, /turn versioning on/);
  });

  it("refuses a bucket of another region, and says of which", async () => {
    const there = new S3Client({ ...moto.client, region: "us-west-2", forcePathStyle: true });
    const CreateBucketConfiguration = { LocationConstraint: "us-west-2" as const };
    await there.send(new CreateBucketCommand({ Bucket: "shop-files", CreateBucketConfiguration }));
    there.destroy();
    assert.match((await refused({ bucket: "shop-files" }))[2], /it is in us-west-2/);
  });

  it("refuses another engine, and what is another tenant's, by its tags", async () => {
    await cluster({ Engine: "aurora-mysql", EngineVersion: "8.0.mysql_aurora.3.05.2" });
    assert.match(
      (await refused({ database: whole.database }))[2],
      /expected engine aurora-postgresql, got aurora-mysql/,
    );
    const { DBClusterArn: ResourceName } = await cluster({ DBClusterIdentifier: "other-database" });
    const Tags = [{ Key: "teal:tenant", Value: "other" }];
    await clients.rds.send(new AddTagsToResourceCommand({ ResourceName, Tags }));
    const Bucket = await bucket();
    const Tagging = { TagSet: [{ Key: "teal:environment", Value: "production" }] };
    await clients.s3.send(new PutBucketTaggingCommand({ Bucket, Tagging }));
    const [, code, detail] = await refused({ ...whole, database: { ...whole.database, cluster: "other-database" } });
    assert.equal(code, "adopted_data_unfit");
    assert.match(detail, /teal:tenant=other[^]*teal:environment=production/);
  });

  it("goes on where AWS throttles for a moment, and says so where it does for longer", async () => {
    await cluster();
    await bucket();
    const throttling = { status: 400, code: "Throttling", as: "xml" } as const;
    proxy.refuse(2, throttling);
    assert.equal((await preview()).status, 200);
    assert.equal(proxy.refused, 2);
    proxy.refuse(99, throttling);
    const [status, code, detail] = await refused();
    assert.deepEqual([status, code], [503, "adopted_data_unreadable"]);
    assert.match(detail, /asked about cluster shop-database, answered Throttling.*Try again/);
    proxy.refuse(0, throttling);
  });

  it("says what to allow where AWS doesn't let Teal look", async () => {
    await cluster();
    await bucket();
    const denied = { status: 403, code: "AccessDenied", as: "xml" } as const;
    for (const which of ["versioning", "shop-files"]) {
      proxy.refuse(99, denied, (target) => target.includes(which));
      const [status, code, detail] = await refused();
      assert.deepEqual([status, code], [503, "adopted_data_unreadable"], which);
      assert.match(detail, /asked about bucket shop-files[^]*controlPlane\.tenantData\.adopted/);
    }
    proxy.refuse(0, denied);
  });
});
