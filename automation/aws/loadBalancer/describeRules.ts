import {
  paginateDescribeRules,
  type ElasticLoadBalancingV2Client,
  type Rule,
} from "@aws-sdk/client-elastic-load-balancing-v2";

/** All rules of a listener, the default one among them. */
export async function describeRules(client: ElasticLoadBalancingV2Client, listener: string): Promise<Rule[]> {
  const rules: Rule[] = [];
  for await (const page of paginateDescribeRules({ client }, { ListenerArn: listener }))
    rules.push(...(page.Rules ?? []));
  return rules;
}
