import type { Action } from "../../model/machine/next.ts";
import type { Operation } from "../../model/operation.ts";
import type { Policy } from "../../model/policy.ts";
import type { BackupProvider } from "../backups/provider.ts";
import type { Databases } from "../databases/databases.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { NewOutput } from "../ledger/outputs/insert.ts";
import type { Place } from "../offboarding/leftovers.ts";
import type { Cluster } from "../probes/cluster.ts";
import type { Prometheus } from "../probes/prometheus.ts";
import type { Routes } from "../probes/routes.ts";
import type { TrafficSource } from "../probes/traffic.ts";
import type { Site } from "../render.ts";
import type { Printed } from "../stacks/printed.ts";
import type { Stacks } from "../stacks/stacks.ts";
import type { Clusters } from "../../tenant/data/spec.ts";

/** The effects that actions have, behind interfaces; all of them idempotent. */
export interface Effects {
  ledger: Ledger;
  stacks: Stacks;
  outputs: Outputs;
  cluster: Cluster;
  routes: Routes;
  traffic: TrafficSource;
  prometheus: Prometheus;
  /** Null: nothing is set up to back tenants' data up. */
  backups: BackupProvider | null;
  /** Where is looked for what a removed tenant has left. */
  places: readonly Place[];
  /** Where checks are sent, such as http://127.0.0.1:4080. */
  gateway: string;
  /** For what is in no policy that an operation was accepted with. */
  policy: Policy;
  site: Site;
  /** Databases and users of tenants, in their own clusters or the shared one. */
  databases: Databases;
}

/** Keeps what Pulumi prints for an operation. Never fails, and keeps nobody waiting. */
export interface Outputs {
  add(output: NewOutput): void;
}

/** Where a stack operation's text goes. */
export function printedBy({ outputs }: Pick<Effects, "outputs">, { id, phase }: Operation, task: NewOutput["task"]) {
  return { onPrinted: (printed: Printed) => outputs.add({ operation: id, phase, task, ...printed }) };
}

/** The policy that an operation goes by: the one it was accepted with. */
export function policyOf({ policy }: Pick<Effects, "policy">, { move }: Pick<Operation, "move">): Policy {
  return { ...policy, ...move?.policy };
}

/** A worker's tenure of the operation that it does an action of. */
export interface Tenure {
  /** Throws `lease_lost` once another worker has the operation. */
  permit(): Promise<void>;
  /** Writes down at once what a worker that died had left of the stack, and was put right first. */
  tellRepaired(repaired: readonly string[]): Promise<void>;
  /** Writes down at once which clusters of its own the tenant has now. */
  tellClusters(clusters: Clusters): Promise<void>;
}

/** The actions that touch the world; the others are the driver's own. */
export type Effect = Exclude<Action, { do: "begin" | "wait" | "rest" }>;
