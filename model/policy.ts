import { z } from "zod";
import { analysisChecks } from "./analysis.ts";
import { check } from "./check.ts";
import { environmentName } from "./environment.ts";
import { gates, settlings } from "./layout.ts";
import { version } from "./release.ts";
import { windowSchema } from "./window.ts";

export const longestGraceSeconds = 90 * 86_400;
export const longestRetentionDays = 3650;

const seconds = z.int().min(0).max(86_400);
const limit = (what: string) =>
  z
    .int()
    .min(1)
    .max(86_400)
    .meta({ description: `Seconds until ${what}` });
const reason = z.string().trim().min(1).max(500);

const steps = z
  .array(z.int().min(1).max(100))
  .min(1)
  .max(20)
  .refine((s) => s.every((percent, i) => i === 0 || percent > s[i - 1]!), { error: "Expected rising percentages." })
  .refine((s) => s.at(-1) === 100, { error: "Expected 100 as the last step." })
  .meta({ description: "Percent of traffic for the new release, rising to 100" });

/** What to do where a step has had too few requests to judge by. */
export const inconclusives = ["checks", "pause", "roll-back"] as const;

/** How the slots change over. */
export const strategies = ["blue-green", "recreate"] as const;

/** Whether a user once led to the new release stays there: `cookie` asks a gateway that can. */
export const affinities = ["none", "cookie"] as const;

/** When a tenant's data is backed up unasked. */
export const backupRules = ["before-rollout", "never"] as const;

/** What may differ from rollout to rollout. */
const ofRollout = {
  strategy: z.enum(strategies).meta({
    description:
      "By traffic that moves step by step, or all at once while nobody is served; a release whose migration isn't compatible always goes by `recreate`",
  }),
  steps,
  affinity: z.enum(affinities).meta({
    description:
      "Whether a user who was led to the new release stays there while its share rises; needs a gateway that can",
  }),
  bakeSeconds: seconds.meta({ description: "How long each step is watched before the next" }),
  holdSeconds: seconds.meta({ description: "How long the old slot is kept as it was: rollback is one flip" }),
  settling: z
    .enum(settlings)
    .meta({ description: "The old slot afterwards: brought to the new release as a warm backup, kept, or removed" }),
  idleReplicas: z.int().min(0).max(20).meta({
    description: "Web pods of a slot that was matched; at most as many as the tenant's tier gives a full one",
  }),
  readySeconds: limit("all pods of the new slot must be ready and answer the checks"),
  deploySeconds: limit("the new slot must be applied"),
  shiftSeconds: limit("the gateway must follow a step"),
  promoteSeconds: limit("background components must have changed over, as far as the stack says"),
  settleSeconds: limit("the old slot must be settled"),
  migrateSeconds: limit("the release's migration must have ended"),
  maxOutageSeconds: limit("a service that is shut for a change must be back; longer is told as too long"),
  rollBackSeconds: limit("traffic must be back, and then again until the idle slot must be restored"),
  maxErrorRate: z.number().min(0).max(1).meta({
    description: "Share of failed answers (5xx) that the new color may have at most, unless the old one has as many",
  }),
  minRequests: z
    .int()
    .min(1)
    .max(1_000_000)
    .meta({ description: "Below so many requests a step's figures say nothing" }),
  analysis: analysisChecks.meta({ description: "What a step's figures must be like, besides `maxErrorRate`" }),
  checkRepeats: z.int().min(1).max(100).meta({ description: "How often each check must pass in a row" }),
  checks: z.array(check).max(20).meta({ description: "Checks besides those of the release" }),
  inconclusive: z.enum(inconclusives).meta({
    description: "With too few requests to judge a step by: let its checks decide, pause for a person, or go back",
  }),
  gates: z
    .array(z.enum(gates))
    .max(gates.length)
    .meta({ description: "Where it waits for an approval: before it gets any traffic, before it gets all of it" }),
  approvalSeconds: z
    .int()
    .min(1)
    .max(30 * 86_400)
    .meta({ description: "Until an approval that nobody gave is taken for a refusal" }),
};

/** What may differ from tenant to tenant. */
const ofTenant = {
  ...ofRollout,
  windows: z
    .array(windowSchema)
    .max(50)
    .meta({ description: "When rollouts, and changes that need new pods, may begin; none: at any time" }),
  backup: z.enum(backupRules).meta({ description: "Whether rollouts begin with a backup, where the tenant has data" }),
  keepBackups: z.int().min(1).max(1000).meta({ description: "How many backups of a tenant are kept, newest first" }),
  backupSeconds: limit("a backup must be taken and checked"),
  restoreSeconds: limit("a backup's data must be back"),
  graceSeconds: z.int().min(0).max(longestGraceSeconds).meta({
    description: "How long a tenant that is offboarded stays suspended, and can come back, before it is removed",
  }),
  retainDays: z.int().min(0).max(longestRetentionDays).meta({
    description: "How long the export and the backups of a tenant are kept once it is removed",
  }),
};

const ofEnvironment = {
  ...ofTenant,
  promoteFrom: environmentName
    .nullable()
    .meta({ description: "Releases come here by promotion from this environment only; null: from anywhere" }),
};

export const policySchema = z
  .strictObject(ofEnvironment)
  .meta({ id: "Policy", description: "How rollouts go where nobody says otherwise" });
/** How rollouts go where nobody says otherwise. Times in seconds; `maxErrorRate` is a share from 0 to 1. */
export type Policy = z.infer<typeof policySchema>;

export const newPolicy = policySchema
  .partial()
  .meta({ id: "NewPolicy", description: "What is left out is as in an environment without a policy." });
export type NewPolicy = z.infer<typeof newPolicy>;

/** What a tenant has otherwise than its environment. */
export const tenantPolicy = z
  .strictObject(ofTenant)
  .partial()
  .meta({ id: "TenantPolicy", description: "What goes otherwise than by the environment's policy" });
export type TenantPolicy = z.infer<typeof tenantPolicy>;

type Nullable<T extends z.ZodRawShape> = { [K in keyof T]: z.ZodOptional<z.ZodNullable<T[K] & z.ZodType>> };
const nullable = Object.fromEntries(
  Object.entries(ofTenant).map(([name, field]) => [name, field.nullable().optional()]),
) as unknown as Nullable<typeof ofTenant>;

/** As a merge patch: null goes back to the environment's. */
export const tenantPolicyPatch = z.strictObject(nullable).meta({ id: "TenantPolicyPatch" });
export type TenantPolicyPatch = z.infer<typeof tenantPolicyPatch>;

export const newRollout = z
  .strictObject({
    release: version,
    ...z.strictObject(ofRollout).partial().shape,
    reason: reason.optional(),
    override: z
      .strictObject({ reason })
      .optional()
      .meta({ description: "Begin in spite of freezes and outside of maintenance windows; recorded with its reason" }),
  })
  .meta({ id: "NewRollout" });
export type NewRollout = z.infer<typeof newRollout>;

/**
 * The environment's policy, with what the tenant and then the rollout have otherwise. A rollout can ask for more gates than
 * they do, never for fewer: else whoever starts it could do without the approval that they want.
 */
export function effectivePolicy(environment: Policy, tenant: TenantPolicy, wished: Partial<NewRollout> = {}): Policy {
  const own = Object.entries(wished).filter(([name, value]) => Object.hasOwn(ofRollout, name) && value !== undefined);
  const policy: Policy = { ...environment, ...tenant };
  const wanted = gates.filter((gate) => policy.gates.includes(gate) || wished.gates?.includes(gate));
  return { ...policy, ...Object.fromEntries(own), gates: wanted };
}

const production: Policy = {
  strategy: "blue-green",
  affinity: "none",
  steps: [10, 50, 100],
  bakeSeconds: 60,
  holdSeconds: 600,
  settling: "match",
  idleReplicas: 1,
  readySeconds: 300,
  deploySeconds: 600,
  shiftSeconds: 600,
  promoteSeconds: 600,
  settleSeconds: 600,
  migrateSeconds: 1800,
  maxOutageSeconds: 180,
  rollBackSeconds: 1800,
  maxErrorRate: 0.05,
  minRequests: 20,
  analysis: [],
  checkRepeats: 10,
  checks: [],
  inconclusive: "checks",
  windows: [],
  backup: "before-rollout",
  keepBackups: 7,
  backupSeconds: 1800,
  restoreSeconds: 3600,
  graceSeconds: 7 * 86_400,
  retainDays: 30,
  gates: [],
  approvalSeconds: 86_400,
  promoteFrom: null,
};

/** Shows in seconds what otherwise takes minutes. */
const demo: Policy = { ...production, bakeSeconds: 5, holdSeconds: 5, readySeconds: 30, graceSeconds: 0 };

export const paces = ["production", "demo"] as const;
export type Pace = (typeof paces)[number];

/** The policy of an environment that has none of its own. */
export function defaultPolicy(pace: Pace): Policy {
  return pace === "demo" ? demo : production;
}
