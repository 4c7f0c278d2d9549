import assert from "node:assert/strict";
import fc from "fast-check";
import { tenantId } from "../../../model/tenant.ts";
import type { DataSpec } from "../../../tenant/data/spec.ts";
import {
  bucketNameOf,
  clusterIdentifierOf,
  databaseNameOf,
  parameterPrefixOf,
  roleArnOf,
  serviceAccountOf,
  type DataOwner,
} from "../../../tenant/plan/data/names.ts";
import { bucketPolicy, keyPolicy, podPolicy, podTrust } from "../../../tenant/plan/data/policies.ts";
import { databaseUserOf } from "../../../tenant/data/database.ts";
import { isAllowed, type Attempt, type Document, type Policies } from "../../iam/evaluate.ts";
import { runDataProgram } from "./program.ts";
import { adoptedBucket, adoptedDatabase, dataSpecOf, fargate, platformOf, sharedDatabase } from "./specs.ts";

const place = { account: "123456789012", region: "eu-central-1" };
const at = `${place.region}:${place.account}`;

/** What a tenant has, by what the program made of it. */
interface World {
  owner: DataOwner;
  role: string;
  rights: Document;
  trust: Document;
  key: { arn: string; policy: Document };
  /** An adopted one's policy and key are its owner's: as open as may be, as far as is known here. */
  bucket: { arn: string; policy?: Document; key?: string };
  /** Resource id of the cluster, and the tenant's user there. */
  database: { resourceId: string; user: string };
}

async function worldOf(spec: DataSpec, platform = platformOf()): Promise<World> {
  const { made, outputs } = await runDataProgram(spec, platform);
  const policyOf = (key: string, input = "policy") => JSON.parse(String(made.get(key)!.inputs[input])) as Document;
  const data = outputs["data"] as { key: string; role: { arn: string }; clusters: { resourceId: string }[] };
  const shared = spec.database.kind === "schema" ? spec.database.shared.resourceId : undefined;
  return {
    owner: spec,
    role: data.role.arn,
    rights: policyOf("aws:iam/rolePolicy:RolePolicy::role"),
    trust: policyOf("aws:iam/role:Role::role", "assumeRolePolicy"),
    key: { arn: data.key, policy: policyOf("aws:kms/key:Key::key") },
    bucket: bucketIn(spec, policyOf),
    database: { resourceId: shared ?? data.clusters[0]!.resourceId, user: databaseUserOf(spec) },
  };
}

function bucketIn(spec: DataSpec, policyOf: (key: string) => Document): World["bucket"] {
  const { bucket } = spec;
  if (bucket && "adopted" in bucket) return { arn: `arn:aws:s3:::${bucket.adopted.name}`, key: bucket.adopted.key! };
  return {
    arn: `arn:aws:s3:::${bucketNameOf(spec, place)}`,
    policy: policyOf("aws:s3/bucketPolicy:BucketPolicy::bucket"),
  };
}

/** The same from the plan alone, for as many tenants as there are names. */
function plannedWorld(owner: DataOwner): World {
  const keyArn = `arn:aws:kms:${at}:key/${owner.environment}.${owner.id}`;
  const bucketArn = `arn:aws:s3:::${bucketNameOf(owner, place)}`;
  const database = {
    resourceId: `cluster-${clusterIdentifierOf(owner, 1).toUpperCase()}`,
    user: databaseNameOf(owner),
  };
  const { cluster } = platformOf();
  return {
    owner,
    role: roleArnOf(owner, place),
    rights: podPolicy({ owner, place, keyArn, bucketArn, databases: [database] }),
    trust: podTrust(cluster.identity, serviceAccountOf(owner), cluster.identifier),
    key: { arn: keyArn, policy: keyPolicy(owner, place) },
    bucket: { arn: bucketArn, policy: bucketPolicy(owner, place, bucketArn, keyArn) },
    database,
  };
}

/** One thing that somebody may try on what is a tenant's. `own`: whether that tenant's own pods may. */
interface Try {
  what: string;
  action: string;
  own: boolean;
  on(world: World): { resource: string; policy?: Document; resourceDecides?: true };
  context?: Record<string, string>;
}

const policied = ({ policy }: World["bucket"]) => (policy ? { policy } : {});
const object = ({ bucket }: World) => ({ resource: `${bucket.arn}/reports/2026.pdf`, ...policied(bucket) });
const wholeBucket = ({ bucket }: World) => ({ resource: bucket.arn, ...policied(bucket) });
const parameter = ({ owner }: World) => ({ resource: `arn:aws:ssm:${at}:parameter${parameterPrefixOf(owner)}API_KEY` });
const parameterPath = ({ owner }: World) => ({
  resource: `arn:aws:ssm:${at}:parameter${parameterPrefixOf(owner).slice(0, -1)}`,
});
const key = ({ key }: World) => ({ resource: key.arn, policy: key.policy, resourceDecides: true as const });
const user = ({ database }: World) => ({
  resource: `arn:aws:rds-db:${at}:dbuser:${database.resourceId}/${database.user}`,
});
const cluster = ({ owner }: World) => ({ resource: `arn:aws:rds:${at}:cluster:${clusterIdentifierOf(owner, 1)}` });
const role = ({ role }: World) => ({ resource: role });
const through = (service: string) => ({ "kms:ViaService": `${service}.${place.region}.amazonaws.com` });

const may = (what: string, action: string, on: Try["on"], context?: Try["context"]): Try => ({
  what,
  action,
  own: true,
  on,
  ...(context && { context }),
});
const mayNot = (what: string, action: string, on: Try["on"], context?: Try["context"]): Try => ({
  ...may(what, action, on, context),
  own: false,
});

/** Everything that a tenant's pods need, and what somebody who got hold of one would like. */
const tries: Try[] = [
  may("read an object", "s3:GetObject", object),
  may("write an object", "s3:PutObject", object),
  may("write one under the key by its name", "s3:PutObject", object, { "s3:x-amz-server-side-encryption": "aws:kms" }),
  may("delete an object", "s3:DeleteObject", object),
  may("list the bucket", "s3:ListBucket", wholeBucket),
  may("read a parameter", "ssm:GetParameter", parameter),
  may("read all parameters by path", "ssm:GetParametersByPath", parameterPath),
  may("decrypt an object", "kms:Decrypt", key, through("s3")),
  may("encrypt an object", "kms:GenerateDataKey", key, through("s3")),
  may("decrypt a parameter", "kms:Decrypt", key, through("ssm")),
  may("connect to its database", "rds-db:connect", user),
  mayNot("write an object unencrypted by it", "s3:PutObject", object, { "s3:x-amz-server-side-encryption": "AES256" }),
  mayNot("read an object without TLS", "s3:GetObject", object, { "aws:SecureTransport": "false" }),
  mayNot("delete a version for good", "s3:DeleteObjectVersion", object),
  mayNot("change who may read the bucket", "s3:PutBucketPolicy", wholeBucket),
  mayNot("stop versions", "s3:PutBucketVersioning", wholeBucket),
  mayNot("delete the bucket", "s3:DeleteBucket", wholeBucket),
  mayNot("write a parameter", "ssm:PutParameter", parameter),
  mayNot("decrypt by the key itself", "kms:Decrypt", key),
  mayNot("decrypt a snapshot", "kms:Decrypt", key, through("rds")),
  mayNot("let others use the key", "kms:CreateGrant", key),
  mayNot("end the key", "kms:ScheduleKeyDeletion", key),
  mayNot("connect as the admin", "rds-db:connect", ({ database }) => ({
    resource: `arn:aws:rds-db:${at}:dbuser:${database.resourceId}/teal_admin`,
  })),
  mayNot("delete the cluster", "rds:DeleteDBCluster", cluster),
  mayNot("take a snapshot", "rds:CreateDBClusterSnapshot", cluster),
  mayNot("take the role from another", "sts:AssumeRole", role),
  mayNot("change the role", "iam:PutRolePolicy", role),
];

/** Of an adopted bucket: whatever its own policy is, the role's rights end there. */
const bucketKey = ({ bucket }: World) => ({
  resource: bucket.key!,
  policy: {
    Statement: [
      { Effect: "Allow", Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "kms:*", Resource: "*" },
    ],
  },
  resourceDecides: true as const,
});
const inBucket = (id: string, bucket = `shop-${id}-files`) => ({
  ...through("s3"),
  "kms:EncryptionContext:aws:s3:arn": `arn:aws:s3:::${bucket}/a`,
});
const adoptedCluster = ({ database }: World) => ({
  resource: `arn:aws:rds:${at}:cluster:${database.resourceId.replace("cluster-", "").toLowerCase()}`,
});
/** What refused by the bucket's own policy is up to that one's owner. */
const bucketsOwn = ["write an object unencrypted by it", "read an object without TLS"];
const triesOnAdopted: Try[] = [
  ...tries.filter(({ what }) => !bucketsOwn.includes(what)),
  mayNot("use the bucket's key by itself", "kms:Decrypt", bucketKey),
  mayNot("use the bucket's key for another bucket", "kms:Decrypt", bucketKey, inBucket("a", "shop-a-files-2")),
  mayNot("end the bucket's key", "kms:ScheduleKeyDeletion", bucketKey),
  mayNot("connect as the adopted cluster's master user", "rds-db:connect", ({ database }) => ({
    resource: `arn:aws:rds-db:${at}:dbuser:${database.resourceId}/postgres`,
  })),
  mayNot("connect as whom Teal would have made", "rds-db:connect", ({ owner, database }) => ({
    resource: `arn:aws:rds-db:${at}:dbuser:${database.resourceId}/${databaseNameOf(owner)}`,
  })),
  mayNot("delete the adopted cluster", "rds:DeleteDBCluster", adoptedCluster),
  mayNot("take a snapshot of the adopted cluster", "rds:CreateDBClusterSnapshot", adoptedCluster),
];

/** The platform's own, which no tenant may touch. */
const platforms: [action: string, resource: string][] = [
  ["kms:Decrypt", platformOf().keys.data],
  ["kms:Sign", platformOf().keys.signing],
  ["s3:GetObject", "arn:aws:s3:::teal-production-state-1234/.pulumi/stacks/tenant-data/production.acme.json"],
  ["s3:ListBucket", "arn:aws:s3:::teal-production-state-1234"],
  ["secretsmanager:GetSecretValue", `arn:aws:secretsmanager:${at}:secret:teal-production-AbCdEf`],
  ["ssm:GetParameter", `arn:aws:ssm:${at}:parameter/teal/production`],
  ["ssm:GetParametersByPath", `arn:aws:ssm:${at}:parameter/teal`],
  ["ssm:GetParametersByPath", `arn:aws:ssm:${at}:parameter/teal/production`],
  ["rds-db:connect", `arn:aws:rds-db:${at}:dbuser:cluster-TEAL/teal`],
  ["ecr:BatchGetImage", `arn:aws:ecr:${at}:repository/teal-production/shop`],
  ["eks:DescribeCluster", platformOf().cluster.identifier],
  ["eks:CreatePodIdentityAssociation", platformOf().cluster.identifier],
  ["ec2:AuthorizeSecurityGroupIngress", `arn:aws:ec2:${at}:security-group/sg-nodes`],
  ["iam:CreateRole", `arn:aws:iam::${place.account}:role/teal/tenants/mine`],
  ["sts:AssumeRole", `arn:aws:iam::${place.account}:role/teal-worker`],
];

function attempt(by: World, tried: Try, of: World): boolean {
  const { resource, policy, resourceDecides } = tried.on(of);
  const context = { "aws:PrincipalArn": by.role, "aws:SecureTransport": "true", ...tried.context };
  const policies: Policies = {
    identity: [by.rights],
    ...(policy && { resource: policy }),
    resourceDecides: !!resourceDecides,
  };
  return isAllowed(policies, { action: tried.action, resource, principal: by.role, context });
}

/** The worst of rights, to see whether what is tried on refuses by itself. */
const everything: Document = { Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };

describe("what a tenant's pods may do in AWS", function () {
  this.timeout(60_000);
  const worlds: Record<string, World[]> = {};
  before(async () => {
    const ids = ["a", "a-b"];
    const each = async (of: (id: string) => Promise<World>) => {
      const made: World[] = [];
      // Mocks are the process's: one program after the other.
      for (const id of ids) made.push(await of(id));
      return made;
    };
    worlds["own clusters, Pod Identity"] = await each((id) => worldOf(dataSpecOf({ id })));
    worlds["a shared cluster, IRSA"] = await each((id) =>
      worldOf(dataSpecOf({ id, database: sharedDatabase }), fargate()),
    );
    worlds["an adopted cluster and bucket"] = await each((id) =>
      worldOf(dataSpecOf({ id, database: adoptedDatabase(`shop-${id}`), bucket: adoptedBucket(`shop-${id}`) })),
    );
  });

  const adopted = "an adopted cluster and bucket";
  for (const kind of ["own clusters, Pod Identity", "a shared cluster, IRSA", adopted]) {
    describe(`${kind}: tenants a and a-b`, () => {
      for (const tried of kind === adopted ? triesOnAdopted : tries) {
        it(`${tried.what} (${tried.action}): ${tried.own ? "its own" : "never"}, the other's never`, () => {
          const [a, ab] = worlds[kind] as [World, World];
          const outcomes = [attempt(a, tried, a), attempt(ab, tried, ab), attempt(a, tried, ab), attempt(ab, tried, a)];
          assert.deepEqual(outcomes, [tried.own, tried.own, false, false]);
        });
      }
      for (const [action, resource] of platforms) {
        it(`${action} on ${resource}: never`, () => {
          for (const { role: principal, rights } of worlds[kind]!) {
            const context = { "aws:PrincipalArn": principal, ...through("s3") };
            assert.equal(isAllowed({ identity: [rights] }, { action, resource, principal, context }), false);
          }
        });
      }

      if (kind === adopted) return;
      it("key and bucket refuse another tenant's role whatever it is allowed elsewhere, and let operators in", () => {
        const [a, ab] = worlds[kind] as [World, World];
        const human = "arn:aws:iam::123456789012:role/operators";
        for (const [policy, action, resource] of [
          [a.key.policy, "kms:Decrypt", a.key.arn],
          [a.bucket.policy, "s3:GetObject", `${a.bucket.arn}/x`],
        ] as const) {
          const by = (principal: string) =>
            isAllowed(
              { identity: [everything], resource: policy },
              {
                action,
                resource,
                principal,
                context: { "aws:PrincipalArn": principal, "aws:SecureTransport": "true" },
              },
            );
          assert.deepEqual([by(a.role), by(ab.role), by(human)], [true, false, true]);
        }
      });
    });
  }

  it("the role is for the pods of one service account: by Pod Identity", () => {
    const [a, ab] = worlds["own clusters, Pod Identity"] as [World, World];
    const { namespace, name } = serviceAccountOf(a.owner);
    const asks = (principal: string, of: string, account: string, arn = platformOf().cluster.identifier): Attempt => ({
      action: "sts:AssumeRole",
      resource: a.role,
      principal,
      context: {
        "aws:RequestTag/kubernetes-namespace": of,
        "aws:RequestTag/kubernetes-service-account": account,
        "aws:SourceArn": arn,
      },
    });
    const takes = (one: Attempt) => isAllowed({ identity: [], resource: a.trust }, one);
    const pods = "pods.eks.amazonaws.com";
    assert.ok(takes(asks(pods, namespace, name)));
    assert.ok(!takes(asks(pods, serviceAccountOf(ab.owner).namespace, name)));
    assert.ok(!takes(asks(pods, namespace, "default")));
    assert.ok(!takes(asks(pods, namespace, name, "arn:aws:eks:eu-central-1:123456789012:cluster/other")));
    assert.ok(!takes(asks("ec2.amazonaws.com", namespace, name)));
    assert.ok(
      !isAllowed({ identity: [everything], resource: a.trust, resourceDecides: true }, asks(ab.role, namespace, name)),
    );
  });

  it("the role is for the pods of one service account: by IRSA", () => {
    const [a, ab] = worlds["a shared cluster, IRSA"] as [World, World];
    const { identity } = fargate().cluster;
    assert.ok(identity.kind === "irsa");
    const takes = ({ namespace, name }: { namespace: string; name: string }, principal = identity.provider) =>
      isAllowed(
        { identity: [], resource: a.trust },
        {
          action: "sts:AssumeRoleWithWebIdentity",
          resource: a.role,
          principal,
          context: {
            [`${identity.issuer}:sub`]: `system:serviceaccount:${namespace}:${name}`,
            [`${identity.issuer}:aud`]: "sts.amazonaws.com",
          },
        },
      );
    assert.ok(takes(serviceAccountOf(a.owner)));
    assert.ok(!takes(serviceAccountOf(ab.owner)));
    assert.ok(!takes({ ...serviceAccountOf(a.owner), name: "default" }));
    assert.ok(!takes(serviceAccountOf(a.owner), "arn:aws:iam::123456789012:oidc-provider/other"));
  });

  it("the key of an adopted bucket is the role's for what is in that bucket alone", () => {
    const [a, ab] = worlds[adopted] as [World, World];
    const decrypts = (by: World, of: World, context: Record<string, string>) =>
      attempt(by, { what: "", action: "kms:Decrypt", own: true, on: bucketKey, context }, of);
    assert.deepEqual(
      [
        decrypts(a, a, inBucket("a")),
        decrypts(ab, ab, inBucket("a-b")),
        decrypts(a, ab, inBucket("a-b")),
        decrypts(a, ab, inBucket("a")),
        decrypts(a, a, { ...inBucket("a"), ...through("rds") }),
      ],
      [true, true, false, false, false],
    );
  });

  it("holds for any two tenants, however alike their names", () => {
    const id = fc.stringMatching(/^[a-z][-a-z0-9]{0,39}$/).filter((name) => tenantId.safeParse(name).success);
    const tricky = fc.constantFrom("a", "a-b", "a--b", "a-1", "a-1-1", "ab", "a-b-1");
    const more = fc.tuple(fc.oneof(id, tricky), fc.constantFrom("", "-b", "1", "-1", "b"));
    const names = fc.oneof(
      id,
      tricky,
      more.map(([one, end]) => (one + end).slice(0, 40)).filter((n) => !n.endsWith("-")),
    );
    const owner = fc.record({ environment: fc.constantFrom("prod", "prod1", "staging"), id: names });
    fc.assert(
      fc.property(owner, owner, (one, other) => {
        fc.pre(one.environment !== other.environment || one.id !== other.id);
        const [a, b] = [plannedWorld(one), plannedWorld(other)];
        for (const tried of tries) {
          assert.equal(attempt(a, tried, a), tried.own, tried.what);
          assert.equal(attempt(a, tried, b), false, tried.what);
        }
      }),
    );
  });
});
