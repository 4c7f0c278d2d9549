import { albQuotas } from "../model/routing.ts";
import type { Settings } from "./settings.ts";

/** What doesn't go with TEAL_ROUTING=alb-ingress, or without it; a line per problem. */
export function albProblems(s: Settings): string[] {
  const since = `since TEAL_ROUTING=${s.TEAL_ROUTING}`;
  if (s.TEAL_ROUTING === "gateway") {
    const alone = (["TEAL_ALB_LISTENER", "TEAL_ALB_CIDRS"] as const).filter((name) => s[name] !== undefined);
    return alone.map((name) => `${name}: expected none, ${since}.`);
  }
  const problems: string[] = [];
  if (s.TEAL_TARGET !== "aws")
    return [
      `TEAL_ROUTING: expected gateway, since TEAL_TARGET=${s.TEAL_TARGET} has no load balancer of AWS's, got alb-ingress.`,
    ];
  for (const name of ["TEAL_ALB_LISTENER", "TEAL_ALB_CIDRS", "TEAL_GATEWAY_URL"] as const)
    if (s[name] === undefined) problems.push(`${name}: expected a value, ${since}.`);
  if (s.TEAL_GATEWAY_URL !== undefined && !s.TEAL_GATEWAY_URL.startsWith("https:"))
    problems.push(`TEAL_GATEWAY_URL: expected https://…, ${since}, got ${s.TEAL_GATEWAY_URL}.`);
  if (s.TEAL_GATEWAY_METRICS !== undefined)
    problems.push(`TEAL_GATEWAY_METRICS: expected none, ${since}: a load balancer gives no such figures.`);
  if (s.TEAL_HTTPS_LISTENERS !== undefined)
    problems.push(
      `TEAL_HTTPS_LISTENERS: expected none, ${since}: its controller takes certificates off the listener that it did not put there itself.`,
    );
  if (s.TEAL_GATEWAY_AFFINITY === "cookie")
    problems.push(
      `TEAL_GATEWAY_AFFINITY: expected none, ${since}: its sticky sessions stay where they are whatever the weights, so that no rollback would move them.`,
    );
  if (s.TEAL_ALB_TARGET_GROUPS > albQuotas.targetGroups)
    problems.push(
      `TEAL_ALB_TARGET_GROUPS: expected at most ${albQuotas.targetGroups}, which AWS raises for nobody, got ${s.TEAL_ALB_TARGET_GROUPS}.`,
    );
  return problems;
}
