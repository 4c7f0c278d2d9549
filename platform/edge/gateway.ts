import { gateway, gatewayService, healthPath, namespaces, proxiesService, proxyLabels } from "../names.ts";

/** Annotation by which ExternalDNS learns where the host names of a Gateway's routes lead. */
export const targetAnnotation = "external-dns.alpha.kubernetes.io/target";

const group = "gateway.networking.k8s.io";
const labels = { "app.kubernetes.io/managed-by": "pulumi" };

export interface GatewayPlan {
  /** Pods of the proxy. */
  min: number;
  max: number;
}

/** Envoy's proxies: how many, what they log, and one set of figures per Service, so that each color has its own. */
export function envoyProxy({ min, max }: GatewayPlan) {
  return {
    apiVersion: "gateway.envoyproxy.io/v1alpha1",
    kind: "EnvoyProxy",
    metadata: { name: gateway.name, namespace: gateway.namespace, labels },
    spec: {
      // A cluster per Service instead of one per rule: `service/<namespace>/<color>/80/http` in its metrics.
      mergeBackends: {},
      telemetry: { accessLog: { settings: [{ format: { type: "JSON", json: accessLog }, sinks: [stdout] }] } },
      shutdown: { drainTimeout: "60s", minDrainDuration: "15s" },
      provider: {
        type: "Kubernetes",
        kubernetes: {
          envoyDeployment: { pod: { topologySpreadConstraints: spread }, container: { resources } },
          envoyService: { name: gatewayService.name, type: "ClusterIP" },
          envoyHpa: { minReplicas: min, maxReplicas: max, metrics: [cpu] },
          envoyPDB: { maxUnavailable: 1 },
        },
      },
    },
  };
}

const stdout = { type: "File", file: { path: "/dev/stdout" } };
/** One line per request. Neither query nor headers but the address: they may hold secrets. */
const accessLog = {
  time: "%START_TIME%",
  method: "%REQ(:METHOD)%",
  path: "%REQ_WITHOUT_QUERY(:PATH)%",
  host: "%REQ(:AUTHORITY)%",
  status: "%RESPONSE_CODE%",
  flags: "%RESPONSE_FLAGS%",
  milliseconds: "%DURATION%",
  upstream: "%UPSTREAM_CLUSTER%",
  address: "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%",
  request: "%REQ(X-REQUEST-ID)%",
};
const resources = { requests: { cpu: "250m", memory: "256Mi" }, limits: { memory: "1Gi" } };
const cpu = { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 60 } } };
const spread = [
  {
    topologyKey: "topology.kubernetes.io/zone",
    maxSkew: 1,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: proxyLabels },
  },
];

export function gatewayClass() {
  const parametersRef = {
    group: "gateway.envoyproxy.io",
    kind: "EnvoyProxy",
    name: gateway.name,
    namespace: gateway.namespace,
  };
  return {
    apiVersion: `${group}/v1`,
    kind: "GatewayClass",
    metadata: { name: gateway.className, labels },
    spec: { controllerName: "gateway.envoyproxy.io/gatewayclass-controller", parametersRef },
  };
}

/** Namespaces whose routes may attach: tenants', and Teal's own for the host name of its API. */
const tenants = { key: "teal.dev/tenant", operator: "Exists" };
const ours = { key: "kubernetes.io/metadata.name", operator: "In", values: [namespaces.teal] };

function listener(name: string, from: object) {
  return {
    name,
    port: gatewayService.port,
    protocol: "HTTP",
    allowedRoutes: { namespaces: { from: "Selector", selector: { matchExpressions: [from] } } },
  };
}

/** The Gateway, whose host names lead to the load balancer `target`, where TLS ends. `api`: host name of Teal's own API. */
export function gatewayObject<Target>(target: Target, api: string) {
  return {
    apiVersion: `${group}/v1`,
    kind: "Gateway",
    metadata: { name: gateway.name, namespace: gateway.namespace, labels, annotations: { [targetAnnotation]: target } },
    spec: {
      gatewayClassName: gateway.className,
      listeners: [listener("tenants", tenants), { ...listener("api", ours), hostname: api }],
    },
  };
}

/** Whose address a request is of (the load balancer is one hop), and that the proxies answer health checks themselves. */
export function clientTrafficPolicy() {
  return {
    apiVersion: "gateway.envoyproxy.io/v1alpha1",
    kind: "ClientTrafficPolicy",
    metadata: { name: gateway.name, namespace: gateway.namespace, labels },
    spec: {
      targetRefs: [{ group, kind: "Gateway", name: gateway.name }],
      clientIPDetection: { xForwardedFor: { numTrustedHops: 1 } },
      healthCheck: { path: healthPath },
      // Longer than the load balancer's, which would otherwise send a request down a connection that just ends.
      timeout: { http: { idleTimeout: "75s" } },
    },
  };
}

/** What makes pods behind the Gateway's Service targets of the load balancer. It changes no security group. */
export function targetGroupBinding<Arn>(targetGroupARN: Arn) {
  return {
    apiVersion: "elbv2.k8s.aws/v1beta1",
    kind: "TargetGroupBinding",
    metadata: { name: gateway.name, namespace: gateway.namespace, labels },
    spec: { serviceRef: { name: gatewayService.name, port: gatewayService.port }, targetGroupARN, targetType: "ip" },
  };
}

/** Where Teal reads what each proxy has counted. */
export function proxiesObject() {
  const port = gatewayService.metricsPort;
  return {
    metadata: { name: proxiesService, namespace: gateway.namespace, labels },
    spec: {
      type: "ClusterIP",
      clusterIP: "None",
      selector: proxyLabels,
      ports: [{ name: "metrics", port, targetPort: port, protocol: "TCP" }],
    },
  };
}
