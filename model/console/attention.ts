import { z } from "zod";
import { alertView } from "../alert.ts";
import { environmentName } from "../environment.ts";
import { causes, outcomeSchema } from "../operation.ts";
import { tenantId } from "../tenant.ts";
import { operationView } from "../views.ts";

/** What can need a person: an operation that waits or ended badly, a tenant, certificates, an environment, an alert. */
export const concerns = [
  "approval",
  "paused",
  "halted",
  "failed",
  "rolled-back",
  "tenant",
  "certificate",
  "drill",
  "unknown-stacks",
  "stopped",
  "alert",
] as const;
export type ConcernKind = (typeof concerns)[number];

const time = z.iso.datetime();

/** Something that one can do about it, as a call of the API. */
export const attentionAction = z
  .object({
    name: z.string().meta({ example: "approve" }),
    effect: z.string().meta({ description: "What it would bring about" }),
    method: z.enum(["GET", "POST"]),
    path: z.string(),
    plan: z.string().optional().meta({ description: "What `approve` takes besides a reason" }),
  })
  .meta({ id: "AttentionAction" });
export type AttentionAction = z.infer<typeof attentionAction>;

export const attentionItem = z
  .object({
    id: z.string().meta({ description: "Tells it from any other; stays while it lasts" }),
    concern: z.enum(concerns),
    environment: environmentName.nullable().meta({ description: "Null: it is about the platform, or Teal itself" }),
    tenant: tenantId.nullable(),
    since: time,
    deadline: time.nullable().meta({ description: "When it is decided without a person; null: never" }),
    cause: z.enum(causes).meta({ description: "Who has to act" }),
    code: z.string(),
    message: z.string(),
    evidence: outcomeSchema.shape.evidence,
    actions: z.array(attentionAction).meta({ description: "What is allowed now" }),
    operation: operationView.optional().meta({ description: "The operation that waits or ended badly" }),
    alert: alertView.optional().meta({ description: "The alert that fires" }),
    underWay: z.uuid().optional().meta({ description: "An operation of the tenant that was begun since" }),
  })
  .meta({ id: "AttentionItem" });
export type AttentionItem = z.infer<typeof attentionItem>;

export const attentionView = z
  .object({
    items: z.array(attentionItem),
    next: z.string().optional(),
    counts: z.record(z.enum(concerns), z.int()).meta({ description: "Of all there are, whatever the page holds" }),
  })
  .meta({
    id: "Attention",
    description: "What needs a person, nearest deadline first, then oldest first; alerts that warn only come last",
  });
export type AttentionView = z.infer<typeof attentionView>;
