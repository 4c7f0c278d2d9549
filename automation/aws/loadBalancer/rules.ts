import type { ActionTypeEnum, Rule, RuleCondition } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Color } from "../../../model/color.ts";
import type { AlbRule } from "../../../tenant/plan/albRules.ts";
import { app } from "../../../tenant/plan/names.ts";

/** The slot whose pods are in a target group. */
export interface SlotTargets {
  namespace: string;
  color: Color;
}

/** A rule that the load balancer has. */
export interface FoundRule extends AlbRule {
  /** Target groups that it forwards to, with their weights. */
  forwards: { arn: string; weight: number }[];
  /** The tenant whose slots it forwards to; undefined: none, or not one tenant's alone. */
  namespace?: string;
}

/** Tag by which the controller knows its target groups: `<namespace>/<ingress>-<service>:<port>`. */
const resourceTag = "ingress.k8s.aws/resource";
const resource = new RegExp(`^([^/]+)/${app}-(blue|green):[^:]+$`);

/** Whose pods are in a target group, by its tags; null: no slot's. */
export function slotIn(tags: Readonly<Record<string, string>>): SlotTargets | null {
  const [, namespace, color] = resource.exec(tags[resourceTag] ?? "") ?? [];
  return namespace !== undefined && color !== undefined ? { namespace, color: color as Color } : null;
}

/** Target groups that rules forward to. */
export function targetGroupsOf(rules: readonly Rule[]): string[] {
  return [...new Set(rules.flatMap((rule) => forwardsOf(rule).map(({ arn }) => arn)))];
}

/** A listener's rules in their order, without the default one, as Teal plans them. */
export function readRules(rules: readonly Rule[], slots: ReadonlyMap<string, SlotTargets | null>): FoundRule[] {
  return rules
    .filter(({ IsDefault }) => IsDefault !== true)
    .toSorted((a, b) => Number(a.Priority) - Number(b.Priority))
    .map((rule) => readRule(rule, slots));
}

function readRule(rule: Rule, slots: ReadonlyMap<string, SlotTargets | null>): FoundRule {
  const { Conditions = [] } = rule;
  const forwards = forwardsOf(rule);
  const targets = forwards.map(({ arn, weight }) => ({ weight, slot: slots.get(arn) ?? null }));
  const namespaces = new Set(targets.map(({ slot }) => slot?.namespace));
  const [namespace] = namespaces.size === 1 ? namespaces : [];
  const header = Conditions.find(({ Field }) => Field === "http-header")?.HttpHeaderConfig;
  const source = Conditions.find(({ Field }) => Field === "source-ip")?.SourceIpConfig?.Values?.join(",");
  const weights = namespace === undefined ? [] : targets.map(({ slot, weight }) => [slot!.color, weight]);
  return {
    hosts: hostsOf(Conditions),
    ...(header && { header: { name: header.HttpHeaderName ?? "", value: header.Values?.join(",") ?? "" } }),
    ...(source !== undefined && { source }),
    action: namespace === undefined ? { status: statusOf(rule) } : { weights: Object.fromEntries(weights) },
    forwards,
    ...(namespace !== undefined && { namespace }),
  };
}

function hostsOf(conditions: readonly RuleCondition[]): string[] {
  const found = conditions.filter(({ Field }) => Field === "host-header");
  return found.flatMap(({ HostHeaderConfig, Values }) => HostHeaderConfig?.Values ?? Values ?? []);
}

const forward: ActionTypeEnum = "forward";

function forwardsOf({ Actions = [] }: Rule): { arn: string; weight: number }[] {
  const action = Actions.find(({ Type }) => Type === forward);
  if (!action) return [];
  const groups = action.ForwardConfig?.TargetGroups ?? [{ TargetGroupArn: action.TargetGroupArn, Weight: 1 }];
  return groups.flatMap(({ TargetGroupArn: arn, Weight = 1 }) => (arn ? [{ arn, weight: Weight }] : []));
}

/** 0: it answers nothing itself. */
function statusOf({ Actions = [] }: Rule): number {
  return Number(Actions.find(({ FixedResponseConfig }) => FixedResponseConfig)?.FixedResponseConfig?.StatusCode ?? 0);
}
