import type { DatabaseSync } from "node:sqlite";

/** A release as the store sees it. */
export interface Release {
  /** As the application says it: `2.1.0`. */
  version: string;
  /** The schema version that it was written for. */
  schema: number;
  /** Its migration renames a column that older releases read. */
  breaking: boolean;
}

/** The schema version that the database has; 0 before anything was made in it. */
export function schemaVersionOf(database: DatabaseSync): number {
  const known = database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema'").get();
  if (known === undefined) return 0;
  return Number(database.prepare("SELECT max(version) AS version FROM schema").get()?.["version"] ?? 0);
}

/**
 * Brings the schema to the release's version, in one transaction. Where it is that new already nothing happens: going
 * back is not possible.
 * @returns what was done, a line per step
 */
export function migrate(database: DatabaseSync, release: Release): string[] {
  database.exec("BEGIN IMMEDIATE");
  try {
    const done: string[] = [];
    for (let version = schemaVersionOf(database) + 1; version <= release.schema; version += 1) {
      const change = step(database, version, release.breaking && version === release.schema);
      database
        .prepare("INSERT INTO schema (version, change, release, applied_at) VALUES (?, ?, ?, ?)")
        .run(version, change, release.version, new Date().toISOString());
      // Where tools look that know nothing of this application.
      database.exec(`PRAGMA user_version = ${version}`);
      done.push(`schema ${version}: ${change}`);
    }
    database.exec("COMMIT");
    return done;
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
}

function step(database: DatabaseSync, version: number, breaking: boolean): string {
  if (version === 1) {
    database.exec(`
      CREATE TABLE schema (version INTEGER PRIMARY KEY, change TEXT, release TEXT, applied_at TEXT);
      CREATE TABLE notes (id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT, color TEXT, version TEXT, written_at TEXT)`);
    if (!breaking) return "made table notes";
  }
  if (breaking) {
    const [from, to] = [textColumn(database, version), `text_v${version}`];
    database.exec(`ALTER TABLE notes RENAME COLUMN ${from} TO ${to}`);
    return `renamed column ${from} to ${to}, which older releases don't know`;
  }
  database.exec(`ALTER TABLE notes ADD COLUMN extra_v${version} TEXT`);
  return `added column extra_v${version}, which older releases leave alone`;
}

/** By which name a release of this schema version knows the notes' text: not by one that came after it. */
export function textColumn(database: DatabaseSync, schema: number): string {
  const columns = database.prepare("SELECT name FROM pragma_table_info('notes')").all();
  const known = columns
    .map((column) => /^text_v(\d+)$/.exec(String(column["name"])))
    .find((match) => match !== null && Number(match[1]) <= schema);
  return known?.[0] ?? "text";
}
