import { z } from "zod";
import { environmentName } from "./environment.ts";
import { version } from "./release.ts";
import { tenantId, tenantSettings } from "./tenant.ts";

const time = z.iso.datetime().meta({ description: "UTC, ISO 8601" });

/** The most of a tenant's objects that its record lists. */
export const mostDeletedListed = 1000;

/** What a tenant was, without its secrets: enough to set it up again, and to know what its data is. */
export const tenantExport = z
  .object({
    environment: environmentName,
    tenant: tenantId,
    exportedAt: time,
    settings: tenantSettings.omit({ secrets: true }),
    secretNames: z.array(z.string()).meta({ description: "Names of its secrets; their values are in no export" }),
    release: version.nullable().meta({ description: "Release that ran last; null: none ever did" }),
    image: z.string().nullable(),
    schema: version.nullable().meta({ description: "Release whose migration its data has been through last" }),
    data: z
      .object({
        backup: z.uuid(),
        provider: z.string(),
        location: z.string().meta({ description: "Where the data is" }),
        bytes: z.int(),
        files: z.int(),
        checksum: z.string(),
      })
      .nullable()
      .meta({ description: "The last backup of its data; null: it had none, or none was to be taken" }),
  })
  .meta({ id: "TenantExport", description: "What a tenant was when it left, without secrets" });
export type TenantExport = z.infer<typeof tenantExport>;

/** An object of the tenant's stack. */
export const deletedObject = z.object({
  type: z.string().meta({ example: "kubernetes:core/v1:Namespace" }),
  name: z.string(),
  id: z.string().optional().meta({ description: "The provider's id", example: "production-acme" }),
});
export type DeletedObject = z.infer<typeof deletedObject>;

/** Something that is to be deleted at a time, and waits for it where it is. */
export const keptThing = z.object({
  what: z.string().meta({ example: "KMS key" }),
  id: z.string().meta({ description: "What names it where it is", example: "arn:aws:kms:eu-central-1:…:key/…" }),
  until: time.nullable().meta({ description: "Null: until the retention ends" }),
});
export type KeptThing = z.infer<typeof keptThing>;

export const offboardedView = z
  .object({
    operation: z.uuid().meta({ description: "The offboarding; also what names this record" }),
    environment: environmentName,
    tenant: tenantId,
    name: z.string(),
    by: z.string(),
    reason: z.string().optional(),
    removedAt: time,
    exported: z
      .object({ href: z.string().meta({ description: "Where the export is read" }), data: z.string().nullable() })
      .nullable()
      .meta({ description: "`data`: where its data is. Null: nothing could be exported, or it is deleted by now" }),
    lost: z.string().optional().meta({
      description: "What was lost for good, since somebody had it removed though it could not be exported",
      example: "the export of its settings, and what was written to its volume since its last backup",
    }),
    deleted: z
      .object({ objects: z.array(deletedObject), more: z.boolean() })
      .meta({ description: "What its stack had, and is gone" }),
    checked: z.array(z.string()).meta({ description: "Where was looked for something left, and nothing was" }),
    kept: z.object({
      backups: z.int().meta({ description: "Backups of its data that are still there" }),
      bytes: z.int(),
      until: time.meta({ description: "When they, the export and the tenant's settings are deleted" }),
      hold: z
        .object({ by: z.string(), reason: z.string(), at: time })
        .optional()
        .meta({ description: "Who has them kept longer than was said at first, and why" }),
      others: z.array(keptThing).meta({ description: "What else is deleted only later" }),
    }),
    prunedAt: time.optional().meta({ description: "When that was done: nothing is kept but this record" }),
  })
  .meta({ id: "OffboardedTenant", description: "What was deleted of a tenant that left, and what is kept until when" });
export type OffboardedView = z.infer<typeof offboardedView>;

export const newHold = z
  .strictObject({
    until: z.iso
      .datetime({ offset: true })
      .meta({ description: "Later than now held", example: "2027-11-28T00:00:00Z" }),
    reason: z.string().trim().min(1).max(500),
  })
  .meta({ id: "NewHold" });
export type NewHold = z.infer<typeof newHold>;
