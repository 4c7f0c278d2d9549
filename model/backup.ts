import { z } from "zod";
import { drillView } from "./drill.ts";
import { environmentName } from "./environment.ts";
import { operationKinds } from "./operation.ts";
import { version } from "./release.ts";
import { tenantId } from "./tenant.ts";
import { weightsSchema } from "./weights.ts";

const time = z.iso.datetime().meta({ description: "UTC, ISO 8601" });
const reason = z.string().trim().min(1).max(500);

export const backupView = z
  .object({
    id: z.uuid().meta({ description: "Also the id of the operation that took it" }),
    environment: environmentName,
    tenant: tenantId,
    takenAt: time,
    takenFor: z.enum(operationKinds).meta({ description: "Kind of that operation" }),
    by: z.string(),
    reason: z.string().optional(),
    provider: z.string(),
    location: z.string(),
    bytes: z.int(),
    files: z.int(),
    checksum: z.string(),
    lastWriteAt: time.optional().meta({ description: "When the tenant had last written; absent: never" }),
    schemaVersion: z.string().optional().meta({ description: "The version that the data says its schema has" }),
    migratedBy: version.optional().meta({ description: "Release whose migration it had been through last" }),
    release: version.meta({ description: "Release that ran on it" }),
    image: z.string(),
    revision: z.int().meta({ description: "Revision of the tenant's settings then" }),
    weights: weightsSchema,
    stack: z
      .object({ version: z.int(), updatedAt: time })
      .optional()
      .meta({ description: "The stack's last update then; version 0 where its backend counts none" }),
  })
  .extend({ drill: drillView.optional().meta({ description: "The newest drill that restored it for a try" }) })
  .meta({ id: "Backup", description: "A checked copy of a tenant's data, and what ran on it" });
export type BackupView = z.infer<typeof backupView>;

/** Which data to bring back: that of a backup, or as it was at a time. */
const source = {
  backup: z.uuid().optional().meta({ description: "A backup; or say `at` or `pointInTime`" }),
  at: z.iso
    .datetime({ offset: true })
    .optional()
    .meta({ description: "A time: the newest backup that had been taken by then", example: "2026-11-28T03:00:00Z" }),
  pointInTime: z.iso.datetime({ offset: true }).optional().meta({
    description: "On AWS: exactly this moment, to the second, in the past of the tenant's own cluster",
    example: "2026-11-28T03:14:07Z",
  }),
};
const oneSource = {
  check: (given: { backup?: string | undefined; at?: string | undefined; pointInTime?: string | undefined }) =>
    [given.backup, given.at, given.pointInTime].filter((one) => one !== undefined).length === 1,
  error: "Expected one of `backup`, `at` and `pointInTime`.",
};

export const restoreSource = z
  .strictObject(source)
  .refine(oneSource.check, { error: oneSource.error })
  .meta({ id: "RestoreSource" });
export type RestoreSource = z.infer<typeof restoreSource>;

export const newRestore = z
  .strictObject({
    ...source,
    plan: z.string().min(1).max(64).meta({ description: "Of the preview: what was shown is what is done" }),
    reason,
  })
  .refine(oneSource.check, { error: oneSource.error })
  .meta({ id: "NewRestore" });
export type NewRestore = z.infer<typeof newRestore>;

export const restorePreview = z
  .object({
    backup: backupView.optional().meta({ description: "The backup that would come back; absent for a moment" }),
    pointInTime: z.object({ at: time, cluster: z.string(), earliest: time, latest: time }).optional().meta({
      description: "The moment that would come back, of which cluster's past, and between which times it may be",
    }),
    plan: z.string().meta({ description: "What POST …/restore takes" }),
    lastWriteAt: time.optional().meta({ description: "When the tenant last wrote; absent: never" }),
    minutesLost: z.int().meta({ description: "Minutes of writes since then that would be lost, rounded up" }),
    release: z
      .object({ from: version, to: version })
      .meta({ description: "What runs now, and what would run on the restored data" }),
    withdrawn: z.boolean().meta({ description: "The release that would run is withdrawn" }),
    notes: z.array(z.string()).meta({ description: "What else a person should know before" }),
  })
  .meta({ id: "RestorePreview", description: "What a restore would do; nothing was done." });
export type RestorePreview = z.infer<typeof restorePreview>;

/** Whole minutes of writes that going back to `takenAt` would lose: none where nothing was written since. */
export function minutesLost(takenAt: string, lastWriteAt: string | null): number {
  if (lastWriteAt === null) return 0;
  return Math.max(0, Math.ceil((Date.parse(lastWriteAt) - Date.parse(takenAt)) / 60_000));
}
