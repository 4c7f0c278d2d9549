import { Client } from "pg";
import { TealError } from "../../model/errors.ts";
import type { TenantDataOutputs } from "../../model/tenantData.ts";
import { makeDatabase, requireUser } from "./statements.ts";

export type TenantDatabase = NonNullable<TenantDataOutputs["database"]>;

export interface Databases {
  /**
   * Has the tenant's database and its user there, who may connect by IAM authentication alone and has rights to nothing else. `admin`: who
   * makes it in the tenant's own cluster; null: whoever may do so in the shared one. Those of a cluster that was made of an adopted one are
   * there already: nothing is changed, and the user has to be there. Throws TealError `tenant_database_unreachable`, `shared_database_unset`.
   */
  ensure(database: TenantDatabase, admin: { user: string; password: string } | null): Promise<void>;
}

export interface DatabasesOptions {
  /** URL of the shared cluster, with a user who may make databases and roles. */
  sharedUrl?: string | undefined;
}

export function openDatabases({ sharedUrl }: DatabasesOptions): Databases {
  return {
    async ensure(database, admin) {
      const url = admin ? ownUrl(database, admin) : sharedUrl;
      if (url === undefined) throw unset();
      const client = new Client({ connectionString: url, connectionTimeoutMillis: 15_000, statement_timeout: 60_000 });
      try {
        await client.connect();
        await (database.adopted ? requireUser(client, database) : makeDatabase(client, database));
      } catch (error) {
        throw unreachable(database, error);
      } finally {
        // Ending what never came about, or has broken off, fails: what went wrong is known by then.
        await client.end().catch(() => undefined);
      }
    },
  };
}

/** Always by TLS, and only with a certificate of RDS's authorities: NODE_EXTRA_CA_CERTS names them in Teal's image. */
function ownUrl({ host, port }: TenantDatabase, { user, password }: { user: string; password: string }): string {
  return `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}/postgres?sslmode=verify-full`;
}

function unset(): TealError {
  const message =
    "The tenant's database is in the shared cluster, and nobody is said who may make it there: set TEAL_SHARED_DATABASE_URL (docs/settings.md).";
  return new TealError("shared_database_unset", message, {
    data: { cause: "platform", retriable: false, evidence: [] },
  });
}

/** A cluster that has just been made, or sleeps at capacity 0, may take half a minute. The error's own text holds no password. */
function unreachable({ host, name }: TenantDatabase, cause: unknown): TealError {
  const why = cause instanceof Error ? cause.message || cause.name : String(cause);
  return new TealError("tenant_database_unreachable", `Database ${name} at ${host} can't be made: ${why}`, {
    cause,
    data: { cause: "platform", retriable: true, evidence: [] },
  });
}
