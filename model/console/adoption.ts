import { z } from "zod";
import { environmentName } from "../environment.ts";
import { causes, operationKinds, phases } from "../operation.ts";
import { version } from "../release.ts";
import { tenantId } from "../tenant.ts";

const time = z.iso.datetime();

/** What holds a tenant back from a release that it was asked to be brought to. */
export const holders = ["stop", "freeze", "window", "approval", "pause", "halt"] as const;
export type Holder = (typeof holders)[number];

const operation = { operation: z.uuid(), kind: z.enum(operationKinds), phase: z.enum(phases) };
const group = <T extends z.ZodType>(item: T) =>
  z.object({ count: z.int(), items: z.array(item).meta({ description: "By tenant, as many as `limit` says" }) });

export const adoptionView = z
  .object({
    environment: environmentName,
    release: version,
    tenants: z.int().meta({ description: "Of the environment, in all" }),
    live: group(z.object({ tenant: tenantId })).meta({ description: "It is live there" }),
    moving: group(
      z.object({
        tenant: tenantId,
        ...operation,
        step: z.object({ index: z.int(), of: z.int(), percent: z.int() }).optional(),
      }),
    ).meta({ description: "On the way to it" }),
    held: group(
      z.object({
        tenant: tenantId,
        ...operation,
        by: z.enum(holders),
        until: time.nullable().meta({ description: "When that ends by itself; null: not known" }),
        message: z.string(),
      }),
    )
      .extend({ by: z.array(z.object({ by: z.enum(holders), count: z.int() })) })
      .meta({ description: "Asked for, and held back" }),
    failed: group(
      z.object({
        tenant: tenantId,
        ...operation,
        cause: z.enum(causes),
        code: z.string(),
        message: z.string(),
        at: time,
      }),
    )
      .extend({ by: z.array(z.object({ cause: z.enum(causes), code: z.string(), count: z.int() })) })
      .meta({ description: "The last try to bring it there ended badly" }),
    past: z.int().meta({ description: "Tenants that had it, and have another by now" }),
    rest: z.int().meta({
      description: "Tenants that nobody has tried to bring to it, or where that was called off before it began",
    }),
  })
  .meta({ id: "Adoption", description: "How far a release has come. Every tenant is counted once." });
export type AdoptionView = z.infer<typeof adoptionView>;
