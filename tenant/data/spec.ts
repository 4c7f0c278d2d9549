import { z } from "zod";
import { adoptedData, clusterIdentifier } from "../../model/adoptedData.ts";
import { environmentName } from "../../model/environment.ts";
import { platformOutputs } from "../../model/platform.ts";
import { newTenant, tenantId } from "../../model/tenant.ts";
import { bucketTerms, clusterSize, sharedCluster } from "../plan/data/tiers.ts";

/** What a cluster's data was when it was made; absent: nothing. */
const origin = z.union([
  z.strictObject({
    /** ARN or name of a cluster snapshot. */
    snapshot: z.string().min(1).max(2000),
  }),
  z.strictObject({
    /** Identifier of the cluster whose past it is. */
    cluster: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/),
    /** ISO 8601; `latest`: as far as its log goes. */
    at: z.union([z.literal("latest"), z.iso.datetime()]),
  }),
]);
export type ClusterOrigin = z.infer<typeof origin>;

const heldCluster = z.strictObject({
  generation: z.int().min(1).max(9999),
  /** Identifier of one that was there before the tenant: it is read, and never made, changed or deleted. */
  adopted: clusterIdentifier.optional(),
  restoredFrom: origin.optional(),
  /** Id of the restore that had it made: a backup may be restored more than once, each time into another cluster. */
  restore: z.uuid().optional(),
  /** It is to be left out next: its protection goes first, in an update of its own, as Pulumi goes by what it wrote down last. */
  ends: z.literal(true).optional(),
  /** Name of the snapshot that is taken of it as it is deleted; absent: its own, with `-last`. */
  lastSnapshot: z
    .string()
    .regex(/^[a-z]([a-z0-9-]{0,253}[a-z0-9])?$/)
    .optional(),
});
export type HeldCluster = z.infer<typeof heldCluster>;

/** As many a tenant may have at a time: each costs money. */
export const mostClusters = 5;

/**
 * The clusters that a tenant has now: one, and from when a restore makes another until somebody confirms it the ones before. `cluster` is the
 * generation that its pods use: the new one once it has been checked. See names.ts for what they are called.
 */
export const clusters = z
  .strictObject({
    cluster: z.int().min(1),
    clusters: z.array(heldCluster).min(1).max(mostClusters),
  })
  .superRefine(({ cluster, clusters: held }, ctx) => {
    const generations = held.map(({ generation }) => generation);
    if (!generations.includes(cluster))
      ctx.addIssue({
        code: "custom",
        path: ["cluster"],
        message: `expected one of clusters: ${generations.join(", ")}`,
      });
    if (held.some(({ generation, ends }) => ends && generation === cluster))
      ctx.addIssue({ code: "custom", path: ["clusters"], message: "expected the one in use not to end" });
    if (new Set(generations).size !== generations.length)
      ctx.addIssue({ code: "custom", path: ["clusters"], message: "expected each generation once" });
  });
export type Clusters = z.infer<typeof clusters>;

/** A tenant's first cluster. */
export const firstCluster: Clusters = { cluster: 1, clusters: [{ generation: 1 }] };

export const dataSpec = z.strictObject({
  environment: environmentName,
  id: tenantId,
  /** The platform: a stack to refer to (`organization/platform/production`), or, where it is kept elsewhere, its outputs. */
  platform: z.union([z.string().min(1), platformOutputs]),
  database: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("none") }),
    z.strictObject({ kind: z.literal("schema"), shared: sharedCluster }),
    z.strictObject({
      kind: z.literal("cluster"),
      size: clusterSize,
      held: clusters,
      /** What an adopted cluster calls database and users, and so whatever is restored from it; absent: Teal's names, made by Teal. */
      names: adoptedData.shape.database.unwrap().pick({ name: true, user: true, admin: true }).optional(),
    }),
  ]),
  /** `adopted`: one that was there before the tenant. Null: it has none. */
  bucket: z.union([z.strictObject({ adopted: adoptedData.shape.bucket.unwrap() }), bucketTerms]).nullable(),
  /** What is kept in Parameter Store, by name below the tenant's prefix. */
  parameters: newTenant.shape.secrets.unwrap(),
  /** While on, nothing that holds data can be deleted or replaced. Offboarding turns it off. */
  protect: z.boolean(),
  /**
   * The stack is about to be destroyed, with all that it holds and without a last snapshot. `exported`: what is to be kept of the tenant is
   * kept elsewhere by now, but for the key, without which it can't be read: that outlives the stack. `aborted`: nobody ever used it.
   */
  leaving: z.enum(["exported", "aborted"]).optional(),
});
/** All that the tenant-data program needs, and exactly what goes into stack config. */
export type DataSpec = z.infer<typeof dataSpec>;
