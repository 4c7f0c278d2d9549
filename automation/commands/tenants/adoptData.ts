import type { AdoptedData, FoundData, WantedData } from "../../../model/adoptedData.ts";
import { TealError } from "../../../model/errors.ts";
import { databaseNameOf, type DataOwner } from "../../../tenant/plan/data/names.ts";
import type { BucketThere, ClusterThere, DataThere } from "../../adopting/dataThere.ts";
import {
  bucketNotes,
  bucketProblems,
  clusterNotes,
  clusterProblems,
  userSql,
  type Problems,
} from "../../adopting/fit.ts";
import { readAdopters, type Adopter } from "../../ledger/tenants/adopters.ts";
import type { Deps } from "../deps.ts";

export interface PlannedData {
  adoptedData: AdoptedData | null;
  /** Undefined: nothing was asked for. */
  found: FoundData | undefined;
  notes: string[];
}

/**
 * What the tenant would have of what is there on AWS; looks at all of it, and writes nothing. Throws `adopted_data_unavailable`,
 * `adopted_data_taken`, `adopted_data_unfit`, `adopted_data_unreadable`.
 */
export async function planAdoptedData(
  deps: Pick<Deps, "ledger" | "holdsData" | "dataThere">,
  owner: DataOwner,
  { database: wanted, bucket: name }: WantedData,
): Promise<PlannedData> {
  if (!wanted && name === undefined) return { adoptedData: null, found: undefined, notes: [] };
  const { dataThere } = deps;
  if (!dataThere || !deps.holdsData) throw unavailable();
  const database = wanted && (await lookAtDatabase(dataThere, owner, wanted));
  const bucket = name === undefined ? undefined : await lookAtBucket(dataThere, name);
  const problems = [...(database?.problems ?? []), ...(bucket?.problems ?? [])];
  if (problems.length > 0) throw unfit(problems);
  const adoptedData = {
    ...(database && { database: database.adoptedData }),
    ...(bucket && { bucket: bucket.adoptedData }),
  };
  await refuseTaken(deps, owner, adoptedData);
  const found = { database: database?.found ?? null, bucket: bucket?.found ?? null };
  return { adoptedData, found, notes: [...(database?.notes ?? []), ...(bucket?.notes ?? [])] };
}

interface Looked<Adopts, Found> {
  problems: Problems;
  adoptedData: Adopts;
  found: Found;
  notes: string[];
}

type LookedDatabase = Looked<NonNullable<AdoptedData["database"]>, NonNullable<FoundData["database"]>>;
type LookedBucket = Looked<NonNullable<AdoptedData["bucket"]>, NonNullable<FoundData["bucket"]>>;
/** Of what can't be adopted only the problems matter. */
type Unfit = { problems: Problems } & Record<"adoptedData" | "found" | "notes", never>;

const unfitFor = (problems: Problems) => ({ problems }) as Unfit;

async function lookAtDatabase(
  dataThere: DataThere,
  owner: DataOwner,
  { cluster, name, user = databaseNameOf(owner) }: NonNullable<WantedData["database"]>,
): Promise<LookedDatabase | Unfit> {
  const there = await dataThere.cluster(cluster);
  const problems = clusterProblems(owner, { cluster, user }, there);
  if (problems.length > 0) return unfitFor(problems);
  const { admin, version, iam, key, vpc, securityGroups } = there as ClusterThere;
  const named = { cluster, name, user };
  return {
    problems,
    adoptedData: { ...named, admin, version },
    found: { ...named, version, iam, key, vpc, securityGroups, sql: userSql(named, admin) },
    notes: clusterNotes(named, there as ClusterThere),
  };
}

async function lookAtBucket(dataThere: DataThere, name: string): Promise<LookedBucket | Unfit> {
  const there = await dataThere.bucket(name);
  const problems = bucketProblems(name, there);
  if (problems.length > 0) return unfitFor(problems);
  const { key, closed } = there as BucketThere;
  return {
    problems,
    adoptedData: { name, key },
    found: { name, key, closed },
    notes: bucketNotes(name, there as BucketThere),
  };
}

/** Whoever repeats a call is not told that the tenant it made has them. */
async function refuseTaken(
  { ledger }: Pick<Deps, "ledger">,
  owner: DataOwner,
  adoptedData: AdoptedData,
): Promise<void> {
  const adopters = await ledger.read((db) => readAdopters(db, adoptedData));
  const others = adopters.filter(({ environment, id }) => environment !== owner.environment || id !== owner.id);
  if (others.length > 0) throw takenBy(others);
}

export function takenBy(adopters: readonly Adopter[]): TealError {
  const said = adopters.map(({ environment, id, what }) => `tenant ${id} in ${environment} has the ${what}`).join(", ");
  const message = `Expected a database and a bucket that no tenant has: ${said}. A backup is of a whole cluster, and so is what is restored: two tenants can't share one.`;
  return new TealError("adopted_data_taken", message, { data: { adopters } });
}

function unavailable(): TealError {
  const message =
    "Expected no from.database and no from.bucket: tenants have nothing on AWS here. That takes TEAL_TARGET=aws and TEAL_PLATFORM (docs/aws-tenants.md).";
  return new TealError("adopted_data_unavailable", message);
}

function unfit(problems: Problems): TealError {
  return new TealError("adopted_data_unfit", `What is there can't be adopted: ${problems.join("; ")}.`, {
    data: { problems },
  });
}
