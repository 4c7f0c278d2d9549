import * as pulumi from "@pulumi/pulumi";
import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { chart } from "../charts.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { PlatformConfig } from "../config/schema.ts";
import { podRole } from "../identity/podRole.ts";
import { namespace } from "../kubernetes/namespaces.ts";
import { namespaces, prefixOf } from "../names.ts";
import type { Network } from "../network/network.ts";
import { Collection } from "./collection.ts";
import { cloudWatchOutput, filters, openSearchOutput } from "./fluentBit.ts";

export interface LogsArgs {
  config: PlatformConfig;
  network: Network;
  cluster: Cluster;
  key: pulumi.Input<string>;
}

/** What pods write, each line with tenant, color and release: searched in OpenSearch, or kept in CloudWatch on Fargate. */
export class Logs extends pulumi.ComponentResource {
  constructor(name: string, args: LogsArgs, options: pulumi.ComponentResourceOptions) {
    super("teal:platform:Logs", name, {}, options);
    const under = { parent: this };
    const { cluster } = args.config;
    if (!cluster.existing && cluster.compute === "fargate") router(args, under);
    else fluentBit(args, under);
    this.registerOutputs({});
  }
}

function fluentBit({ config, network, cluster, key }: LogsArgs, options: pulumi.CustomResourceOptions): void {
  const serviceAccount = "fluent-bit";
  // It reads pods' files on the node.
  const ns = namespace(namespaces.logs, "privileged", options);
  const collection = new Collection(
    "logs",
    { config, network, nodeSecurityGroup: cluster.nodeSecurityGroup, key },
    options,
  );
  const statements = [{ Sid: "WriteLines", Action: ["aoss:APIAccessAll"], Resource: collection.arn }];
  const role = podRole("fluent-bit", { cluster, namespace: namespaces.logs, serviceAccount, statements }, options);
  collection.admit(role.arn);
  const host = collection.endpoint.apply((url) => url.replace("https://", ""));
  const outputs = host.apply((one) => openSearchOutput({ host: one, region: config.region }));
  const values = {
    serviceAccount: { create: true, name: serviceAccount, annotations: role.annotations },
    config: { filters: filters(), outputs },
    tolerations: [{ operator: "Exists" }],
    resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "256Mi" } },
    testFramework: { enabled: false },
  };
  chart("fluent-bit", { namespace: namespaces.logs, values }, { ...options, dependsOn: [ns] });
}

/** The log router that AWS runs beside pods on Fargate is told by a ConfigMap of this very name. */
function router({ config, key }: LogsArgs, options: pulumi.CustomResourceOptions): void {
  const group = `/teal/${prefixOf(config.environment)}/pods`;
  const { retentionDays: days } = config.logs;
  new LogGroup("pods", { name: group, kmsKeyId: key, retentionInDays: days }, options);
  const name = "aws-observability";
  const ns = new Namespace(name, { metadata: { name, labels: { "aws-observability": "enabled" } } }, options);
  const data = { "filters.conf": filters(), "output.conf": cloudWatchOutput({ group, region: config.region, days }) };
  new ConfigMap(
    "aws-logging",
    { metadata: { name: "aws-logging", namespace: name }, data },
    { ...options, dependsOn: [ns] },
  );
}
