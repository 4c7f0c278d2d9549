import assert from "node:assert/strict";
import type { DataSpec } from "../../../tenant/data/spec.ts";
import { dataTags } from "../../../tenant/plan/data/names.ts";
import { runDataProgram, type Made } from "./program.ts";
import { dataSpecOf, fargate, platformOf, sharedDatabase } from "./specs.ts";

// Inputs are JSON, looked into as deep as each rule needs.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Inputs = any;

/** A rule over all that a stack makes, and a resource that is spoilt so that it is broken. */
interface Rule {
  name: string;
  violations(made: Made[]): string[];
  broken: { of: string; by: (inputs: Inputs, made: Made) => void };
}

const key = "arn:aws:kms:eu-central-1:123456789012:key/production.acme";
const wrong = (made: Made[], type: string, right: (inputs: Inputs, one: Made) => boolean): string[] =>
  made.filter((one) => one.type === type && !right(one.inputs, one)).map(({ name }) => `${type}::${name}`);
const beside = (made: Made[], type: string, right: (inputs: Inputs) => boolean): string[] =>
  wrong(made, "aws:s3/bucket:Bucket", (_, { name }) =>
    made.some((one) => one.type === type && one.name === name && right(one.inputs)),
  );

const rules: Rule[] = [
  {
    name: "all that holds data is encrypted with the tenant's key",
    violations: (made) => [
      ...wrong(made, "aws:rds/cluster:Cluster", (i) => i.storageEncrypted === true && i.kmsKeyId === key),
      ...wrong(made, "aws:rds/clusterInstance:ClusterInstance", (i) => i.performanceInsightsKmsKeyId === key),
      ...wrong(made, "aws:ssm/parameter:Parameter", (i) => i.type === "SecureString" && i.keyId === key),
      ...beside(
        made,
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        (i) => i.rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId === key,
      ),
      ...wrong(made, "aws:kms/key:Key", (i) => i.enableKeyRotation === true && i.deletionWindowInDays === 30),
    ],
    broken: { of: "aws:rds/cluster:Cluster::database-1", by: (i) => delete i.kmsKeyId },
  },
  {
    name: "nothing is public, and the database is reached from the nodes alone",
    violations: (made) => [
      ...wrong(made, "aws:rds/clusterInstance:ClusterInstance", (i) => i.publiclyAccessible === false),
      ...wrong(made, "aws:rds/subnetGroup:SubnetGroup", (i) =>
        i.subnetIds.every((id: string) => platformOf().network.dataSubnets.includes(id)),
      ),
      ...wrong(
        made,
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        (i) =>
          i.referencedSecurityGroupId === "sg-nodes" &&
          i.cidrIpv4 === undefined &&
          i.fromPort === 5432 &&
          i.toPort === 5432,
      ),
      ...wrong(made, "aws:ec2/securityGroup:SecurityGroup", (i) => i.ingress === undefined && i.egress === undefined),
      ...beside(
        made,
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        (i) => i.blockPublicAcls && i.blockPublicPolicy && i.ignorePublicAcls && i.restrictPublicBuckets,
      ),
      ...beside(
        made,
        "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
        (i) => i.rule.objectOwnership === "BucketOwnerEnforced",
      ),
    ],
    broken: {
      of: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::database",
      by: (i) => (i.cidrIpv4 = "0.0.0.0/0"),
    },
  },
  {
    name: "what holds data, and its key, is protected and stays in AWS",
    violations: (made) =>
      [
        "aws:kms/key:Key",
        "aws:s3/bucket:Bucket",
        "aws:s3/bucketVersioning:BucketVersioning",
        "aws:rds/cluster:Cluster",
      ].flatMap((type) =>
        wrong(made, type, (i, { protect, retainOnDelete }) => {
          const cluster = type !== "aws:rds/cluster:Cluster" || (i.deletionProtection && !i.skipFinalSnapshot);
          return protect && retainOnDelete && cluster && i.forceDestroy !== true;
        }),
      ),
    broken: { of: "aws:s3/bucket:Bucket::bucket", by: (_, one) => (one.protect = false) },
  },
  {
    name: "data can be had back: backups, versions",
    violations: (made) => [
      ...wrong(made, "aws:rds/cluster:Cluster", (i) => i.backupRetentionPeriod >= 1 && i.copyTagsToSnapshot),
      ...beside(
        made,
        "aws:s3/bucketVersioning:BucketVersioning",
        (i) => i.versioningConfiguration.status === "Enabled",
      ),
    ],
    broken: {
      of: "aws:s3/bucketVersioning:BucketVersioning::bucket",
      by: (i) => (i.versioningConfiguration.status = "Suspended"),
    },
  },
  {
    name: "databases speak TLS, and know their users by IAM",
    violations: (made) => [
      ...wrong(made, "aws:rds/cluster:Cluster", (i) => i.iamDatabaseAuthenticationEnabled === true),
      ...wrong(made, "aws:rds/clusterParameterGroup:ClusterParameterGroup", (i) =>
        i.parameters.some((one: Inputs) => one.name === "rds.force_ssl" && one.value === "1"),
      ),
    ],
    broken: {
      of: "aws:rds/clusterParameterGroup:ClusterParameterGroup::database-aurora-postgresql17",
      by: (i) => (i.parameters = []),
    },
  },
  {
    name: "everything is tagged with its environment and tenant",
    violations: (made) =>
      wrong(made, "pulumi:providers:aws", (i) => {
        // A provider gets its inputs as JSON.
        const { tags } = JSON.parse(i.defaultTags) as { tags: Record<string, string> };
        const wanted = dataTags({ environment: "production", id: "acme" });
        return Object.entries(wanted).every(([name, value]) => tags[name] === value);
      }),
    broken: {
      of: "pulumi:providers:aws::aws",
      by: (i) => (i.defaultTags = i.defaultTags.replace("teal:tenant", "tenant")),
    },
  },
  {
    name: "the role may do nothing by wildcard, and nothing on everything",
    violations: (made) =>
      wrong(made, "aws:iam/rolePolicy:RolePolicy", (i) =>
        (JSON.parse(i.policy) as { Statement: Inputs[] }).Statement.every(
          ({ Action, Resource }) =>
            Action.every((one: string) => !one.includes("*")) && ![Resource].flat().some((one: string) => one === "*"),
        ),
      ),
    broken: {
      of: "aws:iam/rolePolicy:RolePolicy::role",
      by: (i) => (i.policy = i.policy.replace('"s3:GetObject"', '"s3:*"')),
    },
  },
  {
    name: "what is secret is so in state",
    violations: (made) => [
      ...wrong(made, "aws:ssm/parameter:Parameter", (_, { secret }) => secret.includes("value")),
      ...wrong(made, "aws:rds/cluster:Cluster", (_, { secret }) => secret.includes("masterPassword")),
    ],
    broken: { of: "aws:ssm/parameter:Parameter::API_KEY", by: (_, one) => (one.secret = []) },
  },
];

describe("policies of what a tenant has on AWS", function () {
  this.timeout(60_000);
  const specs: [string, DataSpec, ReturnType<typeof platformOf>][] = [
    ["own cluster", dataSpecOf(), platformOf()],
    ["shared cluster on Fargate", dataSpecOf({ database: sharedDatabase }), fargate()],
  ];
  for (const [what, spec, platform] of specs) {
    it(`${what}: all hold`, async () => {
      const made = [...(await runDataProgram(spec, platform)).made.values()];
      for (const { name, violations } of rules) assert.deepEqual(violations(made), [], name);
    });
  }
  for (const { name, violations, broken } of rules) {
    it(`${name}: would be seen`, async () => {
      const { made } = await runDataProgram(dataSpecOf());
      const spoilt = made.get(broken.of)!;
      broken.by(spoilt.inputs, spoilt);
      assert.ok(violations([...made.values()]).length > 0);
    });
  }

  for (const leaving of ["exported", "aborted"] as const)
    it(`of a tenant that is leaving (${leaving}) goes with all that is in it${leaving === "exported" ? ", but for the key" : ""}`, async () => {
      const { made } = await runDataProgram(dataSpecOf({ protect: false, leaving }));
      for (const { type, name, protect, retainOnDelete, inputs } of made.values()) {
        assert.equal(retainOnDelete, leaving === "exported" && type === "aws:kms/key:Key", `${type}::${name}`);
        assert.ok(!protect && inputs["deletionProtection"] !== true, `${type}::${name}`);
      }
      const [bucket, cluster] = ["aws:s3/bucket:Bucket::bucket", "aws:rds/cluster:Cluster::database-1"];
      assert.equal(made.get(bucket)!.inputs["forceDestroy"], true);
      assert.equal(made.get(cluster)!.inputs["skipFinalSnapshot"], true);
    });

  it("once protection is off, all of it can go but the key that kept backups need", async () => {
    const { made } = await runDataProgram(dataSpecOf({ protect: false }));
    for (const { type, name, protect, retainOnDelete, inputs } of made.values()) {
      assert.equal(protect, false, `${type}::${name}`);
      assert.equal(retainOnDelete, type === "aws:kms/key:Key", `${type}::${name}`);
      assert.notEqual(inputs["deletionProtection"], true);
    }
  });
});
