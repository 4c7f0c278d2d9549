import { isObject, type JsonObject, objectAt, objectsAt, textAt } from "./json.ts";
import type { KubeObject } from "./object.ts";

export interface Column {
  name: string;
  type?: "integer";
  /** Shown only in a wide table. */
  wide?: true;
  value(object: KubeObject): string | number;
}

const number = (value: unknown): number => (typeof value === "number" ? value : 0);
const specOf = (object: KubeObject): JsonObject => objectAt(object["spec"]);
const statusOf = (object: KubeObject): JsonObject => objectAt(object["status"]);
const keysOf = (value: unknown): number => (isObject(value) ? Object.keys(value).length : 0);
const joined = (values: unknown[]): string => values.filter((value) => value !== undefined).join(",") || "<none>";

/** How long ago, as kubectl writes it. */
export function age(since: string | undefined, now = Date.now()): string {
  if (since === undefined) return "<unknown>";
  const seconds = Math.max(0, Math.floor((now - Date.parse(since)) / 1000));
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) return seconds % 60 === 0 ? `${minutes}m` : `${minutes}m${seconds % 60}s`;
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 8) return minutes % 60 === 0 ? `${hours}h` : `${hours}h${minutes % 60}m`;
  if (hours < 48) return `${hours}h`;
  const days = Math.floor(hours / 24);
  return days < 8 && hours % 24 !== 0 ? `${days}d${hours % 24}h` : `${days}d`;
}

function column(name: string, value: Column["value"], extra: Partial<Column> = {}): Column {
  return { name, value, ...extra };
}

const ageColumn = column("Age", ({ metadata }) => age(metadata.creationTimestamp));
const status = (field: string) => (object: KubeObject) => number(statusOf(object)[field]);
const desired = (field: string) => (object: KubeObject) => number(specOf(object)[field]);

function condition(object: KubeObject, type: string): string {
  const found = objectsAt(statusOf(object)["conditions"]).find((item) => item["type"] === type);
  return textAt(found?.["status"]) ?? "Unknown";
}

function selector(object: KubeObject): string {
  const labels = specOf(object)["selector"];
  const pairs = objectAt(isObject(labels) && isObject(labels["matchLabels"]) ? labels["matchLabels"] : labels);
  return joined(Object.entries(pairs).map(([key, value]) => `${key}=${String(value)}`));
}

function podStatus(object: KubeObject): string {
  const own = statusOf(object);
  let shown = textAt(own["reason"]) ?? textAt(own["phase"]) ?? "Unknown";
  for (const container of objectsAt(own["containerStatuses"])) {
    const state = objectAt(container["state"]);
    const why = objectAt(state["waiting"])["reason"] ?? objectAt(state["terminated"])["reason"];
    if (typeof why === "string" && why !== "") shown = why;
  }
  return object.metadata.deletionTimestamp === undefined ? shown : "Terminating";
}

function podReady(object: KubeObject): string {
  const statuses = objectsAt(statusOf(object)["containerStatuses"]);
  const wanted = objectsAt(specOf(object)["containers"]).length;
  return `${statuses.filter((container) => container["ready"] === true).length}/${wanted}`;
}

function restarts(object: KubeObject): number {
  const counts = objectsAt(statusOf(object)["containerStatuses"]).map((container) => number(container["restartCount"]));
  return counts.reduce((sum, count) => sum + count, 0);
}

function servicePorts(object: KubeObject): string {
  return joined(
    objectsAt(specOf(object)["ports"]).map((port) => `${String(port["port"])}/${String(port["protocol"])}`),
  );
}

function eventObject(object: KubeObject): string {
  const about = objectAt(object["involvedObject"]);
  return `${String(about["kind"]).toLowerCase()}/${String(about["name"])}`;
}

function hostnames(object: KubeObject): string {
  const names = specOf(object)["hostnames"];
  return Array.isArray(names) && names.length > 0 ? JSON.stringify(names) : "";
}

/** The columns of a kind after its name, and before nothing: kinds that are not here show name and age. */
const byKind: Record<string, Column[]> = {
  Namespace: [column("Status", (object) => textAt(statusOf(object)["phase"]) ?? ""), ageColumn],
  Node: [
    column("Status", (object) => {
      const ready = { True: "Ready", False: "NotReady", Unknown: "NotReady" }[condition(object, "Ready")] ?? "Unknown";
      return specOf(object)["unschedulable"] === true ? `${ready},SchedulingDisabled` : ready;
    }),
    column("Roles", () => "<none>"),
    ageColumn,
    column("Version", (object) => textAt(objectAt(statusOf(object)["nodeInfo"])["kubeletVersion"]) ?? ""),
  ],
  Pod: [
    column("Ready", podReady),
    column("Status", podStatus),
    column("Restarts", restarts, { type: "integer" }),
    ageColumn,
    column("IP", (object) => textAt(statusOf(object)["podIP"]) ?? "<none>", { wide: true }),
    column("Node", (object) => textAt(specOf(object)["nodeName"]) ?? "<none>", { wide: true }),
  ],
  Service: [
    column("Type", (object) => textAt(specOf(object)["type"]) ?? ""),
    column("Cluster-IP", (object) => textAt(specOf(object)["clusterIP"]) ?? "<none>"),
    column("External-IP", () => "<none>"),
    column("Port(s)", servicePorts),
    ageColumn,
    column("Selector", selector, { wide: true }),
  ],
  ConfigMap: [column("Data", (object) => keysOf(object["data"]), { type: "integer" }), ageColumn],
  Secret: [
    column("Type", (object) => textAt(object["type"]) ?? ""),
    column("Data", (object) => keysOf(object["data"]), { type: "integer" }),
    ageColumn,
  ],
  Event: [
    column("Last Seen", (object) => age(textAt(object["lastTimestamp"]) ?? object.metadata.creationTimestamp)),
    column("Type", (object) => textAt(object["type"]) ?? ""),
    column("Reason", (object) => textAt(object["reason"]) ?? ""),
    column("Object", eventObject),
    column("Message", (object) => (textAt(object["message"]) ?? "").trim()),
  ],
  Deployment: [
    column("Ready", (object) => `${status("readyReplicas")(object)}/${desired("replicas")(object)}`),
    column("Up-to-date", status("updatedReplicas"), { type: "integer" }),
    column("Available", status("availableReplicas"), { type: "integer" }),
    ageColumn,
    column("Selector", selector, { wide: true }),
  ],
  ReplicaSet: [
    column("Desired", desired("replicas"), { type: "integer" }),
    column("Current", status("replicas"), { type: "integer" }),
    column("Ready", status("readyReplicas"), { type: "integer" }),
    ageColumn,
    column("Selector", selector, { wide: true }),
  ],
  Job: [
    column("Status", (object) => {
      const done = ["Complete", "Failed"].find((type) => condition(object, type) === "True");
      return done ?? (specOf(object)["suspend"] === true ? "Suspended" : "Running");
    }),
    column("Completions", (object) => `${status("succeeded")(object)}/${desired("completions")(object)}`),
    ageColumn,
  ],
  PodDisruptionBudget: [
    column("Min Available", (object) => String(specOf(object)["minAvailable"] ?? "N/A")),
    column("Max Unavailable", (object) => String(specOf(object)["maxUnavailable"] ?? "N/A")),
    column("Allowed Disruptions", status("disruptionsAllowed"), { type: "integer" }),
    ageColumn,
  ],
  NetworkPolicy: [column("Pod-Selector", (object) => podSelector(specOf(object)["podSelector"])), ageColumn],
  RoleBinding: [column("Role", roleOf), ageColumn],
  ClusterRoleBinding: [column("Role", roleOf), ageColumn],
  Lease: [column("Holder", (object) => textAt(specOf(object)["holderIdentity"]) ?? ""), ageColumn],
  GatewayClass: [
    column("Controller", (object) => textAt(specOf(object)["controllerName"]) ?? ""),
    column("Accepted", (object) => condition(object, "Accepted")),
    ageColumn,
  ],
  Gateway: [
    column("Class", (object) => textAt(specOf(object)["gatewayClassName"]) ?? ""),
    column("Address", (object) => joined(objectsAt(statusOf(object)["addresses"]).map((item) => item["value"]))),
    column("Programmed", (object) => condition(object, "Programmed")),
    ageColumn,
  ],
  HTTPRoute: [column("Hostnames", hostnames), ageColumn],
};

function podSelector(value: unknown): string {
  const pairs = Object.entries(objectAt(objectAt(value)["matchLabels"]));
  return joined(pairs.map(([key, wanted]) => `${key}=${String(wanted)}`));
}

function roleOf(object: KubeObject): string {
  const { kind, name } = objectAt(object["roleRef"]);
  return `${String(kind)}/${String(name)}`;
}

export function columnsOf(kind: string): readonly Column[] {
  const name = column("Name", ({ metadata }) => metadata.name);
  // Events have names that nobody reads.
  return kind === "Event" ? byKind["Event"]! : [name, ...(byKind[kind] ?? [ageColumn])];
}
