import * as pulumi from "@pulumi/pulumi";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { ServerlessAccessPolicy } from "@pulumi/aws/opensearch/serverlessAccessPolicy.js";
import { ServerlessCollection } from "@pulumi/aws/opensearch/serverlessCollection.js";
import { ServerlessLifecyclePolicy } from "@pulumi/aws/opensearch/serverlessLifecyclePolicy.js";
import { ServerlessSecurityPolicy } from "@pulumi/aws/opensearch/serverlessSecurityPolicy.js";
import { ServerlessVpcEndpoint } from "@pulumi/aws/opensearch/serverlessVpcEndpoint.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import type { PlatformConfig } from "../config/schema.ts";
import { prefixOf } from "../names.ts";
import type { Network } from "../network/network.ts";

export interface CollectionArgs {
  config: PlatformConfig;
  network: Network;
  nodeSecurityGroup: pulumi.Input<string>;
  key: pulumi.Input<string>;
}

/** Logs as OpenSearch Serverless keeps them: reached from the VPC only, with our key, and thrown away after their days. */
export class Collection extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly endpoint: pulumi.Output<string>;
  readonly #config: PlatformConfig;
  readonly #name: string;

  constructor(name: string, args: CollectionArgs, options: pulumi.ComponentResourceOptions) {
    super("teal:platform:Collection", name, {}, options);
    const under = { parent: this };
    const { config, key } = args;
    this.#config = config;
    this.#name = `${prefixOf(config.environment)}-logs`;
    const of = { ResourceType: "collection", Resource: [`collection/${this.#name}`] };
    const encryption = pulumi.jsonStringify({ Rules: [of], AWSOwnedKey: false, KmsARN: key });
    const encrypted = new ServerlessSecurityPolicy(
      "encryption",
      { name: this.#name, type: "encryption", policy: encryption },
      under,
    );
    const door = privateDoor(this.#name, args, under);
    const network = pulumi.jsonStringify([{ Rules: [of], AllowFromPublic: false, SourceVPCEs: [door.id] }]);
    const reached = new ServerlessSecurityPolicy(
      "network",
      { name: this.#name, type: "network", policy: network },
      under,
    );
    const collection = new ServerlessCollection(
      "logs",
      { name: this.#name, type: "TIMESERIES", standbyReplicas: config.logs.standby ? "ENABLED" : "DISABLED" },
      { ...under, dependsOn: [encrypted, reached] },
    );
    const rule = {
      ResourceType: "index",
      Resource: [`index/${this.#name}/*`],
      MinIndexRetention: `${config.logs.searchDays}d`,
    };
    const kept = JSON.stringify({ Rules: [rule] });
    new ServerlessLifecyclePolicy("retention", { name: this.#name, type: "retention", policy: kept }, under);
    this.arn = collection.arn;
    this.endpoint = collection.collectionEndpoint;
    this.registerOutputs({});
  }

  /** Lets `writer` write, and administrators and viewers of the cluster read. */
  admit(writer: pulumi.Input<string>): void {
    const rule = (...Permission: string[]) => ({
      ResourceType: "index",
      Resource: [`index/${this.#name}/*`],
      Permission,
    });
    const { admins, viewers } = this.#config.cluster;
    const policy = pulumi.jsonStringify([
      {
        Rules: [rule("aoss:CreateIndex", "aoss:UpdateIndex", "aoss:DescribeIndex", "aoss:WriteDocument")],
        Principal: [writer],
      },
      { Rules: [rule("aoss:DescribeIndex", "aoss:ReadDocument")], Principal: [...admins, ...viewers] },
    ]);
    new ServerlessAccessPolicy("access", { name: this.#name, type: "data", policy }, { parent: this });
  }
}

function privateDoor(
  name: string,
  { network, nodeSecurityGroup }: CollectionArgs,
  options: pulumi.CustomResourceOptions,
) {
  const { vpcId } = network;
  const group = new SecurityGroup("logs", { vpcId, description: "Writing and searching logs" }, options);
  const https = { ipProtocol: "tcp", fromPort: 443, toPort: 443, description: "Pods" };
  const from = { referencedSecurityGroupId: nodeSecurityGroup };
  new SecurityGroupIngressRule("logs", { securityGroupId: group.id, ...from, ...https }, options);
  const subnetIds = network.privateSubnetIds;
  return new ServerlessVpcEndpoint("logs", { name, vpcId, subnetIds, securityGroupIds: [group.id] }, options);
}
