import type { Site } from "../automation/render.ts";
import { dataSiteOf } from "./dataSite.ts";
import type { Settings } from "./settings.ts";

/** What every tenant of this installation has in common, and the URLs that follow from it. */
export function siteOf(
  settings: Settings,
  gatewayUrl: string,
): Site & { urlOf(environment: string, tenant: string): string } {
  const [namespace, name] = settings.TEAL_GATEWAY.split("/") as [string, string];
  const context = settings.TEAL_KUBE_CONTEXT;
  const data = dataSiteOf(settings);
  const { TEAL_ROUTING: kind, TEAL_INGRESS_CLASS, TEAL_ALB_CIDRS: cidrs = [] } = settings;
  const hostOf = (environment: string, tenant: string) => `${tenant}.${environment}.${settings.TEAL_DOMAIN}`;
  return {
    gateway: { namespace, name },
    ...(kind === "alb-ingress" && { routing: { kind, class: TEAL_INGRESS_CLASS, cidrs } }),
    // Another identifier would mean another cluster, in which everything is made anew: so the target's name, not an address.
    cluster: { ...(context && { context }), identifier: context ?? settings.TEAL_TARGET },
    ...(data && { data }),
    hostOf,
    urlOf(environment, tenant) {
      const url = new URL(gatewayUrl);
      url.hostname = hostOf(environment, tenant);
      return url.href;
    },
  };
}
