import type { ClusterOrigin } from "../../data/spec.ts";

/** Who owns a tenant's cluster; its pods have a user of their own, with rights to one database. */
export const adminUser = "teal_admin";
export const postgresPort = 5432;

/** What RDS makes a cluster from; nothing: it begins empty. */
export function originInputs(origin: ClusterOrigin | undefined) {
  if (origin === undefined) return {};
  if ("snapshot" in origin) return { snapshotIdentifier: origin.snapshot };
  const { cluster: sourceClusterIdentifier, at } = origin;
  const when = at === "latest" ? { useLatestRestorableTime: true } : { restoreToTime: at };
  return { restoreToPointInTime: { sourceClusterIdentifier, restoreType: "full-copy", ...when } };
}
