import * as pulumi from "@pulumi/pulumi";
import type { PlatformConfig } from "../config/schema.ts";
import type { Statement } from "../identity/policy.ts";

export interface TenantDataRights {
  config: Pick<PlatformConfig, "account" | "region" | "environments">;
  cluster: { clusterName: pulumi.Input<string>; identifier: pulumi.Input<string> };
}

const tagged = (kind: "RequestTag" | "ResourceTag") => ({
  StringEquals: { [`aws:${kind}/teal:stack`]: "tenant-data" },
});

/** A tag is what makes a thing a tenant's: the platform's own can't be given it. */
const notPlatforms = { StringNotEquals: { "aws:ResourceTag/teal:stack": "platform" } };

/**
 * What Teal's pods need to make what is tenants' own on AWS (docs/aws-tenants.md), and nothing else: by names where they are ours, else by the
 * tag that all of it has. Names: tenant/plan/data/names.ts.
 */
export function tenantDataRights({ config, cluster }: TenantDataRights): Statement[] {
  const { account, region, environments } = config;
  const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`;
  const each = (make: (environment: string) => string) => environments.map(make);
  return [
    ...keys(arn),
    {
      Sid: "TenantsBuckets",
      Action: s3("CreateBucket", "DeleteBucket", "ListBucket", "GetBucketLocation", "GetBucketAcl", ...bucketSettings),
      Resource: each((environment) => `arn:aws:s3:::${environment}-*`),
    },
    {
      Sid: "TenantsParameters",
      Action: [
        ...["PutParameter", "GetParameter", "GetParameters", "DeleteParameter"].map((name) => `ssm:${name}`),
        ...["AddTagsToResource", "RemoveTagsFromResource", "ListTagsForResource"].map((name) => `ssm:${name}`),
      ],
      Resource: each((environment) => arn("ssm", `parameter/teal/${environment}/*`)),
    },
    {
      Sid: "TenantsLogs",
      Action: ["CreateLogGroup", "DeleteLogGroup", "PutRetentionPolicy", "TagResource", "ListTagsForResource"].map(
        (name) => `logs:${name}`,
      ),
      Resource: each((environment) => arn("logs", `log-group:/aws/rds/cluster/${environment}-*`)),
    },
    ...databases(arn, environments),
    ...network(arn),
    ...roles(account, cluster, arn),
    {
      Sid: "LookAround",
      Action: [
        "kms:ListAliases",
        "ssm:DescribeParameters",
        "logs:DescribeLogGroups",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSecurityGroupRules",
        "rds:DescribeGlobalClusters",
      ],
      Resource: "*",
    },
  ];
}

type Arn = (service: string, rest: string) => string;

const s3 = (...names: string[]) => names.map((name) => `s3:${name}`);
const bucketSettings = [
  "BucketPolicy",
  "BucketVersioning",
  "EncryptionConfiguration",
  "LifecycleConfiguration",
  "BucketOwnershipControls",
  "BucketPublicAccessBlock",
  "BucketTagging",
].flatMap((setting) => [`Get${setting}`, `Put${setting}`]);

function keys(arn: Arn): Statement[] {
  const kms = (...names: string[]) => names.map((name) => `kms:${name}`);
  return [
    // A key has no name before it is there.
    {
      Sid: "NewKeys",
      Action: kms("CreateKey", "TagResource"),
      Resource: "*",
      Condition: { ...tagged("RequestTag"), ...notPlatforms },
    },
    {
      Sid: "TenantsKeys",
      Action: kms(
        ...["DescribeKey", "GetKeyPolicy", "PutKeyPolicy", "GetKeyRotationStatus", "EnableKeyRotation"],
        ...["ListResourceTags", "UpdateKeyDescription", "ScheduleKeyDeletion", "CancelKeyDeletion"],
        ...["CreateAlias", "UpdateAlias", "DeleteAlias", "CreateGrant", "Encrypt", "Decrypt", "GenerateDataKey"],
      ),
      Resource: arn("kms", "key/*"),
      Condition: tagged("ResourceTag"),
    },
    {
      Sid: "KeysNames",
      Action: kms("CreateAlias", "UpdateAlias", "DeleteAlias"),
      Resource: arn("kms", "alias/teal/*"),
    },
  ];
}

function databases(arn: Arn, environments: readonly string[]): Statement[] {
  const rds = (...names: string[]) => names.map((name) => `rds:${name}`);
  const clusters = environments.map((environment) => arn("rds", `cluster:${environment}-*`));
  // Pulumi names instances and groups itself.
  const others = ["db", "subgrp", "cluster-pg"].map((kind) => arn("rds", `${kind}:*`));
  const snapshots = environments.map((environment) => arn("rds", `cluster-snapshot:${environment}-*`));
  const all = [...clusters, ...others, ...snapshots];
  return [
    {
      Sid: "NewDatabases",
      Action: rds(
        ...["CreateDBCluster", "CreateDBInstance", "CreateDBSubnetGroup", "CreateDBClusterParameterGroup"],
        ...["RestoreDBClusterFromSnapshot", "RestoreDBClusterToPointInTime", "AddTagsToResource"],
      ),
      Resource: all,
      Condition: notPlatforms,
    },
    {
      Sid: "TenantsDatabases",
      Action: rds(
        ...["ModifyDBCluster", "DeleteDBCluster", "ModifyDBInstance", "DeleteDBInstance", "CreateDBClusterSnapshot"],
        ...["ModifyDBSubnetGroup", "DeleteDBSubnetGroup"],
        ...["ModifyDBClusterParameterGroup", "DeleteDBClusterParameterGroup", "RemoveTagsFromResource"],
      ),
      Resource: all,
      Condition: tagged("ResourceTag"),
    },
    {
      // Of a cluster that goes: while it isn't there, a snapshot has no tag to be told by.
      Sid: "LastSnapshots",
      Action: rds("CreateDBClusterSnapshot"),
      Resource: environments.map((environment) => arn("rds", `cluster-snapshot:${environment}-*-last`)),
    },
    {
      Sid: "SeeDatabases",
      Action: rds(
        ...["DescribeDBClusters", "DescribeDBInstances", "DescribeDBSubnetGroups", "DescribeDBClusterSnapshots"],
        ...["DescribeDBClusterParameterGroups", "DescribeDBClusterParameters", "ListTagsForResource"],
      ),
      Resource: "*",
    },
  ];
}

function network(arn: Arn): Statement[] {
  const group = arn("ec2", "security-group/*");
  const rules = arn("ec2", "security-group-rule/*");
  return [
    { Sid: "NewSecurityGroups", Action: ["ec2:CreateSecurityGroup"], Resource: [group, arn("ec2", "vpc/*")] },
    {
      Sid: "NameThem",
      Action: ["ec2:CreateTags"],
      Resource: [group, rules],
      Condition: {
        StringEquals: { "ec2:CreateAction": ["CreateSecurityGroup", "AuthorizeSecurityGroupIngress"] },
      },
    },
    {
      Sid: "TenantsSecurityGroups",
      Action: [
        ...["AuthorizeSecurityGroupIngress", "RevokeSecurityGroupIngress", "ModifySecurityGroupRules"],
        ...["RevokeSecurityGroupEgress", "DeleteSecurityGroup"],
      ].map((name) => `ec2:${name}`),
      Resource: [group, rules],
      Condition: tagged("ResourceTag"),
    },
  ];
}

/** Who can make roles could give one any rights: it is kept to a path of its own, and to be handed to pods alone. */
function roles(account: string, cluster: TenantDataRights["cluster"], arn: Arn): Statement[] {
  const tenants = `arn:aws:iam::${account}:role/teal/tenants/*`;
  const iam = (...names: string[]) => names.map((name) => `iam:${name}`);
  return [
    {
      Sid: "TenantsRoles",
      Action: iam(
        ...["CreateRole", "GetRole", "DeleteRole", "TagRole", "UntagRole", "UpdateRole", "UpdateAssumeRolePolicy"],
        ...["PutRolePolicy", "GetRolePolicy", "DeleteRolePolicy", "ListRolePolicies"],
        ...["ListAttachedRolePolicies", "ListInstanceProfilesForRole"],
      ),
      Resource: tenants,
    },
    {
      Sid: "ToPods",
      Action: iam("PassRole"),
      Resource: tenants,
      Condition: { StringEquals: { "iam:PassedToService": "pods.eks.amazonaws.com" } },
    },
    {
      Sid: "TenantsPods",
      Action: [
        ...["Create", "Describe", "Update", "Delete"].map((verb) => `eks:${verb}PodIdentityAssociation`),
        "eks:ListPodIdentityAssociations",
        "eks:TagResource",
      ],
      Resource: [
        cluster.identifier,
        pulumi.interpolate`${arn("eks", "podidentityassociation/")}${cluster.clusterName}/*`,
      ],
    },
  ];
}
