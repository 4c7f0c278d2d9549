import { TealError } from "../../../model/errors.ts";
import type { Clusters, HeldCluster } from "../../../tenant/data/spec.ts";
import { bucketNameOf, heldIdentifierOf, type AwsPlace } from "../../../tenant/plan/data/names.ts";
import type { Holding } from "../../backups/provider.ts";
import type { DataStacks } from "../../stacks/stacks.ts";
import type { TenantData } from "./place.ts";

/** Where a tenant's data is, by what its data stack was given last; null: it has none. Throws `backup_source_refused`. */
export async function whereabouts(
  stacks: Pick<DataStacks, "last">,
  place: () => Promise<AwsPlace>,
  { environment, tenant: id }: Pick<Holding, "environment" | "tenant">,
): Promise<TenantData | null> {
  const owner = { environment, id };
  const last = await stacks.last(owner);
  if (!last) return null;
  const { database, bucket } = last.spec;
  if (database.kind === "schema") throw shared(id);
  const held = database.kind === "cluster" ? inUse(database.held) : null;
  const adopted = [
    ...(held?.adopted === undefined ? [] : (["cluster"] as const)),
    ...(bucket && "adopted" in bucket ? (["bucket"] as const) : []),
  ];
  return {
    cluster: held && heldIdentifierOf(owner, held),
    bucket: bucket && ("adopted" in bucket ? bucket.adopted.name : bucketNameOf(owner, await place())),
    ...(bucket && !("adopted" in bucket) && { oldVersionDays: bucket.oldVersionDays }),
    ...(adopted.length > 0 && { adopted }),
  };
}

function inUse({ cluster, clusters }: Clusters): HeldCluster {
  return clusters.find(({ generation }) => generation === cluster)!;
}

/** A backup of the bucket alone would pass for one of all that the tenant has. */
function shared(tenant: string): TealError {
  const message = `Tenant ${tenant} has its database in a cluster that others share, which Teal doesn't back up: a restore of it would take the others back, too. Back that cluster up yourself, and say "backup": "never" in the tenant's policy.`;
  return new TealError("backup_source_refused", message, { data: { cause: "platform", retriable: false } });
}
