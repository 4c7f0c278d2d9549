import { isDeepStrictEqual } from "node:util";
import type { TenantSettings } from "../../../model/tenant.ts";
import { TealError } from "../../../model/errors.ts";
import type { Queries } from "../../ledger/database.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import { readSettings } from "../../ledger/revisions/read.ts";
import type { TenantRow } from "../../ledger/schema.ts";

/** A tenant's settings as of a revision, secrets in the clear. */
export async function settingsOf(
  db: Queries,
  { secrets }: Pick<Ledger, "secrets">,
  tenant: TenantRow,
  revision: number,
): Promise<TenantSettings> {
  const settings = (await readSettings(db, secrets, tenant.uid, [revision])).get(revision);
  if (!settings) throw new TealError("internal", `Tenant ${tenant.id} has no revision ${revision}.`);
  return settings;
}

export function sameSettings(one: TenantSettings, other: TenantSettings): boolean {
  return isDeepStrictEqual(one, other);
}

/** Whether pods that were given one's settings are as good as pods given the other's. */
export function sameForPods(one: TenantSettings, other: TenantSettings): boolean {
  return isDeepStrictEqual(podSettings(one), podSettings(other));
}

/** What pods are given. */
export function podSettings({
  tier,
  config,
  flags,
  secrets,
}: TenantSettings): Pick<TenantSettings, "tier" | "config" | "flags" | "secrets"> {
  return { tier, config, flags, secrets };
}
