import { sql, type RawBuilder } from "kysely";
import type { Freeze } from "../../../model/freeze.ts";
import type { Queries } from "../database.ts";

/** A freeze as JSON has it. */
export type FreezeText = Omit<Freeze, "from" | "to"> & { from: string; to: string };

/** The freeze that an environment is in, as a value of a query; of several, the one that lasts longest. */
export function freezeInForce(environment: RawBuilder<unknown>): RawBuilder<FreezeText | null> {
  return sql<FreezeText | null>`(
    select json_build_object('id', f.id, 'from', f.starts_at, 'to', f.ends_at, 'reason', f.reason, 'by', f.created_by)
    from teal.freezes f
    where f.environment = ${environment} and f.lifted_at is null and f.starts_at <= now() and f.ends_at > now()
    order by f.ends_at desc
    limit 1
  )`;
}

export function freezeOf(text: FreezeText | null): Freeze | null {
  return text && { ...text, from: new Date(text.from), to: new Date(text.to) };
}

export async function readFreezeInForce(db: Queries, environment: string): Promise<Freeze | null> {
  const { rows } = await sql<{ freeze: FreezeText | null }>`
    select ${freezeInForce(sql`${environment}`)} as freeze`.execute(db);
  return freezeOf(rows[0]?.freeze ?? null);
}
