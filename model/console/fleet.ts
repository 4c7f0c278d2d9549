import { z } from "zod";
import { colors } from "../color.ts";
import { environmentName } from "../environment.ts";
import { operationKinds, operationStates, phases } from "../operation.ts";
import { version } from "../release.ts";
import { tenantId, tiers } from "../tenant.ts";
import { weightsSchema } from "../weights.ts";

const time = z.iso.datetime();

/** As small as it gets, since there are thousands: what is usual is left out. */
export const fleetRow = z
  .object({
    id: tenantId,
    name: z.string(),
    hostnames: z.array(z.string()).optional().meta({ description: "Of its own, besides the one that Teal gives it" }),
    tier: z.enum(tiers),
    ring: z.int(),
    live: z.enum(colors).nullable().meta({ description: "Null until provisioned" }),
    release: version.nullable().meta({ description: "Of the live slot" }),
    adopted: z
      .string()
      .optional()
      .meta({ description: "Namespace of what serves as a color's copy, whose pods Teal doesn't look at" }),
    weights: weightsSchema.optional().meta({ description: "Left out where all traffic goes to the live slot" }),
    suspended: z.literal(true).optional().meta({ description: "No requests are served" }),
    maintenance: z
      .literal(true)
      .optional()
      .meta({ description: "It is suspended for work on it, not by anybody's wish" }),
    other: z
      .object({ release: version, scale: z.enum(["full", "idle", "none"]), ready: z.boolean() })
      .optional()
      .meta({
        description: "What the other slot holds: the new release while one comes, else the old one or a backup",
      }),
    ready: z.boolean().meta({ description: "All pods of the live slot were ready when Teal last looked" }),
    pods: z.tuple([z.int(), z.int()]).optional().meta({ description: "Of the live slot: ready, and wanted" }),
    operation: z
      .object({
        id: z.uuid(),
        kind: z.enum(operationKinds),
        state: z.enum(operationStates),
        phase: z.enum(phases),
        release: version.optional(),
        step: z.object({ index: z.int(), of: z.int(), percent: z.int() }).optional(),
        code: z.string().optional().meta({ description: "Why it waits" }),
        since: time.meta({ description: "Since when it is in its phase" }),
      })
      .optional()
      .meta({ description: "The operation under way" }),
    failed: z
      .object({ operation: z.uuid(), code: z.string() })
      .optional()
      .meta({ description: "Its last operation ended badly, and nobody has acted on it" }),
    behind: z
      .int()
      .optional()
      .meta({ description: "How many newer releases there are, withdrawn ones left out; none, if not said" }),
    behindSince: time.optional().meta({ description: "When the first of them came" }),
    attention: z.string().optional().meta({ description: "Code of why somebody should look at it" }),
  })
  .meta({ id: "FleetRow" });
export type FleetRow = z.infer<typeof fleetRow>;

export const fleetView = z
  .object({
    environment: environmentName,
    newest: version.nullable().meta({ description: "The newest release that is not withdrawn" }),
    url: z.string().meta({ description: "Of a tenant; `{id}` stands for its id" }),
    total: z.int().meta({ description: "Tenants in all" }),
    items: z.array(fleetRow),
    next: z.string().optional(),
  })
  .meta({ id: "Fleet", description: "All tenants of an environment, by id" });
export type FleetView = z.infer<typeof fleetView>;

export const skewView = z
  .object({
    environment: environmentName,
    tenants: z.int(),
    items: z
      .array(
        z.object({
          release: version.nullable().meta({ description: "Null: not provisioned yet" }),
          behind: z.int(),
          withdrawn: z.boolean(),
          tenants: z.int(),
          rings: z.array(z.object({ ring: z.int(), tenants: z.int() })),
        }),
      )
      .meta({ description: "Newest release first" }),
    others: z.int().meta({ description: "Tenants of still older releases than are listed" }),
  })
  .meta({ id: "Skew", description: "How many tenants have which release live" });
export type SkewView = z.infer<typeof skewView>;
