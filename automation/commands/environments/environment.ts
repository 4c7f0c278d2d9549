import { TealError } from "../../../model/errors.ts";
import type { EnvironmentView } from "../../../model/views.ts";
import type { Queries } from "../../ledger/database.ts";
import { readEnvironments } from "../../ledger/environments/read.ts";
import type { Deps } from "../deps.ts";
import { environmentView } from "../views.ts";

/** Throws `environment_not_found` for one that is not declared. */
export function requireEnvironment({ environments }: Pick<Deps, "environments">, environment: string): void {
  if (environments.includes(environment)) return;
  const message = `Expected one of the declared environments (${environments.join(", ")}); got ${environment}. TEAL_ENVIRONMENTS declares them.`;
  throw new TealError("environment_not_found", message, { data: { environment, declared: environments } });
}

export async function viewOf(db: Queries, environment: string): Promise<EnvironmentView> {
  const [row] = await readEnvironments(db, [environment]);
  if (!row) throw new TealError("internal", `Environment ${environment} is declared but not in the ledger.`);
  return environmentView(row);
}
