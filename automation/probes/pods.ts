import type { CoreV1Event, V1ContainerStatus, V1Pod } from "@kubernetes/client-node";
import { colors, type Color } from "../../model/color.ts";
import { podLimits, type PodsView, type PodView } from "../../model/console/pods.ts";
import type { Cluster } from "./cluster.ts";
import { live } from "./live.ts";

/** Pods of a namespace as the cluster has them now. What is live there, the ledger knows. */
export interface FoundPods {
  pods: Omit<PodView, "role">[];
  more: boolean;
  events: PodsView["events"];
}

/** Throws `cluster_unreachable`. */
export async function readPods({ core }: Cluster, namespace: string): Promise<FoundPods> {
  const [found, events] = await live(() =>
    Promise.all([
      core.listNamespacedPod({ namespace, limit: podLimits.pods + 1 }),
      core.listNamespacedEvent({ namespace, limit: 500 }),
    ]),
  );
  const items = found.items.slice(0, podLimits.pods).map(podIn);
  const newest = events.items.map(eventIn).sort((a, b) => ((a.at ?? "") < (b.at ?? "") ? 1 : -1));
  return { pods: items, more: found.items.length > podLimits.pods, events: newest.slice(0, podLimits.events) };
}

export function colorOf({ metadata }: V1Pod): Color | null {
  return colors.find((color) => color === metadata?.labels?.["teal.dev/color"]) ?? null;
}

function podIn(pod: V1Pod): Omit<PodView, "role"> {
  const { metadata, spec, status } = pod;
  const statuses = new Map((status?.containerStatuses ?? []).map((one) => [one.name, one]));
  const containers = (spec?.containers ?? []).map(({ name, image }) => containerIn(name, image, statuses.get(name)));
  return {
    name: metadata?.name ?? "",
    color: colorOf(pod),
    component: metadata?.labels?.["app.kubernetes.io/component"] ?? null,
    phase: status?.phase ?? "Unknown",
    ready: status?.conditions?.some(({ type, status: so }) => type === "Ready" && so === "True") ?? false,
    terminating: metadata?.deletionTimestamp !== undefined,
    restarts: containers.reduce((sum, { restarts }) => sum + restarts, 0),
    node: spec?.nodeName ?? null,
    createdAt: iso(metadata?.creationTimestamp) ?? null,
    containers,
  };
}

type Container = PodView["containers"][number];

function containerIn(name: string, image: string | undefined, status: V1ContainerStatus | undefined): Container {
  const last = status?.lastState?.terminated;
  const lastAt = iso(last?.finishedAt);
  return {
    name,
    image: image ?? status?.image ?? "",
    ready: status?.ready ?? false,
    restarts: status?.restartCount ?? 0,
    ...stateIn(status),
    ...(last && {
      last: { exitCode: last.exitCode, ...(last.reason && { reason: last.reason }), ...(lastAt && { at: lastAt }) },
    }),
  };
}

function stateIn(
  status: V1ContainerStatus | undefined,
): Pick<Container, "state" | "reason" | "message" | "since" | "exitCode"> {
  const { running, waiting, terminated } = status?.state ?? {};
  const since = iso(running?.startedAt ?? terminated?.finishedAt);
  const { reason, message } = waiting ?? terminated ?? {};
  return {
    state: running ? "running" : waiting ? "waiting" : terminated ? "terminated" : "unknown",
    ...(reason && { reason }),
    ...(message && { message: message.slice(0, 1000) }),
    ...(since && { since }),
    ...(terminated && { exitCode: terminated.exitCode }),
  };
}

function eventIn({ type, reason, message, count, involvedObject, lastTimestamp, eventTime, metadata }: CoreV1Event) {
  return {
    at: iso(lastTimestamp) ?? iso(eventTime) ?? iso(metadata.creationTimestamp) ?? null,
    type: type ?? "Normal",
    reason: reason ?? "",
    object: `${involvedObject.kind ?? "Object"}/${involvedObject.name ?? ""}`,
    message: (message ?? "").slice(0, 1000),
    count: count ?? 1,
  };
}

/** The client gives a Date, or what it can't read as one as it came. */
function iso(time: Date | string | null | undefined): string | undefined {
  if (time === null || time === undefined) return undefined;
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
