import type { OffboardedView } from "../../../model/offboarding.ts";
import type { Offboarded } from "../../ledger/offboardings/read.ts";

/** What the API shows of a tenant that is gone. */
export function offboardedView(row: Offboarded): OffboardedView {
  const { operation, environment, tenant, reason, exported, held_at: heldAt, pruned_at: prunedAt } = row;
  const href = `/v1/environments/${environment}/offboarded/${operation}/export`;
  return {
    operation,
    environment,
    tenant,
    name: row.name,
    by: row.actor,
    ...(reason !== null && { reason }),
    removedAt: row.removed_at.toISOString(),
    exported: exported && { href, data: exported.data?.location ?? null },
    ...(row.lost !== null && { lost: row.lost }),
    deleted: { objects: row.objects, more: row.more },
    checked: row.checked,
    kept: {
      backups: row.backups,
      bytes: row.bytes,
      until: row.keep_until.toISOString(),
      ...(heldAt && { hold: { by: row.held_by ?? "", reason: row.held_reason ?? "", at: heldAt.toISOString() } }),
      others: row.others,
    },
    ...(prunedAt && { prunedAt: prunedAt.toISOString() }),
  };
}
