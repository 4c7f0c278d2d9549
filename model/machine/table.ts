import type { OperationKind, Phase } from "../operation.ts";

/** What can happen to an operation: outcomes of its actions, and what people ask. */
export const machineEvents = [
  "started",
  "backed-up",
  "migrated",
  "restored",
  "applied",
  "warmed",
  "verified",
  "moved",
  "passed",
  "held",
  "stopped",
  "exported",
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
export type Guard =
  | "in-place"
  | "gated"
  | "gated-before-full"
  | "recreates-gated"
  | "in-maintenance"
  | "backs-up"
  | "migrates"
  | "more-steps"
  | "can-go-back"
  | "not-begun"
  | "past-return"
  | "can-return"
  | "has-stopped"
  | "nothing-deployed"
  | "never-ran"
  | "was-shut"
  | "shut-by-it"
  | "cannot-shut"
  | "cannot-export";

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
/** What can shut the service to change the slots over. */
const shutters = [...movers, "restore"] as const;
const anyKind = [...builders, "suspend", "backup", "restore", "offboard"] as const;
/** What can be turned round to the layout that it began from. */
const returners = [...shutters, "scale", "suspend", "unsuspend", "offboard"] as const;
const forward = [
  "closing",
  "stopping",
  "backing-up",
  "migrating",
  "restoring-data",
  "deploying",
  "verifying",
  "awaiting-approval",
  "shifting",
  "baking",
  "promoting",
  "holding",
  "opening",
] as const;
const interrupted = ["paused", "halted"] as const;
/** All of an offboarding that can still be called off. */
const leaving = ["closing", "stopping", "grace", "exporting"] as const;

/**
 * The whole life of every kind of operation. The first row that fits decides; where none fits, the event means nothing
 * in that phase and a person who asked for it is told so. The diagram in docs/rollouts.md is made from this table.
 */
export const table: readonly Row[] = [
  { kinds: movers, from: ["queued"], on: ["started"], when: "recreates-gated", to: "awaiting-approval" },
  { kinds: shutters, from: ["queued"], on: ["started"], when: "in-maintenance", to: "closing" },
  { kinds: movers, from: ["queued"], on: ["started"], when: "backs-up", to: "backing-up" },
  { kinds: [...movers, "provision"], from: ["queued"], on: ["started"], when: "migrates", to: "migrating" },
  { kinds: ["backup"], from: ["queued"], on: ["started"], to: "backing-up" },
  { kinds: builders, from: ["queued"], on: ["started"], to: "deploying" },
  { kinds: ["suspend"], from: ["queued"], on: ["started"], to: "closing" },
  { kinds: ["offboard"], from: ["queued"], on: ["started"], when: "never-ran", to: "exporting" },
  { kinds: ["offboard"], from: ["queued"], on: ["started"], when: "was-shut", to: "grace" },
  { kinds: ["offboard"], from: ["queued"], on: ["started"], to: "closing" },
  // Removing is idempotent, and the tenant's name is free again only once it is sure that nothing is left.
  { kinds: ["provision"], from: ["queued"], on: ["abort"], to: "removing" },
  {
    kinds: [...returners, "repair", "backup"],
    from: ["queued"],
    on: ["abort", "rollback"],
    to: "cancelled",
  },

  { kinds: shutters, from: ["closing"], on: ["moved"], to: "stopping" },
  { kinds: shutters, from: ["stopping"], on: ["stopped"], when: "backs-up", to: "backing-up" },
  { kinds: ["restore"], from: ["stopping"], on: ["stopped"], to: "restoring-data" },
  { kinds: movers, from: ["stopping"], on: ["stopped"], when: "migrates", to: "migrating" },
  { kinds: movers, from: ["stopping"], on: ["stopped"], to: "deploying" },
  { kinds: ["backup"], from: ["backing-up"], on: ["backed-up"], to: "succeeded" },
  { kinds: ["restore"], from: ["backing-up"], on: ["backed-up"], to: "restoring-data" },
  { kinds: movers, from: ["backing-up"], on: ["backed-up"], when: "migrates", to: "migrating" },
  { kinds: movers, from: ["backing-up"], on: ["backed-up"], to: "deploying" },
  { kinds: [...movers, "provision"], from: ["migrating"], on: ["migrated"], to: "deploying" },
  { kinds: ["restore"], from: ["restoring-data"], on: ["restored"], to: "deploying" },
  { kinds: ["restore"], from: ["deploying"], on: ["applied"], to: "verifying" },
  { kinds: shutters, from: ["verifying"], on: ["verified"], when: "in-maintenance", to: "opening" },
  { kinds: ["restore"], from: ["opening"], on: ["moved"], to: "succeeded" },
  { kinds: movers, from: ["opening"], on: ["moved"], to: "settling" },

  { kinds: ["configure"], from: ["deploying"], on: ["applied"], when: "in-place", to: "succeeded" },
  { kinds: builders, from: ["deploying"], on: ["applied"], to: "verifying" },
  { kinds: fillers, from: ["verifying"], on: ["verified"], to: "succeeded" },
  { kinds: movers, from: ["verifying"], on: ["verified"], when: "gated", to: "awaiting-approval" },
  { kinds: movers, from: ["verifying"], on: ["verified"], to: "shifting" },
  { kinds: movers, from: ["awaiting-approval"], on: ["approve"], when: "in-maintenance", to: "closing" },
  { kinds: movers, from: ["awaiting-approval"], on: ["approve"], to: "shifting" },
  { kinds: movers, from: ["awaiting-approval"], on: ["reject", "expired"], to: "rolling-back" },
  { kinds: movers, from: ["shifting", "closing"], on: ["replanned"], to: "awaiting-approval" },
  { kinds: movers, from: ["shifting"], on: ["moved"], to: "baking" },
  { kinds: movers, from: ["baking"], on: ["passed"], when: "gated-before-full", to: "awaiting-approval" },
  { kinds: movers, from: ["baking"], on: ["passed"], when: "more-steps", to: "shifting" },
  { kinds: movers, from: ["baking"], on: ["passed"], to: "promoting" },
  { kinds: movers, from: ["promoting"], on: ["applied"], to: "holding" },
  { kinds: movers, from: ["holding"], on: ["held", "finish"], to: "settling" },
  { kinds: movers, from: ["shifting", "baking"], on: ["finish"], to: "shifting" },
  { kinds: movers, from: ["settling"], on: ["applied"], to: "succeeded" },
  { kinds: ["suspend", "offboard"], from: ["closing"], on: ["moved"], to: "stopping" },
  { kinds: ["suspend"], from: ["stopping"], on: ["stopped"], to: "succeeded" },
  { kinds: ["unsuspend"], from: ["verifying"], on: ["verified"], to: "opening" },
  { kinds: ["unsuspend"], from: ["opening"], on: ["moved"], to: "succeeded" },
  { kinds: ["provision"], from: ["removing"], on: ["removed"], to: "cancelled" },
  { kinds: ["offboard"], from: ["stopping"], on: ["stopped"], to: "grace" },
  { kinds: ["offboard"], from: ["grace"], on: ["held", "finish"], to: "exporting" },
  { kinds: ["offboard"], from: ["exporting"], on: ["exported"], to: "removing" },
  { kinds: ["offboard"], from: ["removing"], on: ["removed"], to: "succeeded" },

  // Until anything is removed the tenant can come back as it was; what can't be shut or exported waits for a person.
  { kinds: ["offboard"], from: leaving, on: ["failed"], to: "halted" },
  { kinds: ["offboard"], from: ["grace", "exporting"], on: ["abort", "rollback"], when: "was-shut", to: "cancelled" },
  { kinds: ["offboard"], from: leaving, on: ["abort", "rollback"], when: "shut-by-it", to: "warming" },
  { kinds: ["offboard"], from: leaving, on: ["abort", "rollback"], to: "rolling-back" },
  { kinds: ["offboard"], from: interrupted, on: ["abort", "rollback"], when: "not-begun", to: "cancelled" },
  { kinds: ["offboard"], from: interrupted, on: ["abort", "rollback"], when: "was-shut", to: "cancelled" },
  { kinds: ["offboard"], from: interrupted, on: ["abort", "rollback"], when: "shut-by-it", to: "warming" },
  { kinds: ["offboard"], from: ["halted"], on: ["finish"], when: "cannot-shut", to: "exporting" },
  { kinds: ["offboard"], from: ["halted"], on: ["finish"], when: "cannot-export", to: "removing" },

  // Nothing safe is left to go back to: a person decides, and the service stays shut meanwhile.
  { kinds: shutters, from: forward, on: ["failed"], when: "past-return", to: "halted" },
  { kinds: shutters, from: interrupted, on: ["abort"], when: "past-return", to: "failed" },
  { kinds: shutters, from: forward, on: ["failed", "abort", "rollback"], when: "has-stopped", to: "warming" },
  { kinds: shutters, from: interrupted, on: ["abort", "rollback"], when: "has-stopped", to: "warming" },
  { kinds: shutters, from: forward, on: ["failed", "abort", "rollback"], when: "nothing-deployed", to: "restoring" },
  { kinds: shutters, from: interrupted, on: ["abort", "rollback"], when: "nothing-deployed", to: "restoring" },
  { kinds: shutters, from: forward, on: ["failed", "abort", "rollback"], when: "can-return", to: "rolling-back" },
  { kinds: [...shutters, "offboard"], from: ["warming"], on: ["warmed"], to: "rolling-back" },
  { kinds: [...shutters, "offboard"], from: ["warming"], on: ["failed"], to: "halted" },
  { kinds: ["backup"], from: ["backing-up"], on: ["failed"], to: "failed" },
  { kinds: ["backup"], from: ["backing-up", "paused"], on: ["abort"], to: "cancelled" },
  { kinds: ["provision"], from: ["migrating"], on: ["failed"], to: "failed" },
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
  { kinds: [...builders, "suspend", "backup", "restore"], from: ["queued"], on: ["failed"], to: "failed" },
  { kinds: ["provision"], from: ["migrating", "deploying", "verifying"], on: ["abort"], to: "removing" },
  // What it has mended by then stays so.
  { kinds: ["repair"], from: ["deploying", "verifying", "paused"], on: ["abort"], to: "cancelled" },
  { kinds: returners, from: ["rolling-back"], on: ["moved"], to: "restoring" },
  { kinds: returners, from: ["restoring"], on: ["applied"], to: "rolled-back" },
  { kinds: returners, from: ["rolling-back", "restoring"], on: ["failed"], to: "halted" },
  { kinds: movers, from: ["settling"], on: ["failed"], to: "halted" },
  { kinds: ["provision", "offboard"], from: ["removing"], on: ["failed"], to: "halted" },

  { kinds: [...builders, "backup", "restore"], from: [...forward, "settling"], on: ["pause"], to: "paused" },
  { kinds: [...builders, "restore"], from: ["queued", ...forward, "settling"], on: ["surprised"], to: "paused" },
  { kinds: ["suspend"], from: ["queued"], on: ["surprised"], to: "paused" },
  { kinds: ["suspend"], from: ["closing", "stopping"], on: ["pause", "surprised"], to: "paused" },
  { kinds: returners, from: ["rolling-back", "restoring"], on: ["surprised"], to: "paused" },
  { kinds: ["offboard"], from: leaving, on: ["pause"], to: "paused" },
  { kinds: anyKind, from: ["queued"], on: ["pause"], to: "paused" },
  { kinds: anyKind, from: interrupted, on: ["resume"], to: "resume" },
  { kinds: returners, from: interrupted, on: ["abort", "rollback"], when: "can-go-back", to: "rolling-back" },
  { kinds: ["provision"], from: interrupted, on: ["abort"], to: "removing" },
  {
    kinds: [...returners, "repair", "backup"],
    from: ["paused"],
    on: ["abort", "rollback"],
    when: "not-begun",
    to: "cancelled",
  },
];
