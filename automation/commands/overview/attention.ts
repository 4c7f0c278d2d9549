import { concerns, type AttentionItem, type AttentionView } from "../../../model/console/attention.ts";
import type { PageQuery } from "../../automation.ts";
import { readAlerts } from "../../ledger/alerts/list.ts";
import type { Queries } from "../../ledger/database.ts";
import { readDrillConcerns } from "../../ledger/drills/concerns.ts";
import { readEnvironments } from "../../ledger/environments/read.ts";
import { operationsById, tenantKey, underWayOf } from "../../ledger/operations/read.ts";
import { readConcerns, type Concern } from "../../ledger/overview/attention.ts";
import { readCertificateConcerns } from "../../ledger/certificates/concerns.ts";
import { readAttention } from "../../ledger/tenants/attention.ts";
import { paged } from "../cursor.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { itemOf, type Known } from "./attentionItem.ts";

/** What needs a person. The keys of all of it are read, and the rest for the page only. */
export async function attentionCommand(
  deps: Deps,
  { environment }: { environment?: string },
  page: PageQuery,
): Promise<AttentionView> {
  if (environment !== undefined) requireEnvironment(deps, environment);
  const environments = environment === undefined ? deps.environments : [environment];
  const concerned = await deps.ledger.read((db) => readConcerns(db, environments));
  const all = concerned.map((one) => ({ ...one, key: keyOf(one) })).sort((a, b) => (a.key < b.key ? -1 : 1));
  const { items, next } = await paged(
    "attention",
    page,
    async (after = "", limit) => all.filter(({ key }) => key > after).slice(0, limit),
    { keyOf: ({ key }) => key, viewOf: (concern) => concern },
  );
  const counts = Object.fromEntries(concerns.map((concern) => [concern, 0])) as AttentionView["counts"];
  for (const { concern } of all) counts[concern]++;
  return { items: await shown(deps, items), counts, ...(next !== undefined && { next }) };
}

/** Nearest deadline first, then oldest first, and what is minor last. It rises in the order of the list, so that a page goes on where the one before ended, whatever has gone since. */
function keyOf({ deadline, since, minor, environment, tenant, concern, alert }: Concern): string {
  const digits = (time: Date | null) => String(time ? time.getTime() : 10 ** 15 - 1).padStart(15, "0");
  return `${digits(deadline)}.${minor ? 1 : 0}.${digits(since)}.${environment ?? ""}.${tenant ?? ""}.${concern}${alert === null ? "" : `.${alert}`}`;
}

async function drillsOf(db: Queries, page: readonly Concern[]): Promise<Known["drills"]> {
  const tenants = page.flatMap(({ concern, tenant }) => (concern === "drill" && tenant !== null ? [tenant] : []));
  const found = await readDrillConcerns(db, tenants);
  return new Map(found.map((one) => [tenantKey(one.environment, one.tenant), one]));
}

async function shown({ ledger, environments }: Deps, page: readonly Concern[]): Promise<AttentionItem[]> {
  const ids = page.flatMap(({ operation }) => operation ?? []);
  const alertIds = page.flatMap(({ alert }) => alert ?? []);
  const known = await ledger.read(async (db): Promise<Known> => {
    const operations = await operationsById(db, ids);
    const certificates = await readCertificateConcerns(db, environments);
    return {
      operations: new Map(operations.map((one) => [one.id, one])),
      underWay: await underWayOf(db, page),
      attention: await readAttention(db, page),
      alerts: new Map((await readAlerts(db, alertIds)).map((one) => [one.id, one])),
      certificates: new Map(certificates.map((one) => [tenantKey(one.environment, one.tenant), one])),
      drills: await drillsOf(db, page),
      environments: new Map((await readEnvironments(db, environments)).map((one) => [one.name, one])),
    };
  });
  // What has changed since the keys were read is left out: the next look has it as it is.
  return page.flatMap((concern) => itemOf(concern, known) ?? []);
}
