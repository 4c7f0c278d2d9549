import { sql, type Kysely } from "kysely";

/** What Pulumi printed for operations; kept for a while only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table teal.outputs (
      seq bigint generated always as identity primary key,
      operation uuid not null references teal.operations on delete cascade,
      phase text not null,
      task text not null,
      failed boolean not null,
      started_at timestamptz not null,
      ended_at timestamptz not null,
      text text not null,
      truncated boolean not null
    )`.execute(db);
  await sql`create index outputs_operation on teal.outputs (operation, seq)`.execute(db);
  await sql`create index outputs_age on teal.outputs (ended_at)`.execute(db);
}
