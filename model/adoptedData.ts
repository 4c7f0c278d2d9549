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
