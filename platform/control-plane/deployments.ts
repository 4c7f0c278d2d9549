import * as pulumi from "@pulumi/pulumi";
import { Table } from "@pulumi/aws/dynamodb/table.js";
import type { PlatformConfig } from "../config/schema.ts";
import type { Statement } from "../identity/policy.ts";
import { prefixOf } from "../names.ts";

export interface Deployments {
  name: pulumi.Output<string>;
  /** What Teal's pods need to write to it. */
  statements: Statement[];
}

/** The state of every tenant's deployment, which Teal writes and others read: an item per environment and tenant. */
export function deploymentTable(
  { config, key }: { config: PlatformConfig; key: pulumi.Input<string> },
  options: pulumi.CustomResourceOptions,
): Deployments {
  const table = new Table(
    "deployments",
    {
      name: `${prefixOf(config.environment)}-deployments`,
      billingMode: "PAY_PER_REQUEST",
      hashKey: "environment",
      rangeKey: "tenant",
      attributes: [
        { name: "environment", type: "S" },
        { name: "tenant", type: "S" },
      ],
      // Tenants that are gone stay for a while.
      ttl: { attributeName: "expiresAt", enabled: true },
      serverSideEncryption: { enabled: true, kmsKeyArn: key },
      pointInTimeRecovery: { enabled: true },
      deletionProtectionEnabled: config.protect,
    },
    options,
  );
  return { name: table.name, statements: rights(table, key, config) };
}

function rights({ arn }: Table, key: pulumi.Input<string>, { region }: PlatformConfig): Statement[] {
  return [
    { Sid: "KeepDeployments", Action: ["dynamodb:PutItem"], Resource: arn },
    {
      Sid: "WriteThemEncrypted",
      Action: ["kms:Decrypt"],
      Resource: key,
      Condition: { StringEquals: { "kms:ViaService": `dynamodb.${region}.amazonaws.com` } },
    },
  ];
}
