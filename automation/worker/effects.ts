import type { Action } from "../../model/machine/next.ts";
import type { Operation } from "../../model/operation.ts";
import type { Policy } from "../../model/policy.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { NewOutput } from "../ledger/outputs/insert.ts";
import type { Cluster } from "../probes/cluster.ts";
import type { Prometheus } from "../probes/prometheus.ts";
import type { TrafficSource } from "../probes/traffic.ts";
import type { Site } from "../render.ts";
import type { Printed } from "../stacks/printed.ts";
import type { Stacks } from "../stacks/stacks.ts";

/** The effects that actions have, behind interfaces; all of them idempotent. */
export interface Effects {
  ledger: Ledger;
  stacks: Stacks;
  outputs: Outputs;
  cluster: Cluster;
  traffic: TrafficSource;
  prometheus: Prometheus;
  /** Where checks are sent, such as http://127.0.0.1:4080. */
  gateway: string;
  /** For what is in no policy that an operation was accepted with. */
  policy: Policy;
  site: Site;
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

/** The actions that touch the world; the others are the driver's own. */
export type Effect = Extract<Action, { do: "apply" | "ask" | "verify" | "analyse" | "remove" }>;
