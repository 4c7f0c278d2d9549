import type { Move } from "../../../model/layout.ts";
import type { OffboardingTerms, OperationKind } from "../../../model/operation.ts";
import type { OperationView } from "../../../model/views.ts";
import type { Call } from "../../automation.ts";
import type { Queries } from "../../ledger/database.ts";
import { appendEvents } from "../../ledger/events/append.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import { insertOperation } from "../../ledger/operations/insert.ts";
import type { TenantRow } from "../../ledger/schema.ts";
import { refuseObserved } from "../environments/mode.ts";
import { operationView } from "../views.ts";

const brings: readonly OperationKind[] = [
  "provision",
  "configure",
  "rollout",
  "rollback",
  "restart",
  "repair",
  "restore",
];

function pods(move: Move | null): string {
  if (move?.replicas === undefined) return "";
  return move.replicas === null ? " to what the tier says" : ` to ${move.replicas} web pods`;
}

interface Accepted {
  kind: OperationKind;
  move: Move | null;
  offboarding?: OffboardingTerms;
  call: Call;
}

/** Writes down an operation on a tenant that the transaction holds, and wakes a worker. Throws `environment_observed`. */
export async function accept(
  tx: Queries,
  { wake }: Pick<Ledger, "wake">,
  tenant: TenantRow,
  { kind, move, offboarding, call }: Accepted,
): Promise<OperationView> {
  const { environment, id } = tenant;
  const { actor, reason = null } = call;
  await refuseObserved(tx, environment);
  const operation = await insertOperation(tx, {
    tenantUid: tenant.uid,
    environment,
    tenant: id,
    kind,
    actor,
    reason,
    move,
    ...(offboarding && { offboarding }),
  });
  await wake(tx, operation.id);
  const release = move?.content?.release;
  const gone = move?.letsGo && `removal of cluster ${move.letsGo.join(", ")}, which is not in use`;
  const what = gone ?? (brings.includes(kind) ? `${kind} of release ${release}` : `${kind}${pods(move)}`);
  const override = move?.override;
  const spite = override ? `, in spite of freezes and windows (${override.reason})` : "";
  const message = `${actor} asked for the ${what}${spite}${reason === null ? "" : `: ${reason}`}`;
  const said = {
    ...(reason !== null && { reason }),
    ...(release !== undefined && { release }),
    ...(move?.letsGo && { letsGo: move.letsGo }),
  };
  const data = { actor, kind, ...said, ...(override && { override }) };
  const event = { operation: operation.id, environment, tenant: id, type: "accepted", phase: operation.phase };
  await appendEvents(tx, [{ ...event, message, data }]);
  return operationView(operation);
}
