import { databaseNameOf } from "../plan/data/names.ts";
import type { DataSpec } from "./spec.ts";

/** What the tenant's database is called in PostgreSQL. */
export function databaseOf(spec: DataSpec): string {
  return namesOf(spec)?.name ?? databaseNameOf(spec);
}

/** Whom its pods connect as. */
export function databaseUserOf(spec: DataSpec): string {
  return namesOf(spec)?.user ?? databaseNameOf(spec);
}

/** What an adopted database calls itself and its users; undefined: it is of Teal's making. */
export function namesOf({ database }: Pick<DataSpec, "database">) {
  return database.kind === "cluster" ? database.names : undefined;
}
