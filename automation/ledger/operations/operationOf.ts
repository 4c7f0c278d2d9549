import type { Operation } from "../../../model/operation.ts";
import type { OperationRow } from "../schema.ts";

export function operationOf(row: OperationRow): Operation {
  return {
    id: row.id,
    kind: row.kind,
    environment: row.environment,
    tenant: row.tenant,
    state: row.state,
    phase: row.phase,
    actor: row.actor,
    reason: row.reason,
    outcome: row.outcome,
    move: row.move,
    memory: row.memory,
    request: row.request,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    ...(row.acknowledged_at && {
      acknowledged: { at: row.acknowledged_at, by: row.acknowledged_by ?? "", reason: row.acknowledged_reason ?? "" },
    }),
  };
}
