import * as pulumi from "@pulumi/pulumi";
import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { Cluster } from "@pulumi/aws/rds/cluster.js";
import { ClusterInstance } from "@pulumi/aws/rds/clusterInstance.js";
import { ClusterParameterGroup } from "@pulumi/aws/rds/clusterParameterGroup.js";
import { SubnetGroup } from "@pulumi/aws/rds/subnetGroup.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import type { PlatformConfig } from "../config/schema.ts";
import { prefixOf } from "../names.ts";
import type { Network } from "../network/network.ts";

export interface DatabaseArgs {
  config: PlatformConfig;
  network: Network;
  /** Of the pods that may ask it. */
  nodeSecurityGroup: pulumi.Input<string>;
  key: pulumi.Input<string>;
  logsKey: pulumi.Input<string>;
  password: pulumi.Input<string>;
}

const name = "teal";

/** Aurora PostgreSQL that grows and shrinks with what it has to do: ledger and queue. Gives its URL, as Teal takes it. */
export function database(args: DatabaseArgs, options: pulumi.CustomResourceOptions): pulumi.Output<string> {
  const { config, network, key, logsKey, password } = args;
  const { database: wanted } = config.controlPlane;
  const subnets = new SubnetGroup("database", { subnetIds: network.dataSubnetIds }, options);
  const group = new SecurityGroup("database", { vpcId: network.vpcId, description: "Teal's database" }, options);
  const from = { referencedSecurityGroupId: args.nodeSecurityGroup, ipProtocol: "tcp", fromPort: 5432, toPort: 5432 };
  new SecurityGroupIngressRule("database", { securityGroupId: group.id, ...from, description: "Pods" }, options);
  const family = `aurora-postgresql${wanted.version.split(".")[0]!}`;
  const parameters = new ClusterParameterGroup(
    "database",
    {
      family,
      parameters: [
        { name: "rds.force_ssl", value: "1" },
        { name: "log_min_duration_statement", value: "1000" },
      ],
    },
    options,
  );
  const clusterIdentifier = prefixOf(config.environment);
  // RDS would make it itself, to be kept for ever and without our key.
  const logs = new LogGroup(
    "database",
    {
      name: `/aws/rds/cluster/${clusterIdentifier}/postgresql`,
      kmsKeyId: logsKey,
      retentionInDays: config.logs.retentionDays,
    },
    options,
  );
  const cluster = new Cluster(
    "database",
    {
      clusterIdentifier,
      engine: "aurora-postgresql",
      engineVersion: wanted.version,
      databaseName: name,
      masterUsername: name,
      masterPassword: password,
      dbSubnetGroupName: subnets.name,
      vpcSecurityGroupIds: [group.id],
      dbClusterParameterGroupName: parameters.name,
      serverlessv2ScalingConfiguration: { minCapacity: wanted.minCapacity, maxCapacity: wanted.maxCapacity },
      storageEncrypted: true,
      kmsKeyId: key,
      backupRetentionPeriod: wanted.backupDays,
      copyTagsToSnapshot: true,
      deletionProtection: config.protect,
      skipFinalSnapshot: !config.protect,
      finalSnapshotIdentifier: `${clusterIdentifier}-last`,
      enabledCloudwatchLogsExports: ["postgresql"],
    },
    { ...options, dependsOn: [logs] },
  );
  for (let index = 0; index < wanted.instances; index++) {
    new ClusterInstance(
      `database-${index}`,
      {
        clusterIdentifier: cluster.id,
        engine: "aurora-postgresql",
        instanceClass: "db.serverless",
        publiclyAccessible: false,
        performanceInsightsEnabled: true,
        performanceInsightsKmsKeyId: key,
        autoMinorVersionUpgrade: true,
      },
      options,
    );
  }
  return pulumi.secret(
    pulumi.interpolate`postgres://${name}:${password}@${cluster.endpoint}:5432/${name}?sslmode=verify-full`,
  );
}
