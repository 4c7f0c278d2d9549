import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { app } from "../../../tenant/plan/names.ts";
import { orNull, type Cluster } from "../../probes/cluster.ts";
import type { Routes } from "../../probes/routes.ts";
import { openClient as openAwsClient } from "../clients.ts";
import { awsKinds, explain, type Concern } from "../errors.ts";
import { namespacesIn, notFollowed, splitIn } from "./compare.ts";
import { describeRules } from "./describeRules.ts";
import { describeTags } from "./describeTags.ts";
import { describeTargetHealth } from "./describeTargetHealth.ts";
import { rulesWanted } from "./ingress.ts";
import { readRules, slotIn, targetGroupsOf, type FoundRule, type SlotTargets } from "./rules.ts";

/** Where the API server has Ingresses. */
const ingresses = { group: "networking.k8s.io", version: "v1", plural: "ingresses" } as const;
/** How long what was read is as good as new, ms: AWS counts calls. */
const freshMs = 1000;

/** What the region's service is asked by; where from and as whom, the SDK reads from its own environment variables. */
export function openClient(listener: string): ElasticLoadBalancingV2Client {
  return openAwsClient(ElasticLoadBalancingV2Client, { region: listener.split(":")[3]! });
}

/**
 * A load balancer that splits by rules, which the controller makes of Ingresses. It says itself what rules it has, and whether it
 * has found the pods healthy that they lead to: until then they get no request. Throws `load_balancer_unreadable`.
 */
export function albRoutes(client: ElasticLoadBalancingV2Client, listener: string, cluster: Cluster): Routes {
  // Whose a target group is never changes.
  const slots = new Map<string, SlotTargets | null>();
  const read = async (): Promise<FoundRule[]> => {
    const rules = await describeRules(client, listener);
    const unknown = targetGroupsOf(rules).filter((arn) => !slots.has(arn));
    for (const [arn, tags] of await describeTags(client, unknown)) slots.set(arn, slotIn(tags));
    return readRules(rules, slots);
  };
  let latest: { at: number; rules: Promise<FoundRule[]> } | undefined;
  const rules = async () => {
    if (!latest || Date.now() - latest.at > freshMs) latest = { at: Date.now(), rules: read() };
    return await asked(latest.rules);
  };
  return {
    routing: "alb-ingress",
    split: async (namespace) => splitIn(await rules(), namespace),
    splits: async () => {
      const found = await rules();
      return new Map(namespacesIn(found).map((namespace) => [namespace, splitIn(found, namespace)]));
    },
    inForce: async (namespace) => {
      const ingress = await orNull(cluster.custom.getNamespacedCustomObject({ ...ingresses, namespace, name: app }));
      if (ingress === null) return { inForce: false, why: "the Ingress is not in the cluster" };
      const found = await rules();
      const why = notFollowed(rulesWanted(ingress), found) ?? (await asked(unwell(client, found, namespace)));
      return { inForce: why === undefined, why: why ?? "" };
    },
  };
}

/** Why pods that are to get requests would not get them yet; undefined where they would. */
async function unwell(
  client: ElasticLoadBalancingV2Client,
  rules: readonly FoundRule[],
  namespace: string,
): Promise<string | undefined> {
  const own = rules.filter((rule) => rule.namespace === namespace && rule.source === undefined);
  const led = own.flatMap(({ forwards }) => forwards.filter(({ weight }) => weight > 0).map(({ arn }) => arn));
  for (const arn of new Set(led)) {
    const { healthy, others, why } = await describeTargetHealth(client, arn);
    if (healthy === 0 || others > 0)
      return `the load balancer finds ${healthy} of ${healthy + others} pods healthy${why && ` (${why})`}`;
  }
  return undefined;
}

const reading: Concern = {
  what: { denied: "Give Teal's role the rights elasticloadbalancing:Describe… (docs/aws.md)." },
  codes: Object.fromEntries(awsKinds.map(({ kind }) => [kind, "load_balancer_unreadable"])),
  // Traffic stays as it is meanwhile.
  patient: true,
};

async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw explain(reading, "what its load balancer does", error, { cause: "platform", retriable: true });
  }
}
