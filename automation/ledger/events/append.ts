import { sql } from "kysely";
import type { Phase } from "../../../model/operation.ts";
import type { Queries } from "../database.ts";
import { json, text } from "../json.ts";

export interface NewEvent {
  operation: string | null;
  /** Null: it is no environment's. */
  environment: string | null;
  tenant: string | null;
  type: string;
  phase?: Phase | null;
  message: string;
  data?: Record<string, unknown>;
}

export const eventsChannel = "teal_events";
const lock = 7_432_502;

/**
 * Writes events at the end of a transaction. One transaction at a time writes them, until it commits: so ids become
 * visible in their order, and who reads on from the last id that he has seen misses none.
 */
export async function appendEvents(tx: Queries, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  await sql`select pg_advisory_xact_lock(${lock}), pg_notify(${eventsChannel}, '')`.execute(tx);
  const rows = events.map(({ operation, environment, tenant, type, phase, message, data }) => ({
    operation,
    environment,
    tenant,
    type,
    phase: phase ?? null,
    message: text(message),
    data: json(data ?? {}),
  }));
  await tx.insertInto("events").values(rows).execute();
}
