import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { Schema } from "./schema.ts";

/** Where SQL runs: the pool, or a transaction of it. */
export type Queries = Kysely<Schema>;

/** How the ledger's connections tell of what nobody waits for, such as a lost idle connection. Never with secrets. */
export type Report = (message: string, cause: unknown) => void;

export function connect(url: string, report: Report): Kysely<Schema> {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: "teal",
    max: 20,
    connectionTimeoutMillis: 10_000,
    idle_in_transaction_session_timeout: 60_000,
    keepAlive: true,
    types: { getTypeParser },
  });
  // The pool has dropped the connection already and makes another when one is asked for.
  pool.on("error", (error) => report("An idle connection to PostgreSQL was lost.", error));
  // One that is in use, but between two queries of a transaction, has nobody else who listens: the next query fails and
  // says so, but an error that nobody hears would end the process.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) }).withSchema("teal");
}

/** bigint as number: what is counted here (fences, events) stays far below 2^53. */
const getTypeParser: typeof pg.types.getTypeParser = ((oid: number, format?: "text" | "binary") =>
  oid === pg.types.builtins.INT8 && format !== "binary"
    ? Number
    : pg.types.getTypeParser(oid, format as "text")) as typeof pg.types.getTypeParser;
