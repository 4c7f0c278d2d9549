import { albNeeds, albQuotas } from "../../model/routing.ts";
import type { PlatformConfig } from "../config/schema.ts";
import { nameOf } from "../control-plane/names.ts";
import { apiHost, namespaces, nobody, prefixOf } from "../names.ts";
import { isApiPublic } from "./plan.ts";

type Edge = Pick<PlatformConfig, "edge" | "controlPlane">;

/** Whether the load balancer itself splits tenants' traffic. */
export function splitsByAlb({ edge }: Pick<PlatformConfig, "edge">): boolean {
  return edge.routing === "alb-ingress";
}

/** What of the load balancer is left for tenants, beside Teal's own API: a rule that refuses, and where it is public one that forwards. */
export function roomForTenants(config: Edge): { targetGroups: number; rules: number; tenants: number } {
  const own = isApiPublic(config) ? 1 : 0;
  const room = { targetGroups: albQuotas.targetGroups - own, rules: config.edge.rules - 1 - own };
  const each = albNeeds(1);
  const tenants = Math.min(Math.floor(room.targetGroups / each.targetGroups), Math.floor(room.rules / each.rules));
  return { ...room, tenants };
}

/** Tags by which the controller knows what is its to keep: it then makes none of its own. `what`: its name for it. */
export function adopted<Name>(config: Pick<PlatformConfig, "environment">, clusterName: Name, what: string) {
  return {
    "elbv2.k8s.aws/cluster": clusterName,
    "ingress.k8s.aws/stack": prefixOf(config.environment),
    "ingress.k8s.aws/resource": what,
  };
}

/** Classes of Ingresses: tenants' and the platform's own, each for its namespaces only. All are of one group, that is, one load balancer. */
export const ingressClasses = {
  tenants: { name: "teal-tenants", selector: { key: "teal.dev/tenant", operator: "Exists" } },
  own: {
    name: "teal-edge",
    selector: { key: "kubernetes.io/metadata.name", operator: "In", values: [namespaces.teal] },
  },
} as const;
export type ClassName = keyof typeof ingressClasses;

const labels = { "app.kubernetes.io/managed-by": "pulumi" };

export function ingressClass(which: ClassName) {
  const { name } = ingressClasses[which];
  return {
    metadata: { name, labels },
    spec: {
      controller: "ingress.k8s.aws/alb",
      parameters: { apiGroup: "elbv2.k8s.aws", kind: "IngressClassParams", name },
    },
  };
}

export interface ParamsPlan<Text> {
  config: PlatformConfig;
  subnets: Text;
  /** The default one first. */
  certificates: Text;
}

/** What the controller is told of the load balancer is what it is, so that there is nothing for it to change. */
export function ingressClassParams<Text>(which: ClassName, { config, subnets, certificates }: ParamsPlan<Text>) {
  const { name, selector } = ingressClasses[which];
  return {
    apiVersion: "elbv2.k8s.aws/v1beta1",
    kind: "IngressClassParams",
    metadata: { name, labels },
    spec: {
      namespaceSelector: { matchExpressions: [selector] },
      group: { name: prefixOf(config.environment) },
      loadBalancerName: prefixOf(config.environment),
      scheme: "internet-facing",
      ipAddressType: "ipv4",
      subnets: { ids: subnets },
      targetType: "ip",
      sslPolicy,
      certificateArn: certificates,
    },
  };
}

export const sslPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06";

const alb = "alb.ingress.kubernetes.io";
const action = (name: string) => ({ service: { name, port: { name: "use-annotation" } } });
const fixed = ({ contentType, statusCode, messageBody }: typeof nobody) =>
  JSON.stringify({ type: "fixed-response", fixedResponseConfig: { contentType, statusCode, messageBody } });
const refusal = { contentType: "text/plain", statusCode: "403", messageBody: "Not from here.\n" };

/**
 * The platform's own Ingress: who has no route is told so, and Teal's API is for those who may and nobody else, whichever tenant has
 * its host name. Its rules come first. While it is there the group is never empty, and says whose security group it is.
 */
export function ownIngress<Text>(config: PlatformConfig, securityGroup: Text) {
  const isPublic = isApiPublic(config);
  const host = apiHost(config.domain.name);
  const rule = (name: string) => ({
    host,
    http: { paths: [{ path: "/", pathType: "Prefix", backend: action(name) }] },
  });
  const from = [{ field: "source-ip", sourceIpConfig: { values: config.controlPlane.allowedCidrs } }];
  const server = { serviceName: nameOf("server"), servicePort: 80, weight: 1 };
  const forward = JSON.stringify({ type: "forward", forwardConfig: { targetGroups: [server] } });
  return {
    metadata: {
      name: "teal",
      namespace: namespaces.teal,
      labels,
      annotations: {
        // Pulumi would wait for an address, and there may be nobody to give it one yet.
        "pulumi.com/skipAwait": "true",
        [`${alb}/group.order`]: "-1000",
        [`${alb}/security-groups`]: securityGroup,
        [`${alb}/listen-ports`]: JSON.stringify([{ HTTPS: 443 }]),
        [`${alb}/healthcheck-path`]: "/readyz",
        [`${alb}/actions.nobody`]: fixed(nobody),
        [`${alb}/actions.api-refused`]: fixed(refusal),
        ...(isPublic && { [`${alb}/actions.api`]: forward, [`${alb}/conditions.api`]: JSON.stringify(from) }),
      },
    },
    spec: {
      ingressClassName: ingressClasses.own.name,
      defaultBackend: action("nobody"),
      rules: [...(isPublic ? [rule("api")] : []), rule("api-refused")],
    },
  };
}
