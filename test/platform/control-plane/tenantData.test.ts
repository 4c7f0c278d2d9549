import assert from "node:assert/strict";
import { snapshotOf } from "../../../automation/aws/backups/snapshots.ts";
import { isAllowed, type Document } from "../../iam/evaluate.ts";
import { runDataProgram } from "../../tenant/data/program.ts";
import { dataSpecOf } from "../../tenant/data/specs.ts";
import { exampleConfig, runExample, runPlatform } from "../program.ts";

const at = "eu-central-1:123456789012";
const ours = { "aws:ResourceTag/teal:stack": "tenant-data", "aws:RequestTag/teal:stack": "tenant-data" };

/** What is the platform's has its own tag. */
const platforms = { "aws:ResourceTag/teal:stack": "platform", "aws:RequestTag/teal:stack": "platform" };

/** As Teal names that of a backup. */
const snapshot = snapshotOf("7a0c2c1e-55a1-4d0e-8f59-3f0f5f6f0c55");
/** The platform's own, to be made a tenant's by a tag. */
const retagged = { ...platforms, "aws:RequestTag/teal:stack": "tenant-data" };

const copyKey = "arn:aws:kms:eu-west-1:123456789012:key/7a0c2c1e-55a1-4d0e-8f59-3f0f5f6f0c55";
const there = "eu-west-1:123456789012";
const byRds = { "kms:ViaService": "rds.eu-west-1.amazonaws.com" };
const throughS3 = { "kms:ViaService": "s3.eu-central-1.amazonaws.com" };
const throughRds = { "kms:ViaService": "rds.eu-central-1.amazonaws.com" };
const foreignKey = `arn:aws:kms:${at}:key/00000000-0000-4000-8000-000000000001`;
const adopted = { clusters: ["shop-database"], buckets: ["shop-files"], keys: [foreignKey] };

type Attempt = [action: string, resource: string, context?: Record<string, string>];
const may: Attempt[] = [
  ["kms:CreateKey", "*", ours],
  ["kms:DescribeKey", `arn:aws:kms:${at}:key/1`, ours],
  ["kms:ScheduleKeyDeletion", `arn:aws:kms:${at}:key/1`, ours],
  ["tag:GetResources", "*"],
  ["kms:PutKeyPolicy", `arn:aws:kms:${at}:key/1`, ours],
  ["kms:CreateAlias", `arn:aws:kms:${at}:alias/teal/production/acme`],
  ["s3:CreateBucket", "arn:aws:s3:::production-acme-c06ac7"],
  ["s3:PutBucketPolicy", "arn:aws:s3:::production-acme-c06ac7"],
  ["ssm:PutParameter", `arn:aws:ssm:${at}:parameter/teal/production/acme/API_KEY`],
  ["rds:CreateDBCluster", `arn:aws:rds:${at}:cluster:production-acme-1`],
  ["rds:RestoreDBClusterFromSnapshot", `arn:aws:rds:${at}:cluster-snapshot:production-acme-1-last`],
  ["rds:RestoreDBClusterToPointInTime", `arn:aws:rds:${at}:cluster:production-acme-1`, ours],
  ["rds:RestoreDBClusterToPointInTime", `arn:aws:rds:${at}:cluster:production-acme-2`],
  ["rds:DescribeDBClusters", `arn:aws:rds:${at}:cluster:production-acme-1`, ours],
  ["rds:DeleteDBCluster", `arn:aws:rds:${at}:cluster:production-acme-1`, ours],
  ["rds:CreateDBClusterSnapshot", `arn:aws:rds:${at}:cluster-snapshot:production-acme-1-last`],
  ["rds:ModifyDBCluster", `arn:aws:rds:${at}:cluster:production-acme-1`, ours],
  ["ec2:AuthorizeSecurityGroupIngress", `arn:aws:ec2:${at}:security-group/sg-1`, ours],
  ["logs:CreateLogGroup", `arn:aws:logs:${at}:log-group:/aws/rds/cluster/production-acme-1/postgresql`],
  ["iam:CreateRole", "arn:aws:iam::123456789012:role/teal/tenants/production-acme-c06ac7"],
  [
    "iam:PassRole",
    "arn:aws:iam::123456789012:role/teal/tenants/a",
    { "iam:PassedToService": "pods.eks.amazonaws.com" },
  ],
  ["eks:CreatePodIdentityAssociation", `arn:aws:eks:${at}:cluster/teal-production`],
  ["s3:GetObjectVersion", "arn:aws:s3:::production-acme-c06ac7/report.pdf"],
  ["s3:ListBucketVersions", "arn:aws:s3:::production-acme-c06ac7"],
  ["s3:DeleteObjectVersion", "arn:aws:s3:::production-acme-c06ac7/report.pdf"],
  ["rds:CreateDBClusterSnapshot", `arn:aws:rds:${at}:cluster:production-acme-1`, ours],
  ["rds:CreateDBClusterSnapshot", `arn:aws:rds:${at}:cluster-snapshot:${snapshot}`],
  ["rds:DeleteDBClusterSnapshot", `arn:aws:rds:${at}:cluster-snapshot:${snapshot}`],
  ["rds:RestoreDBClusterFromSnapshot", `arn:aws:rds:${at}:cluster-snapshot:${snapshot}`],
  ["rds:RestoreDBClusterFromSnapshot", `arn:aws:rds:${at}:cluster:production-acme-drill`],
  ["rds:DeleteDBCluster", `arn:aws:rds:${at}:cluster:production-acme-drill`, { "aws:ResourceTag/teal:drill": "true" }],
  ["rds:DescribeAccountAttributes", "*"],
  ["rds:DescribeDBClusterSnapshots", `arn:aws:rds:${there}:cluster-snapshot:${snapshot}`],
  ["rds:CopyDBClusterSnapshot", `arn:aws:rds:${at}:cluster-snapshot:${snapshot}`],
  ["rds:CopyDBClusterSnapshot", `arn:aws:rds:${there}:cluster-snapshot:${snapshot}`],
  ["rds:AddTagsToResource", `arn:aws:rds:${there}:cluster-snapshot:${snapshot}`],
  ["rds:DeleteDBClusterSnapshot", `arn:aws:rds:${there}:cluster-snapshot:${snapshot}`],
  ["kms:CreateGrant", copyKey, byRds],
  ["kms:DescribeKey", copyKey, byRds],
];
/** Of what isn't Teal's making: what its backups need of just what the config names. */
const mayAdopted: Attempt[] = [
  ["rds:CreateDBClusterSnapshot", `arn:aws:rds:${at}:cluster:shop-database`],
  ...["ListBucket", "ListBucketVersions", "GetBucketVersioning", "GetEncryptionConfiguration", "GetBucketTagging"].map(
    (name): Attempt => [`s3:${name}`, "arn:aws:s3:::shop-files"],
  ),
  ...["GetObject", "GetObjectVersion", "PutObject", "DeleteObject"].map((name): Attempt => [
    `s3:${name}`,
    "arn:aws:s3:::shop-files/report.pdf",
  ]),
  ["kms:DescribeKey", foreignKey],
  ["kms:Decrypt", foreignKey, throughS3],
  ["kms:GenerateDataKey", foreignKey, throughS3],
  ["kms:CreateGrant", foreignKey, { ...throughRds, "kms:GrantIsForAWSResource": "true" }],
];
const neverAdopted: Attempt[] = [
  ...["DeleteDBCluster", "ModifyDBCluster", "AddTagsToResource"].map((name): Attempt => [
    `rds:${name}`,
    `arn:aws:rds:${at}:cluster:shop-database`,
  ]),
  ["rds:CreateDBClusterSnapshot", `arn:aws:rds:${at}:cluster:shop-database-2`],
  ...[
    "DeleteBucket",
    "PutBucketPolicy",
    "PutBucketVersioning",
    "PutLifecycleConfiguration",
    "PutEncryptionConfiguration",
  ].map((name): Attempt => [`s3:${name}`, "arn:aws:s3:::shop-files"]),
  ["s3:DeleteObjectVersion", "arn:aws:s3:::shop-files/report.pdf"],
  ["s3:GetObject", "arn:aws:s3:::shop-files-2/report.pdf"],
  ["kms:Decrypt", foreignKey],
  ["kms:CreateGrant", foreignKey, throughRds],
  ["kms:CreateGrant", foreignKey, { ...throughS3, "kms:GrantIsForAWSResource": "true" }],
  ["kms:ScheduleKeyDeletion", foreignKey],
  ["kms:PutKeyPolicy", foreignKey],
  ["kms:Decrypt", foreignKey.replace(/1$/, "2"), throughS3],
];
const mayNot: Attempt[] = [
  ["rds:CreateDBClusterSnapshot", `arn:aws:rds:${at}:cluster:database`, platforms],
  ["rds:CreateDBClusterSnapshot", `arn:aws:rds:${at}:cluster-snapshot:others-last`],
  ["rds:RestoreDBClusterToPointInTime", `arn:aws:rds:${at}:cluster:database`, platforms],
  ["rds:DeleteDBClusterSnapshot", `arn:aws:rds:${there}:cluster-snapshot:teal-production-last`],
  ["rds:RestoreDBClusterFromSnapshot", `arn:aws:rds:${there}:cluster-snapshot:${snapshot}`],
  ["rds:CopyDBClusterSnapshot", `arn:aws:rds:us-east-1:123456789012:cluster-snapshot:${snapshot}`],
  ["kms:Decrypt", copyKey],
  ["kms:ScheduleKeyDeletion", copyKey, byRds],
  ["kms:CreateGrant", copyKey.replace("7a0c", "0000"), byRds],
  ["kms:CreateKey", "*", platforms],
  ["kms:ScheduleKeyDeletion", `arn:aws:kms:${at}:key/data`, platforms],
  ["kms:ScheduleKeyDeletion", `arn:aws:kms:${at}:key/others`],
  ["kms:TagResource", `arn:aws:kms:${at}:key/data`, retagged],
  ["rds:AddTagsToResource", `arn:aws:rds:${at}:db:database-0`, retagged],
  ["kms:CreateAlias", `arn:aws:kms:${at}:alias/teal-production-data`],
  ["s3:DeleteBucket", "arn:aws:s3:::teal-production-state-1"],
  ["s3:CreateBucket", "arn:aws:s3:::staging-acme-c06ac7"],
  ["s3:GetObject", "arn:aws:s3:::staging-acme-c06ac7/report.pdf"],
  ["s3:DeleteObjectVersion", "arn:aws:s3:::teal-production-backups-1/production/acme/b.json"],
  ["rds:DeleteDBClusterSnapshot", `arn:aws:rds:${at}:cluster-snapshot:teal-production-last`],
  ["rds:DeleteDBCluster", `arn:aws:rds:${at}:cluster:production-acme-1`],
  ["ssm:GetParameter", `arn:aws:ssm:${at}:parameter/other/secret`],
  ["rds:DeleteDBCluster", `arn:aws:rds:${at}:cluster:teal-production`, platforms],
  ["rds:ModifyDBInstance", `arn:aws:rds:${at}:db:database-0`, platforms],
  ["ec2:AuthorizeSecurityGroupIngress", `arn:aws:ec2:${at}:security-group/sg-nodes`, platforms],
  ["iam:PutRolePolicy", "arn:aws:iam::123456789012:role/platform-admins"],
  ["iam:AttachRolePolicy", "arn:aws:iam::123456789012:role/teal/tenants/a"],
  ["iam:PassRole", "arn:aws:iam::123456789012:role/teal/tenants/a", { "iam:PassedToService": "lambda.amazonaws.com" }],
  ["sts:AssumeRole", "arn:aws:iam::123456789012:role/teal/tenants/a"],
];

describe("platform/control-plane/tenantData", function () {
  this.timeout(60_000);
  const besideOf = (all: Awaited<ReturnType<typeof runPlatform>>["made"]) =>
    all
      .filter(({ type }) => type === "aws:iam/policy:Policy")
      .map(({ inputs }) => JSON.parse(String(inputs["policy"])) as Document);
  const policyOf = (made: Awaited<ReturnType<typeof runPlatform>>["made"]) => {
    const policy = made.find(({ type, name }) => type === "aws:iam/rolePolicy:RolePolicy" && name === "teal")!;
    return JSON.parse(String(policy.inputs["policy"])) as Document;
  };
  let made: Awaited<ReturnType<typeof runPlatform>>["made"];
  before(async () => {
    const config = exampleConfig("production");
    const controlPlane = {
      ...(config["platform:controlPlane"] as object),
      tenantData: { platform: "/etc/teal/platform.json", copyKey },
    };
    ({ made } = await runPlatform({ ...config, "platform:controlPlane": controlPlane }));
  });
  const allowed = ([action, resource, context = {}]: Attempt) =>
    isAllowed(
      { identity: [policyOf(made), ...besideOf(made)] },
      { action, resource, principal: "arn:aws:iam::123456789012:role/teal", context },
    );

  for (const attempt of may) it(`Teal may ${attempt[0]} on ${attempt[1]}`, () => assert.equal(allowed(attempt), true));
  for (const attempt of mayNot)
    it(`Teal may not ${attempt[0]} on ${attempt[1]}`, () => assert.equal(allowed(attempt), false));

  describe("what is named to be adopted", () => {
    let named: typeof made;
    before(async () => {
      const config = exampleConfig("production");
      const controlPlane = {
        ...(config["platform:controlPlane"] as object),
        tenantData: { platform: "/etc/teal/platform.json", adopted },
      };
      named = (await runPlatform({ ...config, "platform:controlPlane": controlPlane })).made;
    });
    const allowedOf = (resources: typeof made, [action, resource, context = {}]: Attempt) =>
      isAllowed(
        { identity: [policyOf(resources), ...besideOf(resources)] },
        { action, resource, principal: "arn:aws:iam::123456789012:role/teal", context },
      );
    for (const attempt of mayAdopted)
      it(`Teal may ${attempt[0]} on ${attempt[1]}, and where it isn't named may not`, () =>
        assert.deepEqual([allowedOf(named, attempt), allowedOf(made, attempt)], [true, false]));
    for (const attempt of neverAdopted)
      it(`Teal may not ${attempt[0]} on ${attempt[1]}`, () => assert.equal(allowedOf(named, attempt), false));

    it("has room in policies of its own, however long the names are", async () => {
      const names = (length: number) =>
        Array.from({ length: 20 }, (_, index) => `${String.fromCharCode(97 + index)}${"x".repeat(length - 1)}`);
      const keys = names(36).map((id) => `arn:aws:kms:${at}:key/${id}`);
      const { made: full } = await (async () => {
        const config = exampleConfig("production");
        const tenantData = {
          platform: "/etc/teal/platform.json",
          adopted: { clusters: names(63), buckets: names(63), keys },
        };
        const controlPlane = { ...(config["platform:controlPlane"] as object), tenantData };
        return runPlatform({ ...config, "platform:controlPlane": controlPlane });
      })();
      for (const beside of besideOf(full)) assert.ok(JSON.stringify(beside).length <= 6144);
    });
  });

  it("the names that it may make are those that the program gives", async () => {
    const { made: held } = await runDataProgram(dataSpecOf());
    const name = (key: string, input: string) => String(held.get(key)!.inputs[input]);
    const cluster = name("aws:rds/cluster:Cluster::database-1", "clusterIdentifier");
    assert.ok(allowed(["rds:CreateDBCluster", `arn:aws:rds:${at}:cluster:${cluster}`]));
    assert.ok(allowed(["s3:CreateBucket", `arn:aws:s3:::${name("aws:s3/bucket:Bucket::bucket", "bucket")}`]));
    assert.ok(allowed(["kms:CreateAlias", `arn:aws:kms:${at}:${name("aws:kms/alias:Alias::key", "name")}`]));
    const parameter = name("aws:ssm/parameter:Parameter::API_KEY", "name");
    assert.ok(allowed(["ssm:PutParameter", `arn:aws:ssm:${at}:parameter${parameter}`]));
    const role = held.get("aws:iam/role:Role::role")!.inputs;
    const arn = `arn:aws:iam::123456789012:role${String(role["path"])}${String(role["name"])}`;
    assert.ok(allowed(["iam:CreateRole", arn]));
  });

  it("has room in a role: AWS takes 10,240 characters of policies within one, and 6,144 in each beside it", () => {
    for (const beside of besideOf(made)) assert.ok(JSON.stringify(beside).length < 5_000);
    assert.ok(JSON.stringify(policyOf(made)).length < 9_000);
  });

  it("Teal is told, and where the config doesn't ask for it has no such right", async () => {
    const workers = made.find(({ type, name }) => type.endsWith(":Deployment") && name === "teal-worker")!;
    assert.match(JSON.stringify(workers.inputs), /"TEAL_PLATFORM","value":"\/etc\/teal\/platform.json"/);
    const kinds = made.filter(({ name }) => name === "backups").map(({ type }) => type.split(":").at(-1));
    assert.ok(["Bucket", "BucketVersioning", "BucketPublicAccessBlock"].every((kind) => kinds.includes(kind)));
    assert.match(JSON.stringify(workers.inputs), /"TEAL_BACKUP_BUCKET","value":"[^"]+"/);
    assert.ok(JSON.stringify(workers.inputs).includes(`"TEAL_BACKUP_COPY_KEY","value":"${copyKey}"`));
    const without = (await runExample("production")).made;
    assert.deepEqual(
      made.filter(({ type, name }) => type.endsWith(":RolePolicyAttachment") && name === "teal-backups").length,
      1,
    );
    assert.ok(!without.some(({ type, name }) => type === "aws:s3/bucket:Bucket" && name === "backups"));
    const plain = policyOf(without);
    const asked = {
      action: "kms:CreateKey",
      resource: "*",
      principal: "arn:aws:iam::123456789012:role/teal",
      context: ours,
    };
    assert.equal(isAllowed({ identity: [plain] }, asked), false);
  });
});
