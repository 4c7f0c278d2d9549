import assert from "node:assert/strict";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { up } from "../../../automation/ledger/migrations/0005-operations.ts";
import { openBooks } from "../books.ts";
import { freshDatabase } from "../postgres.ts";

/** What the first versions listed. */
const kinds = ["provision", "configure", "rollout", "rollback", "repair", "offboard"];

describe("migrations", () => {
  it("let a ledger of an older version hold the kinds and phases that came later", async () => {
    const url = await freshDatabase();
    await (await openBooks(url)).close();
    const client = new pg.Pool({ connectionString: url });
    const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: client }) });
    const checks = async () => {
      const { rows } = await client.query<{ text: string }>(
        `select pg_get_constraintdef(oid) as text from pg_constraint
         where conname in ('operations_kind_check', 'operations_phase_check') order by conname`,
      );
      return rows.map(({ text }) => text);
    };
    try {
      const fresh = await checks();
      const list = kinds.map((kind) => `'${kind}'`).join(", ");
      await client.query(`alter table teal.operations
        drop constraint operations_kind_check, add constraint operations_kind_check check (kind in (${list})),
        drop constraint operations_phase_check, add constraint operations_phase_check check (phase <> 'closing')`);
      assert.ok(!(await checks()).join().includes("suspend"));
      await up(db);
      assert.deepEqual(await checks(), fresh);
      for (const kind of ["restart", "scale", "suspend", "unsuspend"]) assert.ok(fresh[0]!.includes(`'${kind}'`), kind);
      for (const phase of ["closing", "stopping", "opening"]) assert.ok(fresh[1]!.includes(`'${phase}'`), phase);
    } finally {
      await db.destroy();
    }
  });
});
