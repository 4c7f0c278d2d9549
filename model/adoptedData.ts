import { z } from "zod";

/** RDS's name of a cluster. */
export const clusterIdentifier = z
  .string()
  .regex(/^[a-z](?!.*--)[a-z0-9-]{0,61}[a-z0-9]$|^[a-z]$/, {
    error: "Expected the identifier of a cluster in RDS: lower case, digits and single hyphens.",
  })
  .meta({ example: "shop-database" });

export const bucketName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, { error: "Expected the name of a bucket in S3." })
  .meta({ example: "shop-files" });

/** What PostgreSQL calls a database or a user; as IAM's policies name users, too, without their wildcards. */
export const postgresName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,62}$/, { error: "Expected a name of letters, digits and _ . -" });

/**
 * What a tenant has on AWS that was there before it, as it was found when it was adopted. None of it is Teal's: it is read, backed up and
 * written to by the tenant's pods, and neither changed nor deleted.
 */
export const adoptedData = z.strictObject({
  database: z
    .strictObject({
      cluster: clusterIdentifier,
      name: postgresName,
      /** Whom the tenant's pods connect as, by IAM. */
      user: postgresName,
      /** The cluster's master user: it is that of every cluster that is made of its snapshots, too. */
      admin: postgresName,
      /** Of the engine, such as `17.5`. */
      version: z.string().regex(/^\d{2}\.\d{1,2}$/),
    })
    .optional(),
  bucket: z
    .strictObject({
      name: bucketName,
      /** ARN of the key that S3 encrypts it with by default; null: one of AWS's own, for which nobody needs rights. */
      key: z
        .string()
        .regex(/^arn:aws[a-z-]*:kms:/)
        .nullable(),
    })
    .optional(),
});
export type AdoptedData = z.infer<typeof adoptedData>;

/** What of the data of those customers a tenant is to have, as it is asked for. */
export const wantedData = {
  database: z
    .strictObject({
      cluster: clusterIdentifier,
      name: postgresName.meta({ description: "Of the database in it", example: "shop" }),
      user: postgresName.optional().meta({
        description:
          "Whom the tenant's pods connect as, by IAM; if not given `t_<environment>_<tenant>`. Its owner makes it: the preview has the SQL",
      }),
    })
    .optional()
    .meta({ description: "Of an Aurora PostgreSQL cluster that is there (`TEAL_TARGET=aws` with `TEAL_PLATFORM`)" }),
  bucket: bucketName.optional().meta({ description: "A bucket that is there, with versions on" }),
};
export type WantedData = z.infer<z.ZodObject<typeof wantedData>>;

/** What was found of that. */
export const foundData = z.object({
  database: z
    .object({
      cluster: z.string(),
      name: z.string(),
      user: z.string(),
      version: z.string(),
      iam: z.boolean().meta({ description: "Whether IAM authentication is on, without which no pod gets in" }),
      key: z.string().nullable().meta({ description: "ARN of the key that it is encrypted with; null: it isn't" }),
      vpc: z.string().nullable(),
      securityGroups: z.array(z.string()),
      sql: z
        .array(z.string())
        .meta({ description: "What its owner runs in that database, where the user isn't there yet" }),
    })
    .nullable(),
  bucket: z
    .object({
      name: z.string(),
      key: z
        .string()
        .nullable()
        .meta({ description: "ARN of the key that it is encrypted with; null: one of AWS's own" }),
      closed: z.boolean().meta({ description: "Whether all public access is blocked" }),
    })
    .nullable(),
});
export type FoundData = z.infer<typeof foundData>;

/** What of it is shown with a tenant. */
export const adoptedDataView = z.object({
  database: z.object({ cluster: z.string(), name: z.string(), user: z.string() }).optional(),
  bucket: z.string().optional(),
});
export type AdoptedDataView = z.infer<typeof adoptedDataView>;

export function adoptedDataShown({ database, bucket }: AdoptedData): AdoptedDataView {
  return {
    ...(database && { database: { cluster: database.cluster, name: database.name, user: database.user } }),
    ...(bucket && { bucket: bucket.name }),
  };
}
