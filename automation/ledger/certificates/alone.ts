import { sql } from "kysely";
import type { Queries } from "../database.ts";

const lock = 7_432_505;

/** Does it unless another process is at an environment's certificates, in which case it gives null. */
export async function alone<T>(db: Queries, environment: string, work: () => Promise<T>): Promise<T | null> {
  return db.connection().execute(async (connection) => {
    const key = sql`${lock}::integer, hashtext(${environment})`;
    const { rows } = await sql<{ taken: boolean }>`select pg_try_advisory_lock(${key}) as taken`.execute(connection);
    if (!rows[0]?.taken) return null;
    try {
      return await work();
    } finally {
      // A connection that is lost has let go of it.
      await sql`select pg_advisory_unlock(${key})`.execute(connection).catch(() => undefined);
    }
  });
}
