import { sql } from "kysely";
import type { AdoptedData } from "../../../model/adoptedData.ts";
import type { Queries } from "../database.ts";

export interface Adopter {
  environment: string;
  id: string;
  /** Which of what was looked for it has. */
  what: "database" | "bucket";
}

/** Tenants, of whatever environment, that have adopted that cluster or that bucket. */
export async function readAdopters(db: Queries, { database, bucket }: AdoptedData): Promise<Adopter[]> {
  const { rows } = await sql<Adopter>`
    select environment, id, 'database' as what from teal.tenants
    where offboarded_at is null and adopted_data -> 'database' ->> 'cluster' = ${database?.cluster ?? null}
    union all
    select environment, id, 'bucket' from teal.tenants
    where offboarded_at is null and adopted_data -> 'bucket' ->> 'name' = ${bucket?.name ?? null}`.execute(db);
  return rows;
}

/** What a tenant has adopted; null: nothing. */
export async function readAdopted(
  db: Queries,
  { environment, id }: { environment: string; id: string },
): Promise<AdoptedData | null> {
  const row = await db
    .selectFrom("tenants")
    .select("adopted_data")
    .where("environment", "=", environment)
    .where("id", "=", id)
    .where("offboarded_at", "is", null)
    .executeTakeFirst();
  return row?.adopted_data ?? null;
}
