import { sql } from "kysely";
import type { Queries } from "../database.ts";
import type { CertificateRow } from "../schema.ts";

/** A host name that a tenant has, or is about to have. */
export interface TenantName {
  hostname: string;
  tenant: string;
  /** Null: as is usual. */
  apart: boolean | null;
}

/** An environment's certificates, oldest first. */
export async function readCertificates(db: Queries, environment: string): Promise<CertificateRow[]> {
  return db.selectFrom("certificates").selectAll().where("environment", "=", environment).orderBy("sequence").execute();
}

/**
 * The host names of an environment's tenants, oldest tenant first, of each the one that Teal gives it before its own.
 * @param tenant of this one only
 */
export async function readNames(
  db: Queries,
  { environment, domain, tenant }: { environment: string; domain: string; tenant?: string },
): Promise<TenantName[]> {
  const { rows } = await sql<TenantName>`
    select named.hostname, named.tenant, c.apart
    from (
      select t.created_at, t.id as tenant, 0 as custom, t.id || ${`.${environment}.${domain}`} as hostname
      from teal.tenants t
      where t.environment = ${environment} and t.offboarded_at is null
      union all
      select t.created_at, t.id, 1, h.hostname
      from teal.tenants t join teal.tenant_hostnames h on h.tenant_uid = t.uid
      where t.environment = ${environment} and t.offboarded_at is null
    ) named
    left join teal.certificate_names c on c.environment = ${environment} and c.hostname = named.hostname
    where ${tenant ?? null}::text is null or named.tenant = ${tenant ?? null}
    order by named.created_at, named.tenant, named.custom, named.hostname`.execute(db);
  return rows;
}
