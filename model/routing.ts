import type { Color } from "./color.ts";
import { colorHeader } from "./headers.ts";

/**
 * What splits tenants' traffic: a Gateway in the cluster, by HTTPRoutes, or an AWS load balancer itself, by Ingresses whose rules
 * forward by weight.
 */
export const routings = ["gateway", "alb-ingress"] as const;
export type Routing = (typeof routings)[number];

/**
 * Quotas of an Application Load Balancer. Of target groups there are never more; of rules there are more on request.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
export const albQuotas = { targetGroups: 100, rules: 100, certificates: 25 } as const;

/** Host names that one rule can match, beside a path: five values to a rule, three to a condition. */
export const namesPerRule = 3;

/** What a tenant takes of a load balancer at most, with so many host names. */
export function albNeeds(hostnames: number): { targetGroups: number; rules: number } {
  // Besides those that split: for a preview, against requests for one that isn't there, and while it is suspended.
  return { targetGroups: 2, rules: Math.ceil(hostnames / namesPerRule) + 3 };
}

/** What the load balancer itself answers to a request for a preview that it has no rule for: to no request an application would. */
export const noPreview = { status: 421, text: "There is no such preview.\n" } as const;

/** What a load balancer calls itself in answers of its own; in those of pods it leaves this header as it is. */
const albItself = "awselb/2.0";

/** Whether a load balancer answered itself: no pod did. */
export function isOfAlb({ headers }: { headers: Record<string, unknown> }): boolean {
  return headers["server"] === albItself;
}

/**
 * Whether an answer came by the preview rule, and so from `color`. A Gateway says so in a header; a load balancer can't, but answers
 * itself where it does not have the rule in force.
 */
export function cameByPreview(
  routing: Routing,
  { status, headers }: { status: number; headers: Record<string, unknown> },
  color: Color,
): boolean {
  if (routing === "gateway") return headers[colorHeader] === color;
  return status !== noPreview.status || !isOfAlb({ headers });
}
