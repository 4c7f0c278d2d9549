import { createHash } from "node:crypto";
import { app, namespaceOf } from "../names.ts";

/** Which tenant of which environment. */
export interface DataOwner {
  environment: string;
  id: string;
}

/** Where in AWS: names of buckets and roles are the world's or the account's, not the region's. */
export interface AwsPlace {
  account: string;
  region: string;
}

/**
 * RDS's name of the tenant's cluster of that generation: `production-acme-1`, and after a restore `production-acme-2` beside it. The
 * generation always stands at its end, so that no two tenants' clusters can have one name. RDS takes no two hyphens in a row and at
 * most 63 characters: ids that have them get a digest in their place.
 */
export function clusterIdentifierOf(owner: DataOwner, generation: number): string {
  return `${clusterStemOf(owner)}-${generation}`;
}

/** What the names of all clusters of the tenant begin with; a hyphen follows. */
export function clusterStemOf({ environment, id }: DataOwner): string {
  const plain = id.includes("--") ? `${id.replaceAll(/-+/g, "-").slice(0, 31)}-${digest(id, 8)}` : id;
  return `${environment}-${plain.replaceAll(/-+/g, "-")}`;
}

/** RDS's name of a cluster that the tenant has: its own, or the one that it adopted. */
export function heldIdentifierOf(owner: DataOwner, held: { generation: number; adopted?: string | undefined }): string {
  return held.adopted ?? clusterIdentifierOf(owner, held.generation);
}

/**
 * Name of the snapshot that RDS takes when a cluster is deleted. It outlives the tenant, whose id may be given again: `uid` is what the
 * ledger tells tenants of one id apart by.
 */
export function lastSnapshotOf(clusterIdentifier: string, uid: string): string {
  return `${clusterIdentifier}-${uid.slice(0, 8)}-last`;
}

/** Name of the tenant's bucket, which is the world's: `production-acme-1f2e3d`; at most 63 characters. */
export function bucketNameOf(owner: DataOwner, place: AwsPlace): string {
  return ownName(owner, place);
}

/** Name of the role of the tenant's pods, which is the account's, so that two regions may have the same tenant. */
export function roleNameOf(owner: DataOwner, place: AwsPlace): string {
  return ownName(owner, place);
}

/** Path of all tenants' roles: what is refused to other tenants is refused to whoever is below it. */
export const rolePath = "/teal/tenants/";

export function roleArnOf(owner: DataOwner, place: AwsPlace): string {
  return `arn:aws:iam::${place.account}:role${rolePath}${roleNameOf(owner, place)}`;
}

/** Name that the tenant's key goes by. */
export function keyAliasOf({ environment, id }: DataOwner): string {
  return `alias/teal/${environment}/${id}`;
}

/** What all of the tenant's parameters begin with; it ends in a slash, so that no other tenant's begin so too. */
export function parameterPrefixOf({ environment, id }: DataOwner): string {
  return `/teal/${environment}/${id}/`;
}

/** The tenant's database and its user in PostgreSQL. An environment has no hyphen and an id no underscore: no two have one name. */
export function databaseNameOf({ environment, id }: DataOwner): string {
  // PostgreSQL keeps names that begin with pg_ to itself, and RDS those with rds.
  return `t_${environment}_${id.replaceAll("-", "_")}`;
}

/** The service account of the tenant's pods. */
export function serviceAccountOf(owner: DataOwner): { namespace: string; name: string } {
  return { namespace: namespaceOf(owner), name: app };
}

/** Tags of everything that is the tenant's in AWS; costs are split by them, and what is left behind is found by them. */
export function dataTags({ environment, id }: DataOwner): Record<string, string> {
  return {
    "teal:environment": environment,
    "teal:tenant": id,
    "teal:stack": "tenant-data",
    "teal:managed-by": "pulumi",
  };
}

function ownName(owner: DataOwner, { account, region }: AwsPlace): string {
  const { environment, id } = owner;
  return `${environment}-${id}-${digest([account, region, environment, id].join("/"), 6)}`;
}

function digest(text: string, characters: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, characters);
}
