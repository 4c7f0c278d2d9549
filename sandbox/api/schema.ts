import type { Kind } from "./kinds.ts";

/**
 * How a value merges. Without any of these: objects merge field by field, everything else is replaced as a whole.
 * Taken from the `x-kubernetes-list-type`, `-map-keys` and `-map-type` marks of the published API.
 */
export interface Shape {
  /** Replaced as a whole, though it is an object. */
  atomic?: true;
  /** A list whose items are told apart by these fields. */
  keys?: readonly string[];
  /** A list without order or repetition. */
  set?: true;
  item?: Shape;
  fields?: Readonly<Record<string, Shape>>;
}

export const plain: Shape = {};
const atomic: Shape = { atomic: true };
const fields = (of: Record<string, Shape>): Shape => ({ fields: of });
const keyed = (keys: string[], item: Shape = plain): Shape => ({ keys, item });
const conditions = keyed(["type"]);

/** Values that a key field has when it is left out. */
export const keyDefaults: Readonly<Record<string, string>> = { protocol: "TCP" };

const container = fields({
  ports: keyed(["containerPort", "protocol"]),
  env: keyed(
    ["name"],
    fields({
      valueFrom: fields({
        configMapKeyRef: atomic,
        fieldRef: atomic,
        resourceFieldRef: atomic,
        secretKeyRef: atomic,
      }),
    }),
  ),
  volumeMounts: keyed(["mountPath"]),
  volumeDevices: keyed(["devicePath"]),
  resources: fields({ claims: keyed(["name"]) }),
});

const podSpec = fields({
  containers: keyed(["name"], container),
  initContainers: keyed(["name"], container),
  ephemeralContainers: keyed(["name"], container),
  volumes: keyed(["name"]),
  imagePullSecrets: keyed(["name"]),
  hostAliases: keyed(["ip"]),
  topologySpreadConstraints: keyed(["topologyKey", "whenUnsatisfiable"], fields({ labelSelector: atomic })),
  schedulingGates: keyed(["name"]),
  nodeSelector: atomic,
});

const metadata = fields({ ownerReferences: keyed(["uid"]), finalizers: { set: true } });
const template = fields({ metadata, spec: podSpec });
const workload = {
  spec: fields({ selector: atomic, template }),
  status: fields({ conditions }),
};

const byKind: Record<string, Record<string, Shape>> = {
  Pod: { spec: podSpec, status: fields({ conditions, podIPs: keyed(["ip"]) }) },
  Node: {
    spec: fields({ podCIDRs: { set: true } }),
    status: fields({ conditions, addresses: keyed(["type"]) }),
  },
  Namespace: { status: fields({ conditions }) },
  Service: {
    spec: fields({ ports: keyed(["port", "protocol"]), selector: atomic }),
    status: fields({ conditions }),
  },
  ServiceAccount: { secrets: keyed(["name"]) },
  ResourceQuota: { spec: fields({ scopeSelector: atomic }) },
  PersistentVolumeClaim: { spec: fields({ selector: atomic, dataSource: atomic }), status: fields({ conditions }) },
  Deployment: workload,
  ReplicaSet: workload,
  Job: workload,
  PodDisruptionBudget: { spec: fields({ selector: atomic }), status: fields({ conditions }) },
  NetworkPolicy: { spec: fields({ podSelector: atomic }) },
  RoleBinding: { roleRef: atomic },
  ClusterRoleBinding: { roleRef: atomic },
  Endpoints: {},
  Event: { involvedObject: atomic, related: atomic },
  HorizontalPodAutoscaler: { spec: fields({ scaleTargetRef: atomic }), status: fields({ conditions }) },
  GatewayClass: { status: fields({ conditions }) },
  Gateway: {
    spec: fields({ listeners: keyed(["name"]) }),
    status: fields({ conditions, listeners: keyed(["name"], fields({ conditions })) }),
  },
};

const shapes = new Map<string, Shape>();

export function shapeOf(kind: Kind): Shape {
  let shape = shapes.get(kind.kind);
  if (shape === undefined) shapes.set(kind.kind, (shape = fields({ metadata, ...byKind[kind.kind] })));
  return shape;
}

export function shapeAt(shape: Shape, field: string): Shape {
  return shape.fields?.[field] ?? plain;
}
