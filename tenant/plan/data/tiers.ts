import { z } from "zod";
import { TealError } from "../../../model/errors.ts";
import { tiers, type Tier } from "../../../model/tenant.ts";

/** Aurora's capacity units: half a unit is about 1 GiB of memory. At 0 a cluster sleeps while nobody asks it. */
const capacity = (least: number) =>
  z
    .number({ error: `expected a number of capacity units from ${least} to 256` })
    .min(least, { error: `expected at least ${least}` })
    .max(256, { error: "expected at most 256" })
    .multipleOf(0.5, { error: "expected steps of 0.5" });

/** A tenant's own cluster. */
export const clusterSize = z
  .strictObject({
    kind: z.literal("cluster"),
    version: z
      .string()
      .regex(/^1[4-9]\.\d{1,2}$/, { error: 'expected a version of Aurora PostgreSQL such as "17.5"' })
      .default("17.5"),
    minCapacity: capacity(0),
    maxCapacity: capacity(1),
    /** A second instance in another zone, which takes over within a minute or so. */
    multiZone: z.boolean().default(false),
    /** How far back it can be restored to any point in time. */
    backupDays: z.int().min(1).max(35).default(7),
  })
  .refine(({ minCapacity, maxCapacity }) => minCapacity <= maxCapacity, {
    path: ["maxCapacity"],
    error: "expected at least minCapacity",
  });

export const bucketTerms = z.strictObject({
  /** How long an object that was overwritten or deleted can still be had back. */
  oldVersionDays: z.int().min(1).max(3650).default(30),
});
export type BucketTerms = z.infer<typeof bucketTerms>;

const tierData = z.strictObject({
  database: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("none") }),
    z.strictObject({ kind: z.literal("schema") }),
    clusterSize,
  ]),
  /** Null: it has no bucket. */
  bucket: bucketTerms.nullable(),
});
/** What a tier gives of what holds data. */
export type TierData = z.infer<typeof tierData>;

export const sharedCluster = z.strictObject({
  host: z.string().regex(/^[a-z0-9.-]+$/, { error: "expected the cluster's endpoint, without port" }),
  port: z.int().min(1).max(65_535).default(5432),
  /** DbClusterResourceId, which rights to connect name: `aws rds describe-db-clusters` tells it. */
  resourceId: z.string().regex(/^cluster-[A-Z0-9]+$/, { error: "expected a resource id such as cluster-ABCDEFGHIJKL" }),
});
export type SharedCluster = z.infer<typeof sharedCluster>;

/** What each tier gives unless an operator says otherwise (docs/aws-tenants.md). */
export const defaultTierData: Record<Tier, TierData> = {
  small: { database: { kind: "none" }, bucket: { oldVersionDays: 30 } },
  medium: {
    database: {
      kind: "cluster",
      version: "17.5",
      minCapacity: 0.5,
      maxCapacity: 4,
      multiZone: false,
      backupDays: 7,
    },
    bucket: { oldVersionDays: 30 },
  },
  large: {
    database: {
      kind: "cluster",
      version: "17.5",
      minCapacity: 1,
      maxCapacity: 32,
      multiZone: true,
      backupDays: 35,
    },
    bucket: { oldVersionDays: 90 },
  },
};

const dataTable = z.strictObject({
  tiers: z.strictObject({ small: tierData, medium: tierData, large: tierData }).partial().default({}),
  /** The cluster that tenants whose tier says `schema` share: there already, with IAM authentication on. */
  shared: sharedCluster.optional(),
});
/** The table that operators write: what each tier gives, and the shared cluster. */
export interface DataTable {
  tiers: Record<Tier, TierData>;
  shared?: SharedCluster | undefined;
}

/**
 * The table in what an operator wrote; tiers that are not in it give what they do by default.
 * Throws TealError `data_table_invalid` that names each place and what is wrong with it.
 */
export function readDataTable(written: unknown): DataTable {
  const parsed = dataTable.safeParse(written);
  if (!parsed.success)
    throw invalid(parsed.error.issues.map(({ path, message }) => `${path.join(".") || "table"}: ${message}`));
  const { shared } = parsed.data;
  const table = { ...defaultTierData, ...parsed.data.tiers };
  const alone = shared ? [] : tiers.filter((tier) => table[tier].database.kind === "schema");
  if (alone.length === 0) return { tiers: table, ...(shared && { shared }) };
  throw invalid(
    alone.map((tier) => `tiers.${tier}.database.kind: expected the shared cluster to be said, or another kind`),
  );
}

function invalid(problems: string[]): TealError {
  return new TealError("data_table_invalid", `What tiers give of data: ${problems.join("; ")}.`, {
    data: { problems },
  });
}
