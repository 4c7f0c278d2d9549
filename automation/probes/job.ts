import type { V1Pod } from "@kubernetes/client-node";
import { orNull, type Cluster } from "./cluster.ts";
import { hopelessReasons } from "./readiness.ts";

/** How a Job is. */
export interface JobState {
  is: "running" | "done" | "failed";
  /** Why it failed, or what it waits for; empty where nothing is to be said. */
  message: string;
  /** The last lines that its pod has written, once it has ended. */
  log: string[];
}

/** As much of a log as an event can hold. */
const lines = 200;
const bytes = 32 * 1024;
/** Looks at a Job and its pod. Throws what the API server's client throws. */
export async function jobState(cluster: Cluster, namespace: string, name: string): Promise<JobState> {
  const job = await orNull(cluster.batch.readNamespacedJob({ namespace, name }));
  if (!job) return { is: "failed", message: "its Job is gone, and it was not Teal that removed it", log: [] };
  const { items } = await cluster.core.listNamespacedPod({
    namespace,
    labelSelector: `batch.kubernetes.io/job-name=${name}`,
  });
  const pod = items.at(-1);
  const condition = (type: string) => job.status?.conditions?.find((c) => c.type === type && c.status === "True");
  if (condition("Complete")) return { is: "done", message: "", log: await podLog(cluster, namespace, pod) };
  const failed = condition("Failed");
  if (failed) {
    const exit = pod?.status?.containerStatuses?.[0]?.state?.terminated;
    const how = exit
      ? `it ended with exit code ${exit.exitCode}`
      : (failed.message ?? failed.reason ?? "no reason is given");
    return { is: "failed", message: how, log: await podLog(cluster, namespace, pod) };
  }
  const waiting = pod?.status?.containerStatuses?.[0]?.state?.waiting;
  if (waiting?.reason && hopelessReasons.includes(waiting.reason)) {
    return { is: "failed", message: `${waiting.reason}: ${waiting.message ?? "its container can't start"}`, log: [] };
  }
  return { is: "running", message: waiting?.reason ?? unscheduled(pod), log: [] };
}

function unscheduled(pod: V1Pod | undefined): string {
  return pod?.status?.conditions?.find((c) => c.type === "PodScheduled" && c.status === "False")?.message ?? "";
}

async function podLog(cluster: Cluster, namespace: string, pod: V1Pod | undefined): Promise<string[]> {
  const name = pod?.metadata?.name;
  if (!name) return [];
  const read = cluster.core.readNamespacedPodLog({ namespace, name, tailLines: lines, limitBytes: bytes });
  // How the Job ended is known: a node that can't give the log now must not hide it.
  const text = await orNull(read).catch((error: unknown) => `(no log: ${(error as Error).message.split("\n")[0]})`);
  return (text ?? "").split("\n").filter((line) => line.trim() !== "");
}
