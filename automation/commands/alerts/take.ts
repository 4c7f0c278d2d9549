import { alertLimits, type AlertsTaken } from "../../../model/alert.ts";
import type { AlertmanagerCall } from "../../../model/alertmanager.ts";
import type { Call } from "../../automation.ts";
import { settle, type KnownAlert, type Settlement } from "../../alerts/settle.ts";
import { toldAlert, watchdog, type ToldAlert } from "../../alerts/told.ts";
import { noteHeard } from "../../ledger/alerts/heard.ts";
import { countFiring, lockAlerts, readKnownAlerts } from "../../ledger/alerts/known.ts";
import { endAlert, insertAlert, renewAlert } from "../../ledger/alerts/write.ts";
import type { Queries } from "../../ledger/database.ts";
import { appendEvents, type NewEvent } from "../../ledger/events/append.ts";
import { tenantKey } from "../../ledger/operations/read.ts";
import { whichExist } from "../../ledger/tenants/exist.ts";
import { once } from "../call.ts";
import type { Deps } from "../deps.ts";
import { firingEvent, overEvent } from "../../alerts/events.ts";

/** Writes down what Alertmanager tells. The same again, by any of its replicas, changes nothing. */
export async function takeCommand(deps: Deps, told: AlertmanagerCall, call: Call): Promise<AlertsTaken> {
  const now = new Date();
  const isWatchdog = ({ labels }: AlertmanagerCall["alerts"][number]) => labels["alertname"] === watchdog;
  const heard = told.alerts.some((alert) => isWatchdog(alert) && alert.status === "firing");
  const alerts = told.alerts
    .filter((alert) => !isWatchdog(alert))
    .map((alert) => toldAlert(alert, deps.environments, now))
    .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  return once(deps.ledger, call, async (tx) => {
    if (heard) await noteHeard(tx);
    if (alerts.length === 0) return { firing: 0, ended: 0, refused: 0 };
    return await settleAll(tx, await ofKnownTenants(tx, alerts));
  });
}

/** What names a tenant that there isn't is about its environment. */
async function ofKnownTenants(tx: Queries, alerts: readonly ToldAlert[]): Promise<ToldAlert[]> {
  const there = await whichExist(tx, alerts);
  const isThere = ({ environment, tenant }: ToldAlert) =>
    environment !== null && tenant !== null && there.has(tenantKey(environment, tenant));
  return alerts.map((alert) => (isThere(alert) ? alert : { ...alert, tenant: null }));
}

async function settleAll(tx: Queries, alerts: readonly ToldAlert[]): Promise<AlertsTaken> {
  await lockAlerts(tx);
  const known = await readKnownAlerts(
    tx,
    alerts.map(({ fingerprint }) => fingerprint),
  );
  let firing = await countFiring(tx);
  const events: NewEvent[] = [];
  const taken = { firing: 0, ended: 0, refused: 0 };
  for (const told of alerts) {
    const before = known.get(told.fingerprint);
    const settlement = settle(before, told);
    if (["open", "reopen"].includes(settlement) && firing >= alertLimits.firing) {
      taken.refused++;
      continue;
    }
    taken[told.endedAt === null ? "firing" : "ended"]++;
    const { after, event } = await write(tx, settlement, before, told);
    if (after) known.set(told.fingerprint, after);
    if (event) events.push(...event);
    if (settlement === "open" || settlement === "reopen") firing++;
    if (settlement === "end") firing--;
  }
  await appendEvents(tx, events);
  return taken;
}

type Known = KnownAlert & { id: string };

async function write(
  tx: Queries,
  settlement: Settlement,
  before: Known | undefined,
  told: ToldAlert,
): Promise<{ after?: Known; event?: NewEvent[] }> {
  const { startsAt, endedAt } = told;
  switch (settlement) {
    case "ignore":
      return {};
    case "record":
      return { after: { id: await insertAlert(tx, told), startsAt, endedAt, lapsed: false } };
    case "end":
      await endAlert(tx, before!.id, endedAt!);
      return { after: { ...before!, endedAt }, event: [overEvent(before!.id, told)] };
    case "renew":
    case "reopen":
      await renewAlert(tx, before!.id, told);
      return {
        after: { ...before!, endedAt: null, lapsed: false },
        ...(settlement === "reopen" && { event: [firingEvent(before!.id, told)] }),
      };
    case "supersede":
    case "open": {
      if (settlement === "supersede") await endAlert(tx, before!.id, startsAt);
      const id = await insertAlert(tx, told);
      const over = settlement === "supersede" ? [overEvent(before!.id, told)] : [];
      return { after: { id, startsAt, endedAt: null, lapsed: false }, event: [...over, firingEvent(id, told)] };
    }
  }
}
