import { z } from "zod";
import { certificateConcern } from "./certificate.ts";
import { environmentName } from "./environment.ts";
import { offeredActions } from "./machine/actions.ts";
import { approvalEnds } from "./machine/next.ts";
import { interventions, operationKinds, outcomeSchema, phases, type Operation, type Outcome } from "./operation.ts";

/** Longer texts are cut: a notice is read on a telephone, and the link has the rest. */
const limits = { message: 1000, evidence: 5, text: 300 };

export const noticeTypes = [
  "operation.waiting",
  "operation.halted",
  "operation.failed",
  "operation.rolled-back",
  "operation.reminder",
  "certificates.trouble",
  "drill.failed",
  "drill.overdue",
] as const;
export type NoticeType = (typeof noticeTypes)[number];

const time = z.iso.datetime();

/** What a notice tells of an operation, as it was then. */
export const noticedOperation = z.strictObject({
  id: z.uuid(),
  kind: z.enum(operationKinds),
  release: z.string().nullable(),
  phase: z.enum(phases),
  outcome: outcomeSchema.nullable(),
  actions: z.array(z.strictObject({ name: z.enum(interventions), effect: z.string() })),
  deadline: time.nullable(),
});
export type NoticedOperation = z.infer<typeof noticedOperation>;

/** What a notice tells of restore drills of a tenant. */
export const noticedDrill = z.strictObject({
  /** Null: there was none for too long. */
  id: z.uuid().nullable(),
  backup: z.uuid().nullable(),
  code: z.string(),
  message: z.string(),
});
export type NoticedDrill = z.infer<typeof noticedDrill>;

/** The body of a call to a webhook; docs/notifications.md explains it. */
export const noticeBody = z.strictObject({
  id: z.uuid(),
  at: time,
  type: z.enum([...noticeTypes, "test"]),
  environment: environmentName,
  tenant: z.string().nullable(),
  operation: noticedOperation.nullable(),
  certificates: certificateConcern.optional(),
  drill: noticedDrill.optional(),
  link: z.url(),
  api: z.url(),
});
export type NoticeBody = z.infer<typeof noticeBody>;

/** Something about an operation that a person has to be told. */
export interface Concern {
  type: Exclude<NoticeType, "operation.reminder" | "certificates.trouble" | `drill.${string}`>;
  /** Tells it from anything else that the operation may ever wait for. */
  about: string;
  operation: NoticedOperation;
}

/** What a person has to be told of an operation as it is; null where there is nothing. */
export function concernOf(operation: Operation): Concern | null {
  const type = typeOf(operation);
  if (type === null) return null;
  const { id, kind, phase, memory, move, outcome } = operation;
  const plan = memory.approval?.shown?.plan;
  const deadline = phase === "awaiting-approval" && move ? approvalEnds(memory, move).toISOString() : null;
  const allowed = offeredActions(operation).filter((action) => action.allowed);
  return {
    type,
    about: [phase, memory.phaseSince, outcome?.code, plan].filter((part) => part !== undefined).join(" "),
    operation: {
      id,
      kind,
      release: move?.content?.release ?? null,
      phase,
      outcome: outcome && inShort(outcome),
      actions: allowed.map(({ name, effect }) => ({ name, effect })),
      deadline,
    },
  };
}

/** Trouble, a stop, a freeze and the hour pass without anybody's answer: what waits for them is not told. */
function typeOf({ phase, outcome }: Operation): Concern["type"] | null {
  switch (phase) {
    case "awaiting-approval":
      // Only once it has been shown what is to be approved.
      return outcome?.code === "approval_wanted" ? "operation.waiting" : null;
    case "paused":
      return "operation.waiting";
    case "halted":
    case "failed":
    case "rolled-back":
      return `operation.${phase}`;
    default:
      return null;
  }
}

/** What a tenant's pods wrote or answered stays here: nobody knows what is in it. */
function inShort({ code, cause, message, evidence }: Outcome): Outcome {
  const told = evidence.filter(({ source }) => source !== "log" && source !== "request").slice(0, limits.evidence);
  return {
    code,
    cause,
    message: cut(message, limits.message),
    evidence: told.map((one) => ({ ...one, text: cut(one.text, limits.text) })),
  };
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1).toWellFormed()}…` : text;
}
