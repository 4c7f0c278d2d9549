import { ApiException, type V1Pod } from "@kubernetes/client-node";
import { podLimits, type PodLog } from "../../model/console/pods.ts";
import { TealError } from "../../model/errors.ts";
import type { LogsWanted } from "../automation.ts";
import type { Cluster } from "./cluster.ts";
import { live } from "./live.ts";
import { colorOf } from "./pods.ts";

/** What pods wrote, not masked yet. */
export interface FoundLogs {
  logs: (Omit<PodLog, "lines" | "truncated"> & { text: string })[];
  more: boolean;
}

/** A mask must see all that is cut off later, so more is read than is answered with, bytes. */
const readBytes = 4 * podLimits.bytes;

/** Throws `pod_not_found`, `cluster_unreachable`. */
export async function readLogs(cluster: Cluster, namespace: string, wanted: LogsWanted): Promise<FoundLogs> {
  const { color, pod } = wanted;
  const labelSelector = color === undefined ? "teal.dev/color" : `teal.dev/color=${color}`;
  const { items } = await live(() =>
    cluster.core.listNamespacedPod({ namespace, labelSelector, limit: podLimits.pods }),
  );
  const found = items.filter(({ metadata }) => pod === undefined || metadata?.name === pod);
  if (pod !== undefined && found.length === 0) throw podNotFound(namespace, pod);
  const read = found.slice(0, podLimits.logPods);
  const logs = await live(() => Promise.all(read.flatMap((one) => logsOf(cluster, one, wanted))));
  return { logs, more: found.length > read.length };
}

function logsOf({ core }: Cluster, pod: V1Pod, { container: only, lines, previous }: LogsWanted) {
  const { name = "", namespace = "" } = pod.metadata ?? {};
  const containers = (pod.spec?.containers ?? []).filter((one) => only === undefined || one.name === only);
  return containers.map(async ({ name: container }) => {
    const of = { pod: name, color: colorOf(pod), container, previous };
    const asked = { name, namespace, container, previous, tailLines: lines, timestamps: true, limitBytes: readBytes };
    try {
      return { ...of, text: (await core.readNamespacedPodLog(asked)) ?? "" };
    } catch (error) {
      // A container that has not started, or has had no run before, has no log: that of the others is of use.
      if (error instanceof ApiException && error.code < 500) return { ...of, text: "", problem: problemIn(error) };
      throw error;
    }
  });
}

function problemIn({ code, body }: ApiException<unknown>): string {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const said = /"message":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
  return (said ?? `the cluster answers ${code}`).slice(0, 500);
}

function podNotFound(namespace: string, pod: string): TealError {
  const message = `Expected a pod of the tenant; namespace ${namespace} has no ${pod} of its slots. List its pods to see which there are.`;
  return new TealError("pod_not_found", message, { data: { namespace, pod } });
}
