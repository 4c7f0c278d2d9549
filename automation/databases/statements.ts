import { escapeIdentifier, type Client } from "pg";
import type { TenantDatabase } from "./databases.ts";

/** PostgreSQL's code of what is there already: another worker was faster. */
const there = ["42710", "42P04", "23505"];

/**
 * Makes the tenant's user and its database where they are missing, and takes from everybody else the right to connect that PostgreSQL gives
 * them. Idempotent. The user has no password: RDS lets it in by IAM (role rds_iam).
 */
export async function makeDatabase(client: Pick<Client, "query">, { name, user }: TenantDatabase): Promise<void> {
  const [database, role] = [escapeIdentifier(name), escapeIdentifier(user)];
  const has = async (sql: string, value: string) => ((await client.query(sql, [value])).rowCount ?? 0) > 0;
  if (!(await has("select 1 from pg_roles where rolname = $1", user)))
    await made(client, `create role ${role} login nocreatedb nocreaterole`);
  await client.query(`grant rds_iam to ${role}`);
  // Only who is a member of a role may make a database that is that role's, and say who may connect to it.
  await client.query(`grant ${role} to current_user`);
  if (!(await has("select 1 from pg_database where datname = $1", name)))
    await made(client, `create database ${database} owner ${role}`);
  await client.query(`revoke all on database ${database} from public`);
  await client.query(`revoke ${role} from current_user`);
}

/** Throws where there is no such user or database. */
export async function requireUser(client: Pick<Client, "query">, { name, user }: TenantDatabase): Promise<void> {
  const roles = await client.query("select 1 from pg_roles where rolname = $1 and rolcanlogin", [user]);
  const databases = await client.query("select 1 from pg_database where datname = $1", [name]);
  const missing = [...(roles.rowCount ? [] : [`user ${user}`]), ...(databases.rowCount ? [] : [`database ${name}`])];
  if (missing.length > 0)
    throw new Error(`expected the ${missing.join(" and the ")} that the adopted cluster had; it was made of another.`);
}

async function made(client: Pick<Client, "query">, sql: string): Promise<void> {
  try {
    await client.query(sql);
  } catch (error) {
    if (!there.includes(String((error as { code?: unknown }).code))) throw error;
  }
}
