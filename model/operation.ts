import { z } from "zod";
import { figureSchema } from "./analysis.ts";
import type { Color } from "./color.ts";
import type { Gate, Move } from "./layout.ts";
import type { PreviewView } from "./views.ts";

export const operationKinds = [
  "provision",
  "configure",
  "rollout",
  "rollback",
  "restart",
  "scale",
  "suspend",
  "unsuspend",
  "repair",
  "backup",
  "restore",
  "offboard",
] as const;
export type OperationKind = (typeof operationKinds)[number];

export const operationStates = [
  "queued",
  "running",
  "waiting",
  "succeeded",
  "rolled-back",
  "failed",
  "cancelled",
] as const;
export type OperationState = (typeof operationStates)[number];

/** States that an operation never leaves. */
export const endStates = ["succeeded", "rolled-back", "failed", "cancelled"] as const satisfies OperationState[];

export const phases = [
  "queued",
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
  "settling",
  "closing",
  "stopping",
  "opening",
  "grace",
  "exporting",
  "removing",
  "warming",
  "rolling-back",
  "restoring",
  "paused",
  "halted",
  "succeeded",
  "rolled-back",
  "failed",
  "cancelled",
] as const;
export type Phase = (typeof phases)[number];

/** What a person can tell an operation to do. */
export const interventions = ["pause", "resume", "approve", "reject", "abort", "rollback", "finish"] as const;
export type Intervention = (typeof interventions)[number];

/** Who has to act on a bad end or a wait. */
export const causes = ["release", "platform", "tenant", "policy", "person"] as const;
export type Cause = (typeof causes)[number];

/** Why an operation ended badly or waits, with what shows it. */
export const outcomeSchema = z
  .object({
    code: z.string().meta({ description: "Stable; docs/outcomes.md explains each", example: "release_not_ready" }),
    cause: z.enum(causes),
    message: z.string(),
    evidence: z
      .array(
        z.object({
          source: z.enum(["log", "exit", "event", "request", "metric", "pulumi", "person"]),
          text: z.string(),
          at: z.string().optional(),
          figure: figureSchema.optional().meta({ description: "The figure that `text` tells" }),
        }),
      )
      .meta({ description: "Log lines, exit codes, Kubernetes events, answers or figures that show it" }),
  })
  .meta({ id: "Outcome" });
export type Outcome = z.infer<typeof outcomeSchema>;
export type Evidence = Outcome["evidence"][number];

/** Why an operation waits that found things other than Teal left them. A person has to say what is right. */
export const surprises = ["traffic_moved", "stack_changed", "objects_changed"] as const;
export type SurpriseCode = (typeof surprises)[number];

export function isSurprise(outcome: Outcome | null): boolean {
  return surprises.some((code) => code === outcome?.code);
}

/** What a person asked of an operation that its worker has not yet acted on. */
export interface Request {
  name: Intervention;
  reason: string;
  actor: string;
  /** What an approval approves. */
  plan?: string;
}

/** An operation as the ledger holds it. Times are dates; `data` is what the machine remembers between actions. */
export interface Operation {
  id: string;
  kind: OperationKind;
  environment: string;
  tenant: string;
  state: OperationState;
  phase: Phase;
  actor: string;
  reason: string | null;
  outcome: Outcome | null;
  /** Null only for `offboard` of a tenant that no release has ever run for. */
  move: Move | null;
  memory: Memory;
  /** Null: nothing is asked of it. */
  request: Request | null;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  /** Who has taken note that it ended badly, and why no more is needed. */
  acknowledged?: { at: Date; by: string; reason: string };
}

/** What the machine remembers of an operation from one action to the next. */
export interface Memory {
  /** Index into `move.steps` of the step under way. */
  step: number;
  /** When the phase was entered, ISO 8601. */
  phaseSince: string;
  /** Phase to go on with after `paused` or `halted`. */
  resume: Phase | null;
  /** Why it is going back; becomes the outcome once it is back. */
  turned: Outcome | null;
  /** Attempts of the phase's action that failed for passing reasons, in a row. */
  attempts: number;
  /** What it last said that it waits for, so that it says so once. */
  pending?: string;
  /** A person has said to go on, whatever was found changed; asked again once the next change is applied. */
  trusting?: boolean;
  /** A person has said to go on from a step that had too few requests to judge by. */
  judged?: boolean;
  /** The gate that it waits at, or has just passed. */
  approval?: Approval;
  /** The phase's layout is applied: what is left of it is to wait. */
  applied?: true;
  /** The migration may have changed the data by now. */
  migrated?: true;
  /** For an adoption: how each host name was answered before it was taken (class of the status; 404 by itself; 0: not at all). */
  answered?: Record<string, number>;
  /** How often the migration was begun: a person can have it tried again. */
  runs?: number;
  /** For `offboard`: what it was accepted with; `until`: when the grace is over, by the ledger's clock. */
  offboarding?: OffboardingTerms & { until?: string };
  /** While nobody was served, ISO 8601, as the gateway said so. */
  outage?: { from: string; to?: string };
  /** Requests and errors per color as counted when baking began; null: not counted yet. */
  baseline: Record<Color, TrafficCount> | null;
  /** Who counted that, where counts of one can't be compared with those of another. */
  counter?: string;
}

/** How a tenant leaves. */
export interface OffboardingTerms {
  /** How long the tenant is suspended, and can come back, before anything is removed. */
  graceSeconds: number;
  /** How long what was exported and backed up is kept afterwards. */
  retainDays: number;
}

/** What a person is asked to let pass. */
export interface Approval {
  gate: Gate;
  /** Absent until it has been previewed what would be done next. */
  shown?: { plan: string; steps: PreviewView["steps"] };
}

/** Cumulative counts of a color's requests through the gateway. */
export interface TrafficCount {
  requests: number;
  errors: number;
  /** How many took at most so many seconds, bounds rising; absent where the gateway has no such histogram. */
  latency?: [seconds: number, requests: number][];
  /** How many the histogram is of, where those under way are not in it yet; absent: all of them. */
  timed?: number;
}
