import type { Move } from "../../../model/layout.ts";
import type { TenantSettings } from "../../../model/tenant.ts";
import type { Queries } from "../../ledger/database.ts";
import type { Provisioning } from "../../ledger/operations/provisioning.ts";
import { readRelease } from "../../ledger/releases/read.ts";
import type { Deps } from "../deps.ts";
import { firstData, heldData } from "./data.ts";
import { adoptMove, provisionMove } from "./moves.ts";
import type { WholeTerms } from "./terms.ts";

/** What a tenant began with, whose provisioning failed, with other settings: the same release, or the same adoption. */
export async function provisionAgain(
  db: Queries,
  deps: Deps,
  { release, adopts }: Pick<Provisioning, "release" | "adopts">,
  { environment, revision, settings, terms }: Wanted,
): Promise<Move> {
  const { tier, hostnames } = settings;
  if (adopts) {
    const takes = adopts.takes.filter((hostname) => hostnames.includes(hostname));
    return adoptMove({ ...adopts, takes }, revision, terms, heldData(deps));
  }
  const { spec } = await readRelease(db, environment, release!);
  const data = await firstData(db, deps, { environment, tier, release: spec }, terms.policy);
  return provisionMove(release!, revision, terms, data);
}

interface Wanted {
  environment: string;
  revision: number;
  settings: TenantSettings;
  terms: WholeTerms;
}
