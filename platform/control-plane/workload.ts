import type { PlatformConfig } from "../config/schema.ts";
import {
  dataDirectory,
  kubeconfigMap,
  labelsOf,
  metricsPort,
  nameOf,
  namespace,
  port,
  secret,
  selectorOf,
  serviceAccount,
  type Part,
} from "./names.ts";
import { settings } from "./settings.ts";

export interface WorkloadPlan<Text> {
  config: PlatformConfig;
  part: Part;
  backendUrl: Text;
  deploymentTable: Text;
  backupBucket: Text | undefined;
  loadBalancer: { url: Text; listener: Text; listeners: Text };
  /** Changes when the settings that come from the Secret do, so that pods are made anew. */
  revision: Text;
}

const user = 10_001;
/** Per pod. Workers run Pulumi: a program and a provider per stack operation at once. */
const resources = {
  server: { requests: { cpu: "100m", memory: "384Mi" }, limits: { memory: "768Mi" } },
  worker: { requests: { cpu: "500m", memory: "1Gi" }, limits: { memory: "3Gi" } },
};

/** Deployment of one part of Teal. */
export function deployment<Text>(plan: WorkloadPlan<Text>) {
  const { part, revision } = plan;
  return {
    metadata: { name: nameOf(part), namespace, labels: labelsOf(part) },
    spec: {
      selector: { matchLabels: selectorOf(part) },
      revisionHistoryLimit: 3,
      strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      template: {
        metadata: { labels: labelsOf(part), annotations: { "teal.dev/secrets": revision } },
        spec: podSpec(plan),
      },
    },
  };
}

function podSpec<Text>(plan: WorkloadPlan<Text>) {
  const { part } = plan;
  return {
    serviceAccountName: serviceAccount,
    // Off for the account as such; Teal itself is who is to have its token.
    automountServiceAccountToken: true,
    enableServiceLinks: false,
    // A worker ends the stack operations under way first; what it can't, another one takes up.
    terminationGracePeriodSeconds: part === "worker" ? 300 : 30,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: user,
      runAsGroup: user,
      fsGroup: user,
      seccompProfile: { type: "RuntimeDefault" },
    },
    topologySpreadConstraints: ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
      topologyKey,
      maxSkew: 1,
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector: { matchLabels: selectorOf(part) },
    })),
    containers: [container(plan)],
    volumes: [
      { name: "data", emptyDir: { sizeLimit: "4Gi" } },
      { name: "tmp", emptyDir: { sizeLimit: "1Gi" } },
      { name: "kubeconfig", configMap: { name: kubeconfigMap } },
    ],
  };
}

function container<Text>(plan: WorkloadPlan<Text>) {
  const { config, part } = plan;
  const env = Object.entries(settings(plan)).map(([name, value]) => ({ name, value }));
  return {
    name: "teal",
    image: config.controlPlane.image,
    env,
    envFrom: [{ secretRef: { name: secret } }],
    resources: resources[part],
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    volumeMounts: [
      { name: "data", mountPath: dataDirectory },
      { name: "tmp", mountPath: "/tmp" },
      { name: "kubeconfig", mountPath: "/etc/teal/kubeconfig", readOnly: true },
    ],
    // A worker gives figures and serves nothing else: one that fails ends, and is started again.
    ...(part === "server" ? probes : { ports: [{ name: "metrics", containerPort: metricsPort, protocol: "TCP" }] }),
  };
}

const asked = (path: string) => ({ httpGet: { path, port: "http", scheme: "HTTP" } });
const probes = {
  ports: [{ name: "http", containerPort: port, protocol: "TCP" }],
  startupProbe: { ...asked("/healthz"), periodSeconds: 2, failureThreshold: 60 },
  livenessProbe: { ...asked("/healthz"), periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
  readinessProbe: { ...asked("/readyz"), periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 2 },
  lifecycle: { preStop: { sleep: { seconds: 5 } } },
};

/** More pods as they have more to do. A Deployment's count is this one's to say. */
export function autoscaler({ controlPlane }: PlatformConfig, part: Part) {
  const { min, max } = controlPlane[part];
  const cpu = { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } };
  return {
    metadata: { name: nameOf(part), namespace, labels: labelsOf(part) },
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: nameOf(part) },
      minReplicas: min,
      maxReplicas: max,
      metrics: [{ type: "Resource", resource: cpu }],
      behavior: { scaleDown: { stabilizationWindowSeconds: 600 } },
    },
  };
}

export function disruptionBudget(part: Part) {
  return {
    metadata: { name: nameOf(part), namespace, labels: labelsOf(part) },
    spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow", selector: { matchLabels: selectorOf(part) } },
  };
}

export function service() {
  return {
    metadata: { name: nameOf("server"), namespace, labels: labelsOf("server") },
    spec: {
      type: "ClusterIP",
      selector: selectorOf("server"),
      ports: [{ name: "http", port: 80, targetPort: "http", protocol: "TCP" }],
    },
  };
}
