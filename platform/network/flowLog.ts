import * as pulumi from "@pulumi/pulumi";
import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { FlowLog } from "@pulumi/aws/ec2/flowLog.js";
import type { Vpc } from "@pulumi/aws/ec2/vpc.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import type { PlatformConfig } from "../config/schema.ts";
import { policy, serviceTrust } from "../identity/policy.ts";
import { prefixOf } from "../names.ts";

interface Parts {
  config: PlatformConfig;
  vpc: Vpc;
  key: pulumi.Input<string>;
}

/** Who spoke with whom, and what was refused. */
export function flowLog({ config, vpc, key }: Parts, options: pulumi.CustomResourceOptions): void {
  const name = `/teal/${prefixOf(config.environment)}/flows`;
  const group = new LogGroup("flows", { name, kmsKeyId: key, retentionInDays: config.logs.retentionDays }, options);
  const ours = { StringEquals: { "aws:SourceAccount": config.account } };
  const assumeRolePolicy = serviceTrust("vpc-flow-logs.amazonaws.com", ours);
  const role = new Role("flows", { assumeRolePolicy }, options);
  const written = policy([
    {
      Sid: "WriteFlows",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
      Resource: [group.arn, pulumi.interpolate`${group.arn}:*`],
    },
    // Knows no resource.
    { Sid: "FindGroup", Action: ["logs:DescribeLogGroups"], Resource: "*" },
  ]);
  new RolePolicy("flows", { role: role.id, policy: written }, options);
  new FlowLog(
    "flows",
    {
      vpcId: vpc.id,
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: group.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: 60,
    },
    options,
  );
}
