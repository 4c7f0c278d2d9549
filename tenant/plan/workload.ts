import type { Color } from "../../model/color.ts";
import type { SlotSpec, TenantSpec } from "../spec.ts";
import { componentLabels, selector, type Component } from "./labels.ts";
import { app, dataClaim, portName, servicePort, slotNames } from "./names.ts";
import { surge } from "./quota.ts";
import { resources, webReplicas } from "./tiers.ts";

/** User and group of all containers. */
const user = 10001;

/** Deployment spec of the component that gets requests. */
export function webSpec(tenant: TenantSpec, color: Color, slot: SlotSpec) {
  const { command, port, healthPath } = slot.web;
  const container = {
    ...baseContainer(tenant, color, slot, "web"),
    ...(command && { command }),
    ports: [{ name: portName, containerPort: port, protocol: "TCP" }],
    readinessProbe: {
      httpGet: { path: healthPath, port: portName, scheme: "HTTP" },
      periodSeconds: 1,
      timeoutSeconds: 1,
      successThreshold: 1,
      failureThreshold: 2,
    },
    // Slow to act, so that a busy pod loses its traffic (readiness) long before it loses its life.
    livenessProbe: {
      httpGet: { path: healthPath, port: portName, scheme: "HTTP" },
      initialDelaySeconds: 30,
      periodSeconds: 10,
      timeoutSeconds: 5,
      failureThreshold: 6,
    },
    // Endpoints are taken out of gateways a moment after a pod is told to stop.
    lifecycle: { preStop: { sleep: { seconds: leavingSeconds(tenant) } } },
  };
  return deployment(tenant, color, slot, "web", webReplicas(tenant, slot), container);
}

/** How long requests may still come to a pod that is told to stop. A load balancer hears of it by its controller. */
function leavingSeconds({ routing }: TenantSpec): number {
  return routing ? 20 : 5;
}

/** Deployment spec of workers and schedulers. */
export function backgroundSpec(tenant: TenantSpec, color: Color, slot: SlotSpec) {
  const { command, replicas } = slot.background!;
  const container = {
    ...baseContainer(tenant, color, slot, "background"),
    ...(command ? { command } : { args: ["background"] }),
  };
  const wanted = tenant.suspended === "stopped" || slot.scale === "none" ? 0 : replicas;
  return deployment(tenant, color, slot, "background", wanted, container);
}

/** Whether the color runs its release's background component. */
export function hasBackground(tenant: TenantSpec, color: Color): boolean {
  return tenant.background === color && tenant[color]?.background !== undefined;
}

export function serviceSpec(color: Color) {
  return {
    type: "ClusterIP",
    selector: selector(color, "web"),
    ports: [{ name: portName, port: servicePort, targetPort: portName, protocol: "TCP" }],
  };
}

/** One pod at a time may be evicted: with one replica that is an outage, but never a node that can't be drained. */
export function disruptionBudgetSpec(color: Color) {
  return {
    maxUnavailable: 1,
    unhealthyPodEvictionPolicy: "AlwaysAllow",
    selector: { matchLabels: selector(color, "web") },
  };
}

/** What all containers of a slot have alike; `component` names the one that is made of it. */
export function baseContainer(tenant: TenantSpec, color: Color, slot: SlotSpec, component: Component) {
  const names = slotNames(color);
  const own: Record<string, string> = {
    TEAL_TENANT: tenant.id,
    TEAL_ENVIRONMENT: tenant.environment,
    TEAL_COLOR: color,
    TEAL_VERSION: slot.release,
    TEAL_COMPONENT: component,
    PORT: `${slot.web.port}`,
    ...(slot.volume && { TEAL_DATA_DIR: slot.volume.path }),
  };
  return {
    name: component,
    image: slot.image,
    imagePullPolicy: "IfNotPresent",
    // These win over the tenant's own of the same name.
    env: Object.entries(own).map(([name, value]) => ({ name, value })),
    envFrom: [{ configMapRef: { name: names.config } }, { secretRef: { name: names.secrets } }],
    resources: resources(slot.tier),
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    volumeMounts: [
      { name: "tmp", mountPath: "/tmp" },
      ...(slot.volume ? [{ name: dataClaim, mountPath: slot.volume.path }] : []),
    ],
  };
}

function deployment(
  tenant: TenantSpec,
  color: Color,
  slot: SlotSpec,
  component: Component,
  replicas: number,
  container: ReturnType<typeof baseContainer>,
) {
  const matchLabels = selector(color, component);
  return {
    replicas,
    revisionHistoryLimit: 2,
    progressDeadlineSeconds: 600,
    selector: { matchLabels },
    strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: surge } },
    template: {
      metadata: {
        labels: componentLabels(tenant, color, component, slot.release),
        // Settings reach pods by environment only: a new revision must roll them.
        annotations: {
          "teal.dev/revision": `${slot.revision}`,
          ...(slot.restarts !== undefined && { "teal.dev/restarts": `${slot.restarts}` }),
        },
      },
      spec: {
        ...podBase(slot),
        // What is left of it for requests under way is the same.
        ...(component === "web" && tenant.routing && { terminationGracePeriodSeconds: 25 + leavingSeconds(tenant) }),
        topologySpreadConstraints: ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
          topologyKey,
          maxSkew: 1,
          whenUnsatisfiable: "ScheduleAnyway",
          labelSelector: { matchLabels },
        })),
        containers: [container],
      },
    },
  };
}

/** What all pods of a slot have alike, but for their containers. */
export function podBase({ volume }: Pick<SlotSpec, "volume">) {
  return {
    serviceAccountName: app,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: 30,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: user,
      runAsGroup: user,
      // A volume is the group's to write.
      ...(volume && { fsGroup: user }),
      seccompProfile: { type: "RuntimeDefault" },
    },
    volumes: [
      { name: "tmp", emptyDir: { sizeLimit: "64Mi" } },
      ...(volume ? [{ name: dataClaim, persistentVolumeClaim: { claimName: dataClaim } }] : []),
    ],
  };
}
