import { DatabaseSync } from "node:sqlite";

/**
 * Writes to a database until it is killed, `node writerChild.ts <path>`: in every transaction one row into each of two
 * tables. Prints a line once it has begun.
 */
const database = new DatabaseSync(process.argv[2] ?? "", { timeout: 10_000 });
database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;
  CREATE TABLE IF NOT EXISTS debits (id INTEGER PRIMARY KEY, text TEXT);
  CREATE TABLE IF NOT EXISTS credits (id INTEGER PRIMARY KEY, text TEXT)`);
for (let count = 0; ; count += 1) {
  database.exec(`BEGIN IMMEDIATE;
    INSERT INTO debits (text) VALUES (hex(randomblob(400)));
    INSERT INTO credits (text) VALUES (hex(randomblob(400)));
    COMMIT`);
  if (count === 500) process.stdout.write("writing\n");
}
