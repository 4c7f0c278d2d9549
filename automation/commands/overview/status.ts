import type { PartName, PartView, StatusView, WorkerView } from "../../../model/console/status.ts";
import { readHeard } from "../../ledger/alerts/heard.ts";
import { countFiring } from "../../ledger/alerts/known.ts";
import type { WorkerRow } from "../../ledger/schema.ts";
import { readLag, type FeedLag } from "../../ledger/deployments/changes.ts";
import { readBacklog, type Backlog } from "../../ledger/operations/backlog.ts";
import { listWorkers } from "../../ledger/workers/list.ts";
import type { Deps, Health } from "../deps.ts";
import { health } from "../health.ts";

/** An operation that waits for a worker for longer than this means that there are too few, seconds. */
const patienceSeconds = 60;
/** Alertmanager's watchdog is to come every minute or two. Minutes. */
const silenceMinutes = 5;

/** Looks at Teal itself; remembers since when each part is as it is, from look to look. */
export function statusCommand(deps: Deps): () => Promise<StatusView> {
  const { target, about } = deps;
  const known = new Map<PartName, { ok: boolean; since: string }>();
  const startedAt = new Date().toISOString();
  const part = (name: PartName, at: string, problem: string | undefined, since = at): PartView => {
    const ok = problem === undefined;
    const before = known.get(name);
    const now = before?.ok === ok ? before : { ok, since };
    known.set(name, now);
    return { name, ...now, ...(problem !== undefined && { problem }) };
  };
  return async () => {
    const [looked, books] = await Promise.all([health(deps), booksOf(deps)]);
    const at = new Date().toISOString();
    const problemOf = (name: string) => problemIn(looked.find((one) => one.name === name));
    const workers = (books?.workers ?? []).map(workerView);
    const parts = [
      part("database", at, problemOf("ledger")),
      part("queue", at, problemOf("queue") ?? (books ? tooSlow(books.backlog) : undefined)),
      ...(books ? [part("workers", at, missing(workers), lastSeen(workers) ?? at)] : []),
      part("cluster", at, problemOf("cluster")),
      part("gateway", at, await about.gateway()),
      ...(books?.alerts
        ? [part("alertmanager", at, silent(books.alerts.heard, startedAt), books.alerts.heard ?? at)]
        : []),
    ];
    const queue = books && { ...books.backlog, oldest: books.backlog.oldest?.toISOString() ?? null };
    const deployments = lagOf(about.deploymentTable, books);
    const ok = parts.every((one) => one.ok);
    const { version, engine } = about;
    const alerts = books?.alerts ?? null;
    const more = deployments && { deployments };
    return { at, ok, version, target, engine, startedAt, parts, workers, alerts, queue, ...more };
  };
}

interface Books {
  workers: Awaited<ReturnType<typeof listWorkers>>;
  backlog: Backlog;
  alerts: StatusView["alerts"];
  lag: FeedLag | null;
}

/** Null where the ledger does not answer: its part says so. */
async function booksOf({ ledger, listensToAlertmanager, about: { deploymentTable } }: Deps): Promise<Books | null> {
  try {
    return await ledger.read(async (db) => ({
      workers: await listWorkers(db),
      backlog: await readBacklog(db),
      alerts: listensToAlertmanager
        ? { heard: (await readHeard(db))?.toISOString() ?? null, firing: await countFiring(db) }
        : null,
      lag: deploymentTable === undefined ? null : await readLag(db, deploymentTable),
    }));
  } catch {
    return null;
  }
}

/** Undefined where nothing is written anywhere, or no worker has begun to. */
function lagOf(table: string | undefined, books: Books | null): StatusView["deployments"] {
  if (table === undefined || !books?.lag) return undefined;
  const { waiting, oldest } = books.lag;
  return { table, waiting, oldest: oldest && oldest.toISOString() };
}

function problemIn(look: Health | undefined): string | undefined {
  if (look === undefined) return "nobody has looked";
  return look.ok ? undefined : (look.problem ?? "it does not answer");
}

function tooSlow({ waiting, oldest }: Backlog): string | undefined {
  if (!oldest || Date.now() - oldest.getTime() < patienceSeconds * 1000) return undefined;
  return `${waiting} operations wait for a worker, one since ${oldest.toISOString()}: there are too few, or they hang`;
}

/** While Teal itself was away, Alertmanager could not reach it. */
function silent(heard: string | null, startedAt: string): string | undefined {
  const since = heard !== null && heard > startedAt ? heard : startedAt;
  if (Date.now() - Date.parse(since) < silenceMinutes * 60_000) return undefined;
  const last = heard === null ? "its watchdog has never come" : `its watchdog last came ${heard}`;
  return `${last}: alerts may be missing. See docs/alerts.md`;
}

function missing(workers: readonly WorkerView[]): string | undefined {
  if (workers.some(({ alive }) => alive)) return undefined;
  const last = lastSeen(workers);
  return last === undefined
    ? "no worker has reported: nothing that is asked for is done. Start one (TEAL_ROLE)"
    : `no worker has reported since ${last}: nothing that is asked for is done. Start one (TEAL_ROLE)`;
}

function lastSeen(workers: readonly WorkerView[]): string | undefined {
  return workers.some(({ alive }) => alive)
    ? undefined
    : workers
        .map(({ seenAt }) => seenAt)
        .sort()
        .at(-1);
}

function workerView(row: WorkerRow & { alive: boolean; operations: number }): WorkerView {
  const { name, version, started_at: startedAt, seen_at: seenAt, alive, operations } = row;
  return { name, version, startedAt: startedAt.toISOString(), seenAt: seenAt.toISOString(), alive, operations };
}
