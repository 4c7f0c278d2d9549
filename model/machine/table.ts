import type { OperationKind, Phase } from "../operation.ts";

/** What can happen to an operation: outcomes of its actions, and what people ask. */
export const machineEvents = [
  "started",
  "applied",
  "verified",
  "moved",
  "passed",
  "held",
  "stopped",
  "removed",
  "failed",
  // What a person has approved is no longer what would be done.
  "replanned",
  "expired",
  // Somebody else has changed what the operation is about: a person has to say what is right.
  "surprised",
  "pause",
  "resume",
  "approve",
  "reject",
  "abort",
  "rollback",
  "finish",
] as const;
export type MachineEvent = (typeof machineEvents)[number];

/** Conditions that a row can ask for; see guards.ts. */
export type Guard = "in-place" | "gated" | "gated-before-full" | "more-steps" | "can-go-back" | "not-begun";

export interface Row {
  kinds: readonly OperationKind[];
  from: readonly Phase[];
  on: readonly MachineEvent[];
  when?: Guard;
  /** `resume`: the phase that was interrupted. */
  to: Phase | "resume";
}

const movers = ["configure", "rollout", "rollback", "restart"] as const;
const fillers = ["provision", "repair", "scale"] as const;
const builders = [...fillers, ...movers, "unsuspend"] as const;
const anyKind = [...builders, "suspend", "offboard"] as const;
/** What can be turned round to the layout that it began from. */
const returners = [...movers, "scale", "suspend", "unsuspend"] as const;
const forward = ["deploying", "verifying", "awaiting-approval", "shifting", "baking", "promoting", "holding"] as const;

/**
 * The whole life of every kind of operation. The first row that fits decides; where none fits, the event means nothing
 * in that phase and a person who asked for it is told so. The diagram in docs/rollouts.md is made from this table.
 */
export const table: readonly Row[] = [
  { kinds: builders, from: ["queued"], on: ["started"], to: "deploying" },
  { kinds: ["suspend"], from: ["queued"], on: ["started"], to: "closing" },
  { kinds: ["offboard"], from: ["queued"], on: ["started"], to: "removing" },
  // Removing is idempotent, and the tenant's name is free again only once it is sure that nothing is left.
  { kinds: ["provision"], from: ["queued"], on: ["abort"], to: "removing" },
  { kinds: [...returners, "repair", "offboard"], from: ["queued"], on: ["abort", "rollback"], to: "cancelled" },

  { kinds: ["configure"], from: ["deploying"], on: ["applied"], when: "in-place", to: "succeeded" },
  { kinds: builders, from: ["deploying"], on: ["applied"], to: "verifying" },
  { kinds: fillers, from: ["verifying"], on: ["verified"], to: "succeeded" },
  { kinds: movers, from: ["verifying"], on: ["verified"], when: "gated", to: "awaiting-approval" },
  { kinds: movers, from: ["verifying"], on: ["verified"], to: "shifting" },
  { kinds: movers, from: ["awaiting-approval"], on: ["approve"], to: "shifting" },
  { kinds: movers, from: ["awaiting-approval"], on: ["reject", "expired"], to: "rolling-back" },
  { kinds: movers, from: ["shifting"], on: ["replanned"], to: "awaiting-approval" },
  { kinds: movers, from: ["shifting"], on: ["moved"], to: "baking" },
  { kinds: movers, from: ["baking"], on: ["passed"], when: "gated-before-full", to: "awaiting-approval" },
  { kinds: movers, from: ["baking"], on: ["passed"], when: "more-steps", to: "shifting" },
  { kinds: movers, from: ["baking"], on: ["passed"], to: "promoting" },
  { kinds: movers, from: ["promoting"], on: ["applied"], to: "holding" },
  { kinds: movers, from: ["holding"], on: ["held", "finish"], to: "settling" },
  { kinds: movers, from: ["shifting", "baking"], on: ["finish"], to: "shifting" },
  { kinds: movers, from: ["settling"], on: ["applied"], to: "succeeded" },
  { kinds: ["suspend"], from: ["closing"], on: ["moved"], to: "stopping" },
  { kinds: ["suspend"], from: ["stopping"], on: ["stopped"], to: "succeeded" },
  { kinds: ["unsuspend"], from: ["verifying"], on: ["verified"], to: "opening" },
  { kinds: ["unsuspend"], from: ["opening"], on: ["moved"], to: "succeeded" },
  { kinds: ["provision"], from: ["removing"], on: ["removed"], to: "cancelled" },
  { kinds: ["offboard"], from: ["removing"], on: ["removed"], to: "succeeded" },

  { kinds: movers, from: forward, on: ["failed", "abort", "rollback"], to: "rolling-back" },
  { kinds: fillers, from: ["deploying", "verifying"], on: ["failed"], to: "failed" },
  { kinds: ["scale"], from: ["deploying", "verifying"], on: ["abort", "rollback"], to: "rolling-back" },
  { kinds: ["suspend"], from: ["closing"], on: ["failed", "abort", "rollback"], to: "rolling-back" },
  // Nobody is served by then, which is what was asked for: suspending again stops the pods.
  { kinds: ["suspend"], from: ["stopping"], on: ["failed"], to: "failed" },
  {
    kinds: ["unsuspend"],
    from: ["deploying", "verifying", "opening"],
    on: ["failed", "abort", "rollback"],
    to: "rolling-back",
  },
  // Nobody could look at stack and cluster, so nothing was begun.
  { kinds: [...builders, "suspend"], from: ["queued"], on: ["failed"], to: "failed" },
  { kinds: ["provision"], from: ["deploying", "verifying"], on: ["abort"], to: "removing" },
  // What it has mended by then stays so.
  { kinds: ["repair"], from: ["deploying", "verifying", "paused"], on: ["abort"], to: "cancelled" },
  { kinds: returners, from: ["rolling-back"], on: ["moved"], to: "restoring" },
  { kinds: returners, from: ["restoring"], on: ["applied"], to: "rolled-back" },
  { kinds: returners, from: ["rolling-back", "restoring"], on: ["failed"], to: "halted" },
  { kinds: movers, from: ["settling"], on: ["failed"], to: "halted" },
  { kinds: ["provision", "offboard"], from: ["removing"], on: ["failed"], to: "halted" },

  { kinds: builders, from: [...forward, "settling"], on: ["pause"], to: "paused" },
  { kinds: builders, from: ["queued", ...forward, "settling"], on: ["surprised"], to: "paused" },
  { kinds: ["suspend"], from: ["queued"], on: ["surprised"], to: "paused" },
  { kinds: ["suspend"], from: ["closing", "stopping"], on: ["pause", "surprised"], to: "paused" },
  { kinds: ["unsuspend"], from: ["opening"], on: ["pause", "surprised"], to: "paused" },
  { kinds: returners, from: ["rolling-back", "restoring"], on: ["surprised"], to: "paused" },
  { kinds: anyKind, from: ["queued"], on: ["pause"], to: "paused" },
  { kinds: anyKind, from: ["paused", "halted"], on: ["resume"], to: "resume" },
  { kinds: returners, from: ["paused", "halted"], on: ["abort", "rollback"], when: "can-go-back", to: "rolling-back" },
  { kinds: ["provision"], from: ["paused", "halted"], on: ["abort"], to: "removing" },
  { kinds: anyKind, from: ["paused"], on: ["abort", "rollback"], when: "not-begun", to: "cancelled" },
];
