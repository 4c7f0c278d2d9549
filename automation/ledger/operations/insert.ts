import { sql } from "kysely";
import type { Move } from "../../../model/layout.ts";
import type { Memory, OffboardingTerms, Operation, OperationKind } from "../../../model/operation.ts";
import type { Queries } from "../database.ts";
import { json, text } from "../json.ts";
import { operationOf } from "./operationOf.ts";
import { sweepAfterSeconds } from "./sweep.ts";

export interface NewOperation {
  tenantUid: string;
  environment: string;
  tenant: string;
  kind: OperationKind;
  actor: string;
  reason: string | null;
  move: Move | null;
  offboarding?: OffboardingTerms;
}

/** Writes down a queued operation. The tenant is held by the caller and has none under way. */
export async function insertOperation(tx: Queries, operation: NewOperation): Promise<Operation> {
  const { tenantUid, environment, tenant, kind, actor, reason, move } = operation;
  const memory: Memory = {
    step: 0,
    phaseSince: new Date().toISOString(),
    resume: null,
    turned: null,
    attempts: 0,
    baseline: null,
    ...(operation.offboarding && { offboarding: operation.offboarding }),
  };
  const row = await tx
    .insertInto("operations")
    .values({
      tenant_uid: tenantUid,
      environment,
      tenant,
      kind,
      state: "queued",
      phase: "queued",
      actor: text(actor),
      reason: reason === null ? null : text(reason),
      move: move && json(move),
      memory: json(memory),
      wake_at: sql<Date>`now() + make_interval(secs => ${sweepAfterSeconds})`,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return operationOf(row);
}
