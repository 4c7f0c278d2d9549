import type { BackupView } from "../../../model/backup.ts";
import type { TakenBackup } from "../../ledger/backups/read.ts";
import type { TenantDrill } from "../../ledger/drills/read.ts";
import { drillView } from "./drillView.ts";

/** What the API shows of a backup. */
export function backupView(row: TakenBackup, drill?: TenantDrill): BackupView {
  const { layout, reason, last_write_at: lastWriteAt, stack_version: version, stack_updated_at: updatedAt } = row;
  return {
    id: row.id,
    environment: row.environment,
    tenant: row.tenant,
    takenAt: row.taken_at.toISOString(),
    takenFor: row.kind,
    by: row.actor,
    ...(reason !== null && { reason }),
    provider: row.provider,
    location: row.location,
    bytes: row.bytes,
    files: row.files,
    checksum: row.checksum,
    ...(lastWriteAt && { lastWriteAt: lastWriteAt.toISOString() }),
    ...(row.schema_version !== null && { schemaVersion: row.schema_version }),
    ...(layout.schema !== undefined && { migratedBy: layout.schema }),
    release: row.release,
    image: row.image,
    revision: layout.slots[layout.live]!.revision,
    weights: layout.weights,
    ...(updatedAt && { stack: { version: version ?? 0, updatedAt: updatedAt.toISOString() } }),
    ...(drill && { drill: drillView(drill) }),
  };
}
