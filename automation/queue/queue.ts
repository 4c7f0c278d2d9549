import { fromKysely, PgBoss } from "pg-boss";
import { TealError } from "../../model/errors.ts";
import type { Queries, Report } from "../ledger/database.ts";
import { explained } from "../ledger/unavailable.ts";
import { queueName, wakeChannel } from "./names.ts";
import type { Handler } from "./running.ts";
import { startWork, type Work } from "./work.ts";

export interface OpenQueue {
  /** Of the PostgreSQL database, the ledger's own. */
  url: string;
  report: Report;
}

export interface Queue {
  /** Sends a wake-up in the transaction `tx`, to be had at once or from `at` on. */
  send(tx: Queries, operationId: string, at?: Date): Promise<void>;
  /**
   * Hands wake-ups to `handle`, `concurrency` at once. One for an operation whose handler is running is handed over at
   * once, whatever the capacity. A wake-up counts as done when handed over; its loss is the sweeper's business.
   */
  work(handle: Handler, options: { concurrency: number }): Work;
  /** Throws where the queue doesn't answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Throws `ledger_unavailable`. */
export async function openQueue({ url, report }: OpenQueue): Promise<Queue> {
  const boss = new PgBoss({
    connectionString: url,
    schema: "pgboss",
    application_name: "teal queue",
    max: 5,
    schedule: false,
  });
  boss.on("error", (error) => report("The queue met trouble with PostgreSQL and goes on.", error));
  try {
    await boss.start();
    // A wake-up that was fetched and not completed is handed out again; completed ones are of no more use.
    await boss.createQueue(queueName, { expireInSeconds: 60, retryLimit: 5, deleteAfterSeconds: 300 });
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => undefined);
    const cause = explained(error);
    if (cause instanceof TealError) throw cause;
    throw new TealError("queue_failed", `The queue couldn't be opened: ${(cause as Error).message}`, { cause });
  }
  return {
    send: (tx, operationId, at) => send(boss, tx, operationId, at),
    work: (handle, { concurrency }) => startWork({ boss, url, report, handle, concurrency }),
    ping: async () => void (await boss.getQueue(queueName)),
    close: () => boss.stop({ graceful: false, close: true }),
  };
}

async function send(boss: PgBoss, tx: Queries, operationId: string, at?: Date): Promise<void> {
  const db = fromKysely(tx);
  const later = at !== undefined && at.getTime() > Date.now();
  await boss.send(queueName, { operation: operationId }, { db, ...(later && { startAfter: at }) });
  // Whoever works hears of it when the transaction commits.
  if (!later) await db.executeSql("select pg_notify($1, $2)", [wakeChannel, operationId]);
}
