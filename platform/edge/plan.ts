import type { PlatformConfig } from "../config/schema.ts";

/** Rules of a web ACL by AWS itself, by name: what they block, and rules of theirs that are only counted. */
const managedRules = {
  AWSManagedRulesAmazonIpReputationList: [],
  AWSManagedRulesKnownBadInputsRuleSet: [],
  // Bodies over 8 KiB are no attack: tenants take uploads.
  AWSManagedRulesCommonRuleSet: ["SizeRestrictions_BODY"],
} as const;

const visible = (metricName: string) => ({ cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName });

/** Rules of the web ACL, in their order: too many requests from one address, then what AWS knows as bad. */
export function webAclRules({ requestsPerAddress }: Pick<PlatformConfig["edge"], "requestsPerAddress">) {
  const rate = {
    name: "requests-per-address",
    priority: 0,
    action: { block: {} },
    statement: { rateBasedStatement: { limit: requestsPerAddress, aggregateKeyType: "IP", evaluationWindowSec: 300 } },
    visibilityConfig: visible("requests-per-address"),
  };
  const managed = Object.entries(managedRules).map(([name, counted], index) => ({
    name,
    priority: index + 1,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: "AWS",
        name,
        ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
      },
    },
    visibilityConfig: visible(name),
  }));
  return [rate, ...managed];
}

/** Whether Teal's own API can be reached through the load balancer at all. */
export function isApiPublic({ controlPlane }: Pick<PlatformConfig, "controlPlane">): boolean {
  return controlPlane.allowedCidrs.length > 0;
}

/** Accounts of AWS are of no more use here: since 2022 new regions write access logs as this service, and old ones may too. */
export const accessLogWriter = "logdelivery.elasticloadbalancing.amazonaws.com";
