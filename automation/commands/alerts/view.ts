import type { AlertView } from "../../../model/alert.ts";
import type { AlertRow } from "../../ledger/schema.ts";

export function alertView(row: AlertRow): AlertView {
  const { id, name, severity, environment, tenant, color, summary, description, labels, runbook, generator } = row;
  return {
    id,
    name,
    severity,
    state: row.ended_at === null ? "firing" : row.lapsed ? "lapsed" : "resolved",
    environment,
    tenant,
    color,
    summary,
    description,
    since: row.starts_at.toISOString(),
    toldAt: row.told_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    labels,
    runbook,
    generator,
  };
}
