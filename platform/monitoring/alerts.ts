import * as pulumi from "@pulumi/pulumi";
import { Topic } from "@pulumi/aws/sns/topic.js";
import { TopicSubscription } from "@pulumi/aws/sns/topicSubscription.js";
import type { PlatformConfig } from "../config/schema.ts";
import { prefixOf } from "../names.ts";

/** Where alerts go, and who is told of them: each has to confirm by mail once. */
export class Alerts extends pulumi.ComponentResource {
  readonly topic: Topic;

  constructor(
    name: string,
    { config, key }: { config: PlatformConfig; key: pulumi.Input<string> },
    options: pulumi.ComponentResourceOptions,
  ) {
    super("teal:platform:Alerts", name, {}, options);
    const under = { parent: this };
    this.topic = new Topic("alerts", { name: `${prefixOf(config.environment)}-alerts`, kmsMasterKeyId: key }, under);
    for (const endpoint of config.monitoring.receivers) {
      new TopicSubscription(endpoint, { topic: this.topic.arn, protocol: "email", endpoint }, under);
    }
    this.registerOutputs({});
  }
}
