import { isDeepStrictEqual } from "node:util";
import { isSurprise, type Operation } from "../../../model/operation.ts";
import type { DriftView } from "../../../model/views.ts";
import type { Call } from "../../automation.ts";
import type { Queries } from "../../ledger/database.ts";
import { appendEvents } from "../../ledger/events/append.ts";
import { endKept } from "../../ledger/operations/endKept.ts";
import { underWay } from "../../ledger/operations/read.ts";
import type { TenantRow } from "../../ledger/schema.ts";
import { adoptTenant } from "../../ledger/tenants/adopt.ts";
import { settleHostnames } from "../../ledger/tenants/hostnames.ts";
import { once } from "../call.ts";
import type { Deps } from "../deps.ts";
import { busy, heldTenant } from "../tenants/tenant.ts";
import { adopted } from "./adopted.ts";
import { driftChanged, lookAgain, lookAt } from "./look.ts";

/**
 * Decides that what was found is right: layout and weights become the ledger's own, other changes are remembered as kept.
 * Changes nothing in stack or cluster. An operation that waits for this very decision ends.
 */
export async function keepCommand(
  deps: Deps,
  environment: string,
  id: string,
  plan: string,
  call: Call & { reason: string },
): Promise<DriftView> {
  const { actor: by, reason } = call;
  let ended: Operation | undefined;
  await once(deps.ledger, call, async (tx) => {
    const looked = await lookAgain(deps, environment, id, plan);
    const tenant = await heldTenant(tx, environment, id);
    if (!isDeepStrictEqual(tenant.layout, looked.layout)) throw driftChanged(id);
    const waiting = await waitingOperation(tx, tenant);
    const { layout, stack } = await adopted(tx, deps, tenant, looked, by);
    const items = looked.view.items.map((item) => item.id);
    await adoptTenant(tx, tenant.uid, { layout, kept: { by, reason, at: new Date().toISOString(), items, stack } });
    if (waiting) await end(tx, waiting, call);
    ended = waiting;
    await settleHostnames(tx, tenant.uid);
    const message = `${by} keeps what was found of tenant ${id}: ${reason}`;
    const data = { actor: by, reason, items, ...(looked.view.message && { found: looked.view.message }) };
    const operation = waiting?.id ?? null;
    await appendEvents(tx, [{ operation, environment, tenant: id, type: "drift_kept", message, data }]);
    return null;
  });
  if (ended) deps.metrics?.ended(ended, ended.kind === "provision" ? "succeeded" : "cancelled");
  return (await lookAt(deps, environment, id)).view;
}

/** The operation under way, which has to wait for a decision. Throws `tenant_busy` where it goes on by itself. */
async function waitingOperation(tx: Queries, { uid }: TenantRow): Promise<Operation | undefined> {
  const operation = await underWay(tx, uid);
  if (operation && !(operation.phase === "paused" && isSurprise(operation.outcome))) throw busy(operation);
  return operation;
}

async function end(tx: Queries, operation: Operation, { actor, reason }: Call & { reason: string }): Promise<void> {
  await endKept(tx, operation, {
    code: "kept_as_found",
    cause: "person",
    message: `${actor} decided that what was found is right: ${reason}. The ${operation.kind} ends; Teal goes on from there.`,
    evidence: [{ source: "person", text: reason }],
  });
}
