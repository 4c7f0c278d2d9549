import { TealError } from "../../../model/errors.ts";
import type { Terms } from "../../../model/layout.ts";
import type { Queries } from "../../ledger/database.ts";
import { readFreezeInForce } from "../../ledger/freezes/inForce.ts";

/** Throws `frozen` while the environment is in a freeze, unless somebody has said why this goes on in spite of it. */
export async function refuseFrozen(db: Queries, environment: string, { override }: Terms): Promise<void> {
  if (override) return;
  const freeze = await readFreezeInForce(db, environment);
  if (!freeze) return;
  const { id, reason, by } = freeze;
  const to = freeze.to.toISOString();
  const message = `Environment ${environment} is frozen until ${to} by ${by}: ${reason}. Wait, have the freeze lifted, or roll out with an override and its reason.`;
  throw new TealError("frozen", message, { data: { freeze: { id, to, by, reason } } });
}
