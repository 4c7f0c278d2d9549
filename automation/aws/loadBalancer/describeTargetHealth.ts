import {
  DescribeTargetHealthCommand,
  TargetHealthStateEnum,
  type ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";

/** Pods of a target group by how the load balancer finds them; those that are leaving don't count. */
export interface TargetHealth {
  healthy: number;
  others: number;
  /** Why one of the others is not healthy; empty where there are none. */
  why: string;
}

export async function describeTargetHealth(
  client: ElasticLoadBalancingV2Client,
  targetGroup: string,
): Promise<TargetHealth> {
  const { TargetHealthDescriptions = [] } = await client.send(
    new DescribeTargetHealthCommand({ TargetGroupArn: targetGroup }),
  );
  const states = TargetHealthDescriptions.flatMap(({ TargetHealth: health }) => health ?? []);
  const staying = states.filter(({ State }) => State !== TargetHealthStateEnum.DRAINING);
  const others = staying.filter(({ State }) => State !== TargetHealthStateEnum.HEALTHY);
  const [first] = others;
  const why = first ? `${first.State ?? "unknown"}${first.Description ? `: ${first.Description}` : ""}` : "";
  return { healthy: staying.length - others.length, others: others.length, why };
}
