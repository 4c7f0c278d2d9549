import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Cluster } from "../../cluster/cluster.ts";

/** Where the Kubernetes objects are that Teal asks a cluster's administrator to have. */
export const policiesDirectory = join(import.meta.dirname, "..", "..", "platform", "cluster-policies");

/** Applies all of them, strictly. What was applied before by another manager is taken over. */
export async function applyPolicies({ kubectl, kubeconfig }: Cluster): Promise<void> {
  const how = ["--server-side", "--force-conflicts", "--field-manager=teal-platform", "--validate=strict"];
  await promisify(execFile)(kubectl, ["--kubeconfig", kubeconfig, "apply", ...how, "-f", policiesDirectory]);
}
