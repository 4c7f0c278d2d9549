import * as pulumi from "@pulumi/pulumi";
import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { Cluster } from "@pulumi/aws/rds/cluster.js";
import { ClusterInstance } from "@pulumi/aws/rds/clusterInstance.js";
import { ClusterParameterGroup } from "@pulumi/aws/rds/clusterParameterGroup.js";
import { SubnetGroup } from "@pulumi/aws/rds/subnetGroup.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import { RandomPassword } from "@pulumi/random/randomPassword.js";
import { adminUser, originInputs, postgresPort } from "../../plan/data/cluster.ts";
import { clusterIdentifierOf } from "../../plan/data/names.ts";
import type { MadeCluster } from "../held.ts";
import { kept } from "../kept.ts";
import type { DataContext } from "../program.ts";
import type { DataSpec, HeldCluster } from "../spec.ts";
import { adoptedCluster } from "./adopted.ts";

export interface TenantClustersArgs extends DataContext {
  database: Extract<DataSpec["database"], { kind: "cluster" }>;
  keyArn: pulumi.Output<string>;
}

/** The tenant's own Aurora clusters, which grow and shrink with their work: the one in use, and another while a restore is unconfirmed. */
export class TenantClusters extends pulumi.ComponentResource {
  readonly held: MadeCluster[];
  /** The one in use; null: it is an adopted one that the tenant is leaving. */
  readonly inUse: MadeCluster | null;
  /** Who may make databases and users in those of the tenant's own. A secret. Null: that in use was adopted. */
  readonly admin: pulumi.Output<{ user: string; password: string }> | null;

  constructor(name: string, args: TenantClustersArgs, options: pulumi.ComponentResourceOptions) {
    super("teal:tenant-data:Clusters", name, {}, options);
    const under = { parent: this };
    const { clusters, cluster } = args.database.held;
    const own = clusters.filter(({ adopted }) => adopted === undefined);
    const ground = own.length > 0 ? layGround(args, under) : null;
    this.held = [...adoptedOf(args, under), ...own.map((one) => makeCluster(one, args, ground!, under))];
    this.inUse = this.held.find(({ generation }) => generation === cluster) ?? null;
    const ours = ground !== null && own.some(({ generation }) => generation === cluster);
    this.admin = ours ? pulumi.secret({ user: adminOf(args), password: ground.password }) : null;
    this.registerOutputs({});
  }
}

/** None where the tenant is leaving: nothing needs them any more, and their owner may have removed them. */
function adoptedOf({ spec, database }: TenantClustersArgs, options: pulumi.InvokeOptions): MadeCluster[] {
  if (spec.leaving !== undefined) return [];
  return database.held.clusters.flatMap(({ generation, adopted }) =>
    adopted === undefined ? [] : [adoptedCluster(generation, adopted, options)],
  );
}

/** A cluster that is made of an adopted one's snapshot has that one's master user. */
function adminOf({ database }: TenantClustersArgs): string {
  return database.names?.admin ?? adminUser;
}

/** What all of the tenant's clusters stand on: they are reached from the cluster's nodes, and from nowhere else. */
function layGround({ platform, database }: TenantClustersArgs, options: pulumi.CustomResourceOptions) {
  const password = new RandomPassword("admin", { length: 40, special: false }, options).result;
  const { vpc, dataSubnets } = platform.network;
  const subnets = new SubnetGroup("database", { subnetIds: dataSubnets }, options);
  const group = new SecurityGroup("database", { vpcId: vpc, description: "A tenant's database" }, options);
  const from = { referencedSecurityGroupId: platform.cluster.nodeSecurityGroup, description: "Pods" };
  const port = { ipProtocol: "tcp", fromPort: postgresPort, toPort: postgresPort };
  new SecurityGroupIngressRule("database", { securityGroupId: group.id, ...from, ...port }, options);
  const family = `aurora-postgresql${database.size.version.split(".")[0]!}`;
  const parameters = [{ name: "rds.force_ssl", value: "1" }];
  // Another major version is another group, which stands beside the old one until the cluster has changed over.
  const settings = new ClusterParameterGroup(`database-${family}`, { family, parameters }, options);
  return { subnets, group, settings, password };
}

function makeCluster(
  { generation, restoredFrom, ends, lastSnapshot }: HeldCluster,
  args: TenantClustersArgs,
  { subnets, group, settings, password }: ReturnType<typeof layGround>,
  options: pulumi.CustomResourceOptions,
): MadeCluster {
  const name = `database-${generation}`;
  const { spec, platform, database, keyArn } = args;
  const { size } = database;
  const protect = spec.protect && !ends;
  const identifier = clusterIdentifierOf(spec, generation);
  const logGroup = `/aws/rds/cluster/${identifier}/postgresql`;
  // RDS would make it itself, to be kept for ever and without our key.
  const logs = new LogGroup(name, { name: logGroup, kmsKeyId: platform.keys.logs, retentionInDays: 30 }, options);
  const cluster = new Cluster(
    name,
    {
      clusterIdentifier: identifier,
      engine: "aurora-postgresql",
      engineVersion: size.version,
      masterUsername: adminOf(args),
      masterPassword: password,
      ...originInputs(restoredFrom),
      // What an adopted one listened at is what RDS would take, otherwise.
      ...(database.names && { port: postgresPort }),
      iamDatabaseAuthenticationEnabled: true,
      dbSubnetGroupName: subnets.name,
      vpcSecurityGroupIds: [group.id],
      dbClusterParameterGroupName: settings.name,
      serverlessv2ScalingConfiguration: { minCapacity: size.minCapacity, maxCapacity: size.maxCapacity },
      storageEncrypted: true,
      kmsKeyId: keyArn,
      backupRetentionPeriod: size.backupDays,
      copyTagsToSnapshot: true,
      deletionProtection: protect,
      // The export has one; and the next tenant of that id could take none under the same name.
      skipFinalSnapshot: spec.leaving !== undefined,
      finalSnapshotIdentifier: lastSnapshot ?? `${identifier}-last`,
      enabledCloudwatchLogsExports: ["postgresql"],
    },
    // What it was made from says nothing any more once it is there: another origin is another generation.
    { ...kept({ protect }, options), dependsOn: [logs], ignoreChanges: ["snapshotIdentifier", "restoreToPointInTime"] },
  );
  for (let index = 0; index < (size.multiZone ? 2 : 1); index++) {
    const instance = {
      clusterIdentifier: cluster.id,
      engine: "aurora-postgresql" as const,
      instanceClass: "db.serverless",
      publiclyAccessible: false,
      performanceInsightsEnabled: true,
      performanceInsightsKmsKeyId: keyArn,
      // The table's version is the one that runs.
      autoMinorVersionUpgrade: false,
    };
    new ClusterInstance(`${name}-${index}`, instance, options);
  }
  const { arn, clusterResourceId: resourceId, endpoint: host } = cluster;
  return { generation, identifier, arn, resourceId, host, port: postgresPort };
}
