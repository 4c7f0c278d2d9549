import assert from "node:assert/strict";
import { sql } from "kysely";
import pg from "pg";
import { openHarness, type Harness } from "../harness.ts";

describe("a connection that is lost", () => {
  let harness: Harness;
  before(async () => (harness = await openHarness()));
  after(() => harness.close());

  it("between two queries of a transaction fails the transaction, and nothing else", async () => {
    const { ledger, url } = harness;
    const lost = ledger.transaction(async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
      const client = new pg.Client(url);
      await client.connect();
      await client.query("select pg_terminate_backend($1)", [rows[0]!.pid]);
      await client.end();
      // The connection is told of its end while nobody waits for an answer on it.
      await new Promise((done) => setTimeout(done, 200));
      await sql`select 1`.execute(tx);
    });
    await assert.rejects(lost, { code: "ledger_unavailable" });
    await ledger.ping();
  });
});
