import type { Color } from "../../model/color.ts";
import type { SlotSpec, TenantSpec } from "../spec.ts";
import { albRules, type PlannedRule } from "./albRules.ts";
import { servicePort, slotNames } from "./names.ts";

/** What the AWS Load Balancer Controller reads: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/ */
export const albPrefix = "alb.ingress.kubernetes.io";
/** Port by which a backend of an Ingress says that it is an action among the annotations. */
const useAnnotation = "use-annotation";

/** Label of a namespace in which pods count as ready only once the load balancer has found them healthy. */
export const readinessGate = { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" };

/** Annotations of the Ingress: how pods are reached and looked at, and each rule's conditions and action. They hold the preview's token. */
export function ingressAnnotations(spec: TenantSpec): Record<string, string> {
  const own = Object.entries({
    "target-type": "ip",
    "listen-ports": JSON.stringify([{ HTTPS: 443 }]),
    "healthcheck-interval-seconds": "5",
    "healthcheck-timeout-seconds": "2",
    "healthy-threshold-count": "2",
    "unhealthy-threshold-count": "2",
    "success-codes": "200-399",
    "target-group-attributes": "deregistration_delay.timeout_seconds=30",
    ...Object.fromEntries(albRules(spec).flatMap(ruleAnnotations)),
  });
  return Object.fromEntries(own.map(([name, value]) => [`${albPrefix}/${name}`, value]));
}

/** Annotations of a slot's Service: where its release says whether it is well. */
export function targetAnnotations({ web }: Pick<SlotSpec, "web">): Record<string, string> {
  return { [`${albPrefix}/healthcheck-path`]: web.healthPath };
}

/** Spec of the Ingress. Its rules are in the order in which the load balancer is to have them. */
export function ingressSpec(spec: TenantSpec, ingressClassName: string) {
  return {
    ingressClassName,
    rules: albRules(spec).map(({ name, hosts }) => ({
      host: hosts[0]!,
      http: {
        paths: [{ path: "/", pathType: "Prefix", backend: { service: { name, port: { name: useAnnotation } } } }],
      },
    })),
  };
}

function ruleAnnotations(rule: PlannedRule): [string, string][] {
  const conditions = conditionsOf(rule);
  return [
    [`actions.${rule.name}`, JSON.stringify(actionOf(rule))],
    ...(conditions.length > 0
      ? [[`conditions.${rule.name}`, JSON.stringify(conditions)] satisfies [string, string]]
      : []),
  ];
}

/** Besides path and first host name, which are in the Ingress's spec. */
function conditionsOf({ hosts, header, source }: PlannedRule) {
  const others = hosts.slice(1);
  return [
    ...(others.length > 0 ? [{ field: "host-header", hostHeaderConfig: { values: others } }] : []),
    ...(header
      ? [{ field: "http-header", httpHeaderConfig: { httpHeaderName: header.name, values: [header.value] } }]
      : []),
    ...(source ? [{ field: "source-ip", sourceIpConfig: { values: [source] } }] : []),
  ];
}

function actionOf({ action, text = "" }: PlannedRule) {
  if ("status" in action) {
    const fixedResponseConfig = { contentType: "text/plain", statusCode: String(action.status), messageBody: text };
    return { type: "fixed-response", fixedResponseConfig };
  }
  const targetGroups = Object.entries(action.weights).map(([color, weight]) => ({
    serviceName: slotNames(color as Color).service,
    servicePort,
    weight,
  }));
  return { type: "forward", forwardConfig: { targetGroups } };
}
