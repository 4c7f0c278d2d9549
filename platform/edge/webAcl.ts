import type * as pulumi from "@pulumi/pulumi";
import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { WebAcl } from "@pulumi/aws/wafv2/webAcl.js";
import { WebAclAssociation } from "@pulumi/aws/wafv2/webAclAssociation.js";
import { WebAclLoggingConfiguration } from "@pulumi/aws/wafv2/webAclLoggingConfiguration.js";
import type { PlatformConfig } from "../config/schema.ts";
import { prefixOf } from "../names.ts";
import { webAclRules } from "./plan.ts";

interface Parts {
  config: PlatformConfig;
  loadBalancer: pulumi.Input<string>;
  key: pulumi.Input<string>;
}

/** What is refused before it reaches the cluster, and a log of it without what is secret in requests. */
export function webAcl({ config, loadBalancer, key }: Parts, options: pulumi.CustomResourceOptions): void {
  const name = prefixOf(config.environment);
  const visibilityConfig = { cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName: name };
  const acl = new WebAcl(
    "requests",
    { name, scope: "REGIONAL", defaultAction: { allow: {} }, rules: webAclRules(config.edge), visibilityConfig },
    options,
  );
  new WebAclAssociation("requests", { resourceArn: loadBalancer, webAclArn: acl.arn }, options);
  // AWS takes only groups of such a name.
  const group = new LogGroup(
    "refused",
    { name: `aws-waf-logs-${name}`, kmsKeyId: key, retentionInDays: config.logs.retentionDays },
    options,
  );
  new WebAclLoggingConfiguration(
    "refused",
    {
      resourceArn: acl.arn,
      logDestinationConfigs: [group.arn],
      redactedFields: ["authorization", "cookie", "teal-preview"].map((header) => ({ singleHeader: { name: header } })),
      loggingFilter: {
        defaultBehavior: "DROP",
        filters: [
          {
            behavior: "KEEP",
            requirement: "MEETS_ANY",
            conditions: ["BLOCK", "COUNT"].map((action) => ({ actionCondition: { action } })),
          },
        ],
      },
    },
    options,
  );
}
