import type { AdoptedData } from "../../../model/adoptedData.ts";
import type { Layout } from "../../../model/layout.ts";
import type { Operation } from "../../../model/operation.ts";
import type { NewRelease } from "../../../model/release.ts";
import type { TenantSettings } from "../../../model/tenant.ts";
import type { Secrets } from "../../secrets.ts";
import type { Queries } from "../database.ts";
import { readReleases } from "../releases/read.ts";
import { readSettings } from "../revisions/read.ts";

/** A tenant as a worker sees it, with the texts that a layout names. */
export interface TenantForWork {
  uid: string;
  id: string;
  environment: string;
  /** What its stack was last brought to. */
  layout: Layout | null;
  /** Revision of its settings that is applied. */
  revision: number;
  /** By revision; secrets in the clear. */
  settings: ReadonlyMap<number, TenantSettings>;
  /** By version. */
  releases: ReadonlyMap<string, NewRelease>;
  adoptedData: AdoptedData | null;
}

export async function tenantForWork(
  db: Queries,
  secrets: Secrets,
  operation: Operation,
  layout: Layout,
): Promise<TenantForWork> {
  const { adopted_data: adoptedData, ...tenant } = await db
    .selectFrom("tenants")
    .innerJoin("operations", "operations.tenant_uid", "tenants.uid")
    .select([
      "tenants.uid",
      "tenants.id",
      "tenants.environment",
      "tenants.layout",
      "tenants.revision",
      "tenants.adopted_data",
    ])
    .where("operations.id", "=", operation.id)
    .executeTakeFirstOrThrow();
  return { ...tenant, adoptedData, ...(await textsOf(db, secrets, tenant, layout)) };
}

/** The settings and releases that a layout of a tenant names. */
export async function textsOf(
  db: Queries,
  secrets: Secrets,
  { uid, environment }: { uid: string; environment: string },
  { revision, slots }: Layout,
): Promise<Pick<TenantForWork, "settings" | "releases">> {
  const filled = [slots.blue, slots.green].filter((slot) => slot !== null);
  const revisions = new Set([revision, ...filled.map((slot) => slot.revision)]);
  const versions = new Set(filled.map((slot) => slot.release));
  return {
    settings: await readSettings(db, secrets, uid, [...revisions]),
    releases: await readReleases(db, environment, [...versions]),
  };
}
