import { sql } from "kysely";
import { TealError } from "../../../model/errors.ts";
import type { Claim } from "../claims.ts";
import type { Queries } from "../database.ts";
import { freezeInForce } from "../freezes/inForce.ts";
import { claimOf, ofEnvironment, type ClaimRow } from "./claim.ts";

/** The claim as it is now: what people have asked meanwhile, whether the environment is stopped. Throws `lease_lost`. */
export async function reload(db: Queries, operationId: string, fence: number): Promise<Claim> {
  const { rows } = await sql<ClaimRow>`
    select o.*, ${ofEnvironment}, ${freezeInForce(sql`e.name`)} as freeze
    from teal.operations o join teal.environments e on e.name = o.environment
    where o.id = ${operationId} and o.fence = ${fence}`.execute(db);
  if (!rows[0]) throw leaseLost(operationId, fence);
  return claimOf(rows[0]);
}

export function leaseLost(operationId: string, fence: number): TealError {
  const message = `Operation ${operationId} is no longer held with fence ${fence}: another worker has taken it, or it has ended. Leave it alone.`;
  return new TealError("lease_lost", message, { data: { operation: operationId, fence } });
}
