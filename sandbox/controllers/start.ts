import type { Cluster } from "../api/cluster.ts";
import { runBudgets } from "./budgets.ts";
import type { Running } from "./controller.ts";
import { runDeployments } from "./deployments.ts";
import { runEventExpiry } from "./events.ts";
import { runGarbageCollector } from "./garbage.ts";
import { runJobs } from "./jobs.ts";
import { runNamespaces, runServiceAccounts } from "./namespaces.ts";
import { runNodeLiveness } from "./nodes.ts";
import { runReplicaSets } from "./replicaSets.ts";
import { runScheduler } from "./scheduler.ts";
import { runVolumes } from "./volumes.ts";

/** Starts every controller of the sandbox. */
export function startControllers(cluster: Cluster): Running {
  const running = [
    runServiceAccounts(cluster),
    runNamespaces(cluster),
    runGarbageCollector(cluster),
    runDeployments(cluster),
    runReplicaSets(cluster),
    runJobs(cluster),
    runBudgets(cluster),
    runVolumes(cluster),
    runScheduler(cluster),
    runNodeLiveness(cluster),
    runEventExpiry(cluster),
  ];
  return { stop: () => running.forEach((controller) => controller.stop()) };
}
