import { createHash } from "node:crypto";
import type { FleetView, SkewView } from "../../../model/console/fleet.ts";
import type { PageQuery } from "../../automation.ts";
import { readAges } from "../../ledger/overview/ages.ts";
import { markFleet, readFleet } from "../../ledger/overview/fleet.ts";
import { countByRelease } from "../../ledger/overview/skew.ts";
import { paged } from "../cursor.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { fleetRow } from "./fleetRow.ts";

/** A row per tenant; `view` is null where nothing has changed since the etag `seen`. */
export async function fleetCommand(
  deps: Deps,
  environment: string,
  page: PageQuery,
  seen: string | undefined,
): Promise<{ etag: string; view: FleetView | null }> {
  requireEnvironment(deps, environment);
  const { ledger, about } = deps;
  // Before the rows: a change in between makes the next look read them again, not miss it.
  const mark = await ledger.read((db) => markFleet(db, environment));
  const etag = digest([about.version, environment, page, mark]);
  if (etag === seen) return { etag, view: null };
  const ages = await ledger.read((db) => readAges(db, environment));
  const byVersion = new Map(ages.map((age) => [age.version, age]));
  const rows = await paged(
    "fleet",
    page,
    (after, limit) => ledger.read((db) => readFleet(db, environment, after, limit)),
    { keyOf: ({ id }) => id, viewOf: (tenant) => fleetRow(tenant, byVersion) },
  );
  const newest = ages.find(({ withdrawn }) => !withdrawn)?.version ?? null;
  const view = { environment, newest, url: urlPattern(deps, environment), total: mark.tenants, ...rows };
  return { etag, view };
}

function digest(parts: unknown): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}

/** Braces are no part of a URL: they take the place of a tenant's id that no other part of it holds. */
function urlPattern({ urlOf }: Deps, environment: string): string {
  const id = "a-tenant-of-any-name";
  return urlOf(environment, id).replace(id, "{id}");
}

/** Releases that are listed by themselves: charts can't show more. */
const shownReleases = 100;

/** How many tenants have which release live, newest release first. */
export async function skewCommand(deps: Deps, environment: string): Promise<SkewView> {
  requireEnvironment(deps, environment);
  const { counts, ages } = await deps.ledger.read(async (db) => ({
    counts: await countByRelease(db, environment),
    ages: new Map((await readAges(db, environment)).map((age) => [age.version, age])),
  }));
  const all = [...Map.groupBy(counts, ({ release }) => release)].map(([release, rings]) => ({
    release,
    behind: ages.get(release ?? "")?.behind ?? 0,
    withdrawn: ages.get(release ?? "")?.withdrawn ?? false,
    tenants: sum(rings),
    rings: rings.map(({ ring, tenants }) => ({ ring, tenants })),
  }));
  const last = Number.MAX_SAFE_INTEGER;
  const place = ({ release, behind, withdrawn }: (typeof all)[number]) =>
    release === null ? last : behind + (withdrawn ? 0.5 : 0);
  const items = all.sort((a, b) => place(a) - place(b)).slice(0, shownReleases);
  return { environment, tenants: sum(counts), items, others: sum(all.slice(shownReleases)) };
}

function sum(counts: readonly { tenants: number }[]): number {
  return counts.reduce((total, { tenants }) => total + tenants, 0);
}
