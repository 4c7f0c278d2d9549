import type { AdoptionView } from "../../../model/console/adoption.ts";
import { countAdoption, readAdoption, type AdoptionCount, type AdoptionRow } from "../../ledger/overview/adoption.ts";
import { readRelease } from "../../ledger/releases/read.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { stepShown } from "../views.ts";

/** How far a release has come. Throws `environment_not_found`, `release_not_found`. */
export async function adoptionCommand(
  deps: Deps,
  environment: string,
  version: string,
  limit: number,
): Promise<AdoptionView> {
  requireEnvironment(deps, environment);
  const { counts, rows } = await deps.ledger.read(async (db) => {
    await readRelease(db, environment, version);
    const counts = await countAdoption(db, environment, version);
    return { counts, rows: await readAdoption(db, environment, version, limit) };
  });
  const of = (standing: AdoptionCount["standing"]) => counts.filter((count) => count.standing === standing);
  const items = <T>(standing: AdoptionRow["standing"], view: (row: AdoptionRow) => T) => ({
    count: sum(of(standing)),
    items: rows.filter((row) => row.standing === standing).map(view),
  });
  return {
    environment,
    release: version,
    tenants: sum(counts),
    live: items("live", ({ tenant }) => ({ tenant })),
    moving: items("moving", moving),
    held: { ...items("held", held), by: of("held").map(({ by, tenants }) => ({ by: by!, count: tenants })) },
    failed: {
      ...items("failed", failed),
      by: of("failed").map(({ cause, code, tenants }) => ({ cause: cause!, code: code!, count: tenants })),
    },
    past: sum(of("past")),
    rest: sum(of("rest")),
  };
}

function moving(row: AdoptionRow): AdoptionView["moving"]["items"][number] {
  const step = stepShown(row.resume ?? row.phase, row.step, row.steps);
  return { ...operationIn(row), ...(step && { step }) };
}

function held(row: AdoptionRow): AdoptionView["held"]["items"][number] {
  const { by, until, message } = row;
  return { ...operationIn(row), by: by!, until: until?.toISOString() ?? null, message };
}

function failed(row: AdoptionRow): AdoptionView["failed"]["items"][number] {
  const { cause, code, message, at } = row;
  return { ...operationIn(row), cause, code, message, at: at.toISOString() };
}

function operationIn({ tenant, operation, kind, phase }: AdoptionRow) {
  return { tenant, operation, kind, phase };
}

function sum(counts: readonly AdoptionCount[]): number {
  return counts.reduce((total, { tenants }) => total + tenants, 0);
}
