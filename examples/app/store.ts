import { statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { migrate, schemaVersionOf, textColumn, type Release } from "./schema.ts";

export interface Note {
  id: number;
  text: string;
  /** Of the copy that wrote it. */
  color: string | null;
  version: string;
  /** RFC 3339. */
  writtenAt: string;
}

export interface Notes {
  count: number;
  /** 0: nothing was ever written or migrated. */
  schemaVersion: number;
  /** The newest first, at most 100. */
  notes: Note[];
}

const fileName = "notes.db";
const listed = 100;
/** How long one waits for another process that writes. */
const busyMs = 5000;

/**
 * Notes in an SQLite database in a directory that other processes use at the same time. It is opened for each call: so
 * nothing is ever written to a database that a restore has replaced.
 */
export class Store {
  readonly #path: string;
  readonly #release: Release;

  /** @param directory where the database is, or will be with the first note or migration */
  constructor(directory: string, release: Release) {
    this.#path = join(directory, fileName);
    this.#release = release;
  }

  list(): Notes {
    return this.#read({ count: 0, schemaVersion: 0, notes: [] }, (database) => {
      const notes = database.prepare(`${this.#select(database)} ORDER BY id DESC LIMIT ${listed}`).all();
      const count = database.prepare("SELECT count(*) AS count FROM notes").get()?.["count"];
      return { count: Number(count), schemaVersion: schemaVersionOf(database), notes: notes as unknown as Note[] };
    });
  }

  get(id: number): Note | undefined {
    return this.#read(undefined, (database) => {
      return database.prepare(`${this.#select(database)} WHERE id = ?`).get(id) as Note | undefined;
    });
  }

  add(text: string, color: string | null): Note {
    return this.#write((database) => {
      // Where no migration has run: the tables of this release.
      if (schemaVersionOf(database) === 0) migrate(database, this.#release);
      const column = textColumn(database, this.#release.schema);
      const { lastInsertRowid } = database
        .prepare(`INSERT INTO notes (${column}, color, version, written_at) VALUES (?, ?, ?, ?)`)
        .run(text, color, this.#release.version, new Date().toISOString());
      return database.prepare(`${this.#select(database)} WHERE id = ?`).get(lastInsertRowid) as unknown as Note;
    });
  }

  /** @returns what was done, a line per step; none where the schema is as new already */
  migrate(): { done: string[]; schemaVersion: number } {
    return this.#write((database) => {
      const done = migrate(database, this.#release);
      return { done, schemaVersion: schemaVersionOf(database) };
    });
  }

  #select(database: DatabaseSync): string {
    const column = textColumn(database, this.#release.schema);
    return `SELECT id, ${column} AS text, color, version, written_at AS writtenAt FROM notes`;
  }

  /** Reading makes no database: a tenant who never wrote has none. */
  #read<T>(none: T, read: (database: DatabaseSync) => T): T {
    if (statSync(this.#path, { throwIfNoEntry: false }) === undefined) return none;
    return this.#open((database) => {
      // All of one moment, whatever migrates meanwhile.
      database.exec("BEGIN");
      return schemaVersionOf(database) === 0 ? none : read(database);
    });
  }

  #write<T>(write: (database: DatabaseSync) => T): T {
    return this.#open((database) => {
      database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
      return write(database);
    });
  }

  #open<T>(use: (database: DatabaseSync) => T): T {
    const database = new DatabaseSync(this.#path, { timeout: busyMs });
    try {
      return use(database);
    } catch (error) {
      throw this.#explained(error, database);
    } finally {
      database.close();
    }
  }

  /** What SQLite says, and with an older release on a newer schema the likely reason. */
  #explained(error: unknown, database: DatabaseSync): Error {
    const { version, schema } = this.#release;
    const { message } = error as Error;
    const is = /no (such|column)/.test(message) ? schemaVersionOf(database) : schema;
    if (is <= schema) return error as Error;
    const why = `${message}: the database has schema ${is}, and version ${version} knows schemas up to ${schema}`;
    return new Error(why, { cause: error });
  }
}
