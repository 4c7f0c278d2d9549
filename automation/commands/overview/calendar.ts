import { calendarLimits, type CalendarItem, type CalendarView } from "../../../model/console/calendar.ts";
import { openings, type Window } from "../../../model/window.ts";
import { freezesWithin } from "../../ledger/freezes/within.ts";
import {
  groupByWindows,
  readDue,
  readWaiting,
  type Due,
  type Span,
  type WindowGroup,
} from "../../ledger/overview/due.ts";
import type { FreezeRow } from "../../ledger/schema.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { policyNow } from "../policies/policy.ts";

/** One more than is shown is read, to know whether there is more. */
const most = calendarLimits.items;
/** Where tenants have windows of their own, the largest groups are shown. */
const groupsShown = 50;

/** What is due in an environment between two moments, by when it begins. */
export async function calendarCommand(deps: Deps, environment: string, span: Span): Promise<CalendarView> {
  requireEnvironment(deps, environment);
  const read = await deps.ledger.read(async (db) => ({
    policy: (await policyNow(db, deps, environment)).policy,
    groups: await groupByWindows(db, environment),
    freezes: await freezesWithin(db, environment, span, most + 1),
    due: await readDue(db, environment, span, most + 1),
    waiting: await readWaiting(db, environment, span, { limit: most + 1, named: calendarLimits.tenants }),
  }));
  const { always, opening, more } = windowsIn(read.groups, read.policy.windows, span);
  const lists: CalendarItem[][] = [
    opening,
    read.freezes.map(freezeItem),
    read.due.map(dueItem),
    read.waiting.map(({ at, ...one }) => ({ what: "due", at: at.toISOString(), ...one })),
  ];
  const items = lists.flatMap((list) => list.slice(0, most));
  return {
    environment,
    from: span.from.toISOString(),
    to: span.to.toISOString(),
    items: items.sort((a, b) => (beginOf(a) < beginOf(b) ? -1 : beginOf(a) > beginOf(b) ? 1 : 0)),
    more: more || lists.some((list) => list.length > most),
    always,
  };
}

function windowsIn(groups: readonly WindowGroup[], usual: readonly Window[], { from, to }: Span) {
  const merged = new Map<string, { timeZone: string; windows: readonly Window[]; tenants: number }>();
  let always = 0;
  for (const { timeZone, windows: own, tenants } of groups) {
    const windows = own ?? usual;
    if (windows.length === 0) always += tenants;
    // Tenants that have said just what the environment says are shown with its other ones.
    const key = `${timeZone} ${JSON.stringify(windows)}`;
    const known = merged.get(key);
    if (known) known.tenants += tenants;
    else if (windows.length > 0) merged.set(key, { timeZone, windows, tenants });
  }
  const shown = [...merged.values()].slice(0, groupsShown);
  const opening = shown.flatMap(({ timeZone, windows, tenants }) =>
    openings(windows, timeZone, from, to).map((open) => ({
      what: "window" as const,
      from: open.from.toISOString(),
      to: open.to.toISOString(),
      timeZone,
      tenants,
    })),
  );
  opening.sort((a, b) => (a.from < b.from ? -1 : 1));
  return { always, opening, more: merged.size > groupsShown };
}

function freezeItem({ id, reason, created_by: by, starts_at: from, ends_at: to }: FreezeRow): CalendarItem {
  return { what: "freeze", from: from.toISOString(), to: to.toISOString(), id, reason, by };
}

function dueItem({ what, at, operation, tenant, gate }: Due): CalendarItem {
  const common = { at: at.toISOString(), operation, tenant };
  // Whatever waits for an approval knows at which gate.
  return what === "approval" ? { what, ...common, gate: gate! } : { what, ...common };
}

function beginOf(item: CalendarItem): string {
  return "from" in item ? item.from : item.at;
}
