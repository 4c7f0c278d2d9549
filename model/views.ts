import { z } from "zod";
import { adoptedDataView } from "./adoptedData.ts";
import { clusterView } from "./cluster.ts";
import { colors } from "./color.ts";
import { environmentModes, environmentName } from "./environment.ts";
import { gates } from "./layout.ts";
import { interventions, operationKinds, operationStates, outcomeSchema, phases } from "./operation.ts";
import { policySchema, strategies } from "./policy.ts";
import { newRelease, version } from "./release.ts";
import { newTenant, tenantId } from "./tenant.ts";
import { weightsSchema } from "./weights.ts";

/** What the API answers. These schemas make the OpenAPI document; requests are validated by those of newTenant & Co. */

const time = z.iso.datetime().meta({ description: "UTC, ISO 8601" });

const plannedStep = z.object({
  op: z.enum(["create", "update", "replace", "delete"]),
  urn: z.string(),
  type: z.string(),
  name: z.string(),
  diffs: z.array(z.string()).meta({ description: "Properties that change" }),
});

export const releaseView = newRelease
  .extend({
    environment: environmentName,
    createdAt: time,
    createdBy: z.string(),
    withdrawn: z.object({ at: time, by: z.string(), reason: z.string() }).optional(),
    promotedFrom: z
      .object({ environment: environmentName, at: time, by: z.string(), reason: z.string() })
      .optional()
      .meta({ description: "Where it had proven itself before it came here" }),
  })
  .meta({ id: "Release" });
export type ReleaseView = z.infer<typeof releaseView>;

export const slotView = z
  .object({
    release: version,
    image: z.string(),
    revision: z.int().meta({ description: "Revision of the tenant's settings that its pods were given" }),
    scale: z.enum(["full", "idle", "none"]),
    idleReplicas: z.int().optional().meta({ description: "Web pods at scale `idle`; one, if not said" }),
    restarts: z.int().optional().meta({ description: "Counts restarts; none, if not said" }),
    ready: z.boolean().meta({ description: "All replicas were ready when Teal last looked" }),
    replicas: z.int().optional(),
    readyReplicas: z.int().optional(),
  })
  .meta({ id: "Slot" });
export type SlotView = z.infer<typeof slotView>;

const adoptedView = z
  .object({ color: z.enum(colors), namespace: z.string(), service: z.string(), port: z.int() })
  .meta({ id: "Adopted", description: "A Service that Teal has not made, in a namespace that it has not made." });

export const offeredAction = z
  .object({
    name: z.enum(interventions),
    allowed: z.boolean(),
    whyNot: z.string().optional(),
    effect: z.string(),
  })
  .meta({ id: "Action" });

export const operationView = z
  .object({
    id: z.uuid(),
    kind: z.enum(operationKinds),
    environment: environmentName,
    tenant: tenantId,
    state: z.enum(operationStates),
    phase: z.enum(phases),
    actor: z.string(),
    reason: z.string().optional(),
    release: version.optional().meta({ description: "The release that it brings" }),
    step: z
      .object({ index: z.int(), of: z.int(), percent: z.int() })
      .optional()
      .meta({ description: "The traffic step under way" }),
    outcome: outcomeSchema.optional(),
    strategy: z.enum(strategies).optional().meta({ description: "How the slots change over, where they do" }),
    outage: z
      .object({ from: time, to: time.optional(), seconds: z.int(), limitSeconds: z.int(), tooLong: z.boolean() })
      .optional()
      .meta({ description: "While nobody was served for it; without `to`, nobody is" }),
    backup: z.uuid().optional().meta({ description: "For a restore: the backup that it brings back" }),
    pointInTime: z
      .object({ at: time, cluster: z.string() })
      .optional()
      .meta({ description: "For a restore to a moment: which, and of which cluster's past" }),
    letsGo: z
      .array(z.int())
      .optional()
      .meta({ description: "For a confirmation of restores: generations of the clusters that it removes" }),
    grace: z.object({ seconds: z.int(), until: time.optional(), retainDays: z.int() }).optional().meta({
      description:
        "For an offboarding: how long the tenant can come back, until when (once the grace has begun), and how long what is exported is kept",
    }),
    leaves: z
      .array(z.string())
      .optional()
      .meta({ description: "Where it goes back, or has gone: what stays as it changed it" }),
    override: z
      .object({ by: z.string(), reason: z.string() })
      .optional()
      .meta({ description: "Who had it begin in spite of freezes and maintenance windows, and why" }),
    approval: z
      .object({
        gate: z.enum(gates),
        plan: z.string().optional().meta({ description: "What `approve` takes; absent until it has been previewed" }),
        steps: z.array(plannedStep).meta({ description: "What would be done next" }),
        expiresAt: time.meta({ description: "Without an answer by then it goes back" }),
      })
      .optional()
      .meta({ description: "What it waits at a gate for" }),
    actions: z.array(offeredAction),
    acknowledged: z
      .object({ at: time, by: z.string(), reason: z.string() })
      .optional()
      .meta({ description: "Who has taken note that it ended badly, and why no more is needed" }),
    createdAt: time,
    startedAt: time.optional(),
    endedAt: time.optional(),
  })
  .meta({ id: "Operation" });
export type OperationView = z.infer<typeof operationView>;

export const tenantView = newTenant
  .omit({ release: true, secrets: true })
  .extend({
    environment: environmentName,
    live: z.enum(colors).nullable().meta({ description: "The color with the traffic; null until provisioned" }),
    release: version.nullable().meta({ description: "Release of the live slot" }),
    weights: weightsSchema.meta({ description: "While it is suspended: those that it comes back with" }),
    replicas: z.int().nullable().meta({ description: "Web pods of a full slot; null: as many as the tier says" }),
    suspended: z.boolean().meta({ description: "No requests are served until it is unsuspended" }),
    maintenance: z.boolean().meta({ description: "It is shut for an operation, or by one that did not end well" }),
    volume: z.int().nullable().meta({ description: "GiB of the volume for its data; null: it has none" }),
    schema: version.nullable().meta({ description: "Release whose migration its data has been through last" }),
    slots: z.object({ blue: slotView.nullable(), green: slotView.nullable() }),
    adopted: adoptedView.optional().meta({ description: "What serves as the copy of a color whose slot is empty" }),
    adoptedData: adoptedDataView.optional().meta({
      description: "What it has on AWS that was there before it; a restore may have moved the database since",
    }),
    secretNames: z.array(z.string()).meta({ description: "Names of its secrets; their values are never read back" }),
    revision: z.int().meta({ description: "Counts changes of its settings; also the ETag that PATCH takes" }),
    operation: operationView.optional().meta({ description: "The operation under way" }),
    clusters: z.array(clusterView).optional().meta({
      description: "Its own database clusters, oldest first; absent: it has none, or nothing told of them yet",
    }),
    stack: z.string().meta({ description: "The Pulumi stack", example: "organization/tenant/production.acme" }),
    namespace: z.string().meta({ description: "The Kubernetes namespace", example: "production-acme" }),
    url: z.string(),
    attention: z
      .object({ code: z.string(), message: z.string(), at: time })
      .optional()
      .meta({ description: "Set where Teal found it changed by somebody else; GET …/drift tells more" }),
    createdAt: time,
  })
  .meta({ id: "Tenant" });
export type TenantView = z.infer<typeof tenantView>;

export const eventView = z
  .object({
    id: z.int().meta({ description: "Rises by time: what Last-Event-ID takes" }),
    operation: z.uuid().nullable(),
    environment: environmentName.nullable().meta({ description: "Null: it is about the platform, or Teal itself" }),
    tenant: tenantId.nullable(),
    at: time,
    type: z.string().meta({ description: "What kind of thing happened", example: "phase" }),
    phase: z.enum(phases).nullable(),
    message: z.string(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "Event" });
export type EventView = z.infer<typeof eventView>;

export const environmentView = z
  .object({
    name: environmentName,
    stopped: z.object({ at: time, by: z.string(), reason: z.string() }).optional(),
    mode: z.enum(environmentModes).meta({
      description: "`observe`: previews, drift and reports, but nothing is written to cluster or stacks",
    }),
    observed: z
      .object({ at: time, by: z.string(), reason: z.string() })
      .optional()
      .meta({ description: "Who has it only observed, and why" }),
    tenants: z.int(),
    releases: z.int(),
    unknownStacks: z
      .array(z.string())
      .optional()
      .meta({ description: "Tenants that have a stack, but are not in this ledger" }),
  })
  .meta({ id: "Environment" });
export type EnvironmentView = z.infer<typeof environmentView>;

export const policyView = z
  .object({
    environment: environmentName,
    version: z.int().meta({ description: "Counts its changes; also the ETag that PUT takes. 0: nobody has set one" }),
    policy: policySchema,
    changed: z.object({ at: time, by: z.string(), reason: z.string() }).optional(),
  })
  .meta({ id: "PolicyVersion" });
export type PolicyView = z.infer<typeof policyView>;

export const freezeView = z
  .object({
    id: z.uuid(),
    environment: environmentName,
    from: time,
    to: time,
    reason: z.string(),
    by: z.string(),
    createdAt: time,
    lifted: z.object({ at: time, by: z.string(), reason: z.string().optional() }).optional(),
  })
  .meta({ id: "Freeze", description: "A time in which no rollout begins" });
export type FreezeView = z.infer<typeof freezeView>;

export const previewView = z
  .object({
    creates: z.int(),
    updates: z.int(),
    replaces: z.int(),
    deletes: z.int(),
    steps: z.array(plannedStep),
  })
  .meta({ id: "Preview", description: "What would change; nothing was." });
export type PreviewView = z.infer<typeof previewView>;

export const previewLinkView = z
  .object({ url: z.url().meta({ description: "To be opened in a browser" }), expiresAt: time })
  .meta({ id: "PreviewLink" });
export type PreviewLinkView = z.infer<typeof previewLinkView>;

const decision = z.object({ by: z.string(), reason: z.string(), at: time });

export const driftItem = z
  .object({
    id: z.string().meta({ description: "Tells this very change from any other" }),
    urn: z.string(),
    kind: z.string().meta({ example: "Deployment" }),
    name: z.string().meta({ description: "Name in the stack", example: "blue-web" }),
    change: z
      .enum(["changed", "deleted", "added"])
      .meta({ description: "`added`: the stack has it, though Teal gave it none" }),
    properties: z
      .array(
        z.object({
          path: z.string().meta({ example: "spec.replicas" }),
          expected: z.string().optional().meta({ description: "As JSON; not shown of Secrets" }),
          found: z.string().optional().meta({ description: "As JSON; not shown of Secrets" }),
        }),
      )
      .meta({ description: "What differs; empty unless `changed`" }),
    kept: decision.optional().meta({ description: "Set where an operator has decided to keep it for now" }),
  })
  .meta({ id: "DriftItem" });
export type DriftItem = z.infer<typeof driftItem>;

export const driftView = z
  .object({
    environment: environmentName,
    tenant: tenantId,
    checkedAt: time,
    drifted: z.boolean().meta({ description: "Something differs that nobody has decided to keep" }),
    plan: z.string().meta({ description: "Stands for all that is listed here: what keeping and repairing take" }),
    message: z.string().optional().meta({ description: "What was moved or changed as a whole, in words" }),
    traffic: z.object({
      expected: weightsSchema.nullable().meta({ description: "Null: no requests are to be served" }),
      found: weightsSchema.nullable().meta({ description: "The live route's; null: it leads to no slot" }),
    }),
    items: z.array(driftItem).meta({ description: "What a repair would mend" }),
    additions: z.array(z.object({ kind: z.string(), name: z.string(), path: z.string(), manager: z.string() })).meta({
      description: "What others added to Teal's objects, where Teal sets nothing: neither asked about nor removed",
    }),
  })
  .meta({ id: "Drift", description: "What is there and is not as Teal left it. Nothing is repaired unasked." });
export type DriftView = z.infer<typeof driftView>;

/** A page of a list: `next` is the cursor of the one after it, absent on the last. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().optional() });
}
export interface Page<T> {
  items: T[];
  next?: string;
}
