import { clusterStemOf, type DataOwner } from "../../tenant/plan/data/names.ts";
import { postgresPort } from "../../tenant/plan/data/cluster.ts";
import type { BucketThere, ClusterThere } from "./dataThere.ts";

/** Why something can't be adopted, each with what to do; none: it can. */
export type Problems = string[];

/** What `clusterSize` of tenant/plan/data/tiers.ts takes, since a restore makes one like it. */
const versions = /^1[4-9]\.\d{1,2}$/;

/** Pure. */
export function clusterProblems(
  owner: DataOwner,
  { cluster, user }: { cluster: string; user: string },
  there: ClusterThere | null,
): Problems {
  if (!there) return [`cluster ${cluster}: there is none in this region`];
  const { engine, version, status, admin, tags } = there;
  const own = clusterStemOf(owner);
  return [
    ...(engine !== "aurora-postgresql" ? [`expected engine aurora-postgresql, got ${engine}`] : []),
    ...(engine === "aurora-postgresql" && !versions.test(version)
      ? [`expected Aurora PostgreSQL 14 to 19, got ${version}`]
      : []),
    ...(status !== "available" ? [`expected it to be available, it is ${status}: try again when it is`] : []),
    ...(user === admin ? [`expected another user than ${admin}, who may do everything there`] : []),
    ...(cluster.startsWith(`${own}-`) && /^(\d+|drill)$/.test(cluster.slice(own.length + 1))
      ? [
          `its name is one that Teal gives the tenant's own clusters (${own}-1, ${own}-2, …): rename it, or choose another id`,
        ]
      : []),
    ...taken(tags),
  ].map((problem) => `cluster ${cluster}: ${problem}`);
}

/** Pure. */
export function bucketProblems(name: string, there: BucketThere | { elsewhere: string } | null): Problems {
  if (!there) return [`bucket ${name}: there is none`];
  if ("elsewhere" in there)
    return [`bucket ${name}: it is in ${there.elsewhere}, and Teal has to do with this region alone`];
  const problems = [
    ...(there.versioned
      ? []
      : [
          "no old versions are kept, without which nothing can be backed up: turn versioning on (put-bucket-versioning)",
        ]),
    ...taken(there.tags),
  ];
  return problems.map((problem) => `bucket ${name}: ${problem}`);
}

/** Whatever Teal makes has such a tag: another tenant's, another installation's, or the platform's own. */
function taken(tags: Record<string, string>): Problems {
  const teals = Object.entries(tags).filter(([key]) => key.startsWith("teal:"));
  const said = teals.map(([key, value]) => `${key}=${value}`).join(", ");
  return teals.length > 0 ? [`it is Teal's already (tags ${said})`] : [];
}

/** What somebody should know before, and has to do. Pure. */
export function clusterNotes(
  { cluster, name, user }: Record<"cluster" | "name" | "user", string>,
  there: ClusterThere,
): string[] {
  const { iam, key, vpc, port, securityGroups, instances } = there;
  return [
    `Cluster ${cluster} stays as it is, and is its owner's. Teal makes no user there: user ${user} has to be there before, let in by IAM (the SQL is in data.database.sql). It has to be another than the old pods log in as with a password: whoever has rds_iam is let in by IAM alone.`,
    `The tenant's pods work on database ${name} beside the old ones from when the first of them starts, its background components and its release's migration included: adopt with the release that runs there now, and stop the old ones' background work.`,
    `Its security groups (${securityGroups.join(", ") || "none"}${vpc === null ? "" : ` in ${vpc}`}) have to let the platform's nodes in at port ${port}, and it has to be in their VPC: pods reach no other.`,
    ...(port === postgresPort || vpc === null
      ? []
      : [
          `A cluster that is restored from a backup of it listens at ${postgresPort} instead of ${port}; pods are told.`,
        ]),
    `Teal's role has to be allowed snapshots of it (platform config controlPlane.tenantData.adopted.clusters), or no backup can be taken.`,
    ...(iam
      ? []
      : [
          "IAM authentication is off there: turn it on (modify-db-cluster --enable-iam-database-authentication), or no pod gets in.",
        ]),
    ...(instances === 0 ? ["It has no instance: nobody can connect to it."] : []),
    key === null
      ? "It is not encrypted, nor are backups of it; what is restored from them is, by the tenant's key."
      : `It is encrypted by ${key}, and so are backups of it: unless that is AWS's own (aws/rds), Teal's role has to be allowed it (platform config controlPlane.tenantData.adopted.keys) by the key's own policy, too.`,
  ];
}

/** Pure. */
export function bucketNotes(name: string, { key, closed }: BucketThere): string[] {
  return [
    `Bucket ${name} stays as it is, and is its owner's; its policy has to let the tenant's role and Teal in, and its lifecycle to keep old versions for as long as backups are kept.`,
    ...(key === null
      ? []
      : [
          `It is encrypted by ${key}, whose own policy has to leave it to the account's IAM policies, and which Teal's role has to be allowed (platform config controlPlane.tenantData.adopted.keys).`,
        ]),
    ...(closed
      ? []
      : ["Public access to it is not blocked altogether: block it (put-public-access-block) unless that is meant."]),
  ];
}

/** What makes the user. `name` and `user` are quoted; rights to what is in the database are for its owner to give. Pure. */
export function userSql({ name, user }: Record<"name" | "user", string>, admin: string): string[] {
  const [database, role] = [`"${name}"`, `"${user}"`];
  return [
    `CREATE ROLE ${role} LOGIN;`,
    `GRANT rds_iam TO ${role};`,
    `GRANT CONNECT ON DATABASE ${database} TO ${role};`,
    `-- and what the old pods' user may do there, such as: GRANT <role that owns the tables> TO ${role}; as ${admin}, or as that owner.`,
  ];
}
