import type { PgBoss } from "pg-boss";
import type { Report } from "../ledger/database.ts";
import { listen } from "../ledger/listen.ts";
import { queueName, wakeChannel } from "./names.ts";
import { Running, type Handler } from "./running.ts";

export interface Work {
  /** Takes no more wake-ups and resolves once the handlers that run have ended. */
  stop(): Promise<void>;
}

export interface WorkOptions {
  boss: PgBoss;
  url: string;
  report: Report;
  handle: Handler;
  concurrency: number;
}

/** How often to look for wake-ups whose time has come; the others are announced. */
const pollMilliseconds = 500;
const batchSize = 50;

/** Fetches wake-ups as there is room for them, woken by NOTIFY; waits longer and longer while PostgreSQL is away. */
export function startWork({ boss, url, report, handle, concurrency }: WorkOptions): Work {
  const running = new Running(handle, report);
  const listening = listen(url, wakeChannel, report, (operation) => {
    // What is asked of an operation under way must not wait for room.
    if (operation !== null && running.has(operation)) running.start(operation);
    else running.ring();
  });
  const fetching = keepFetching(boss, running, concurrency, report);
  return {
    async stop() {
      running.stop();
      await Promise.all([fetching, listening.close()]);
      await running.allEnded();
    },
  };
}

async function keepFetching(boss: PgBoss, running: Running, concurrency: number, report: Report): Promise<void> {
  for (let failures = 0; !running.stopping;) {
    const room = Math.min(concurrency - running.count, batchSize);
    if (room <= 0) {
      await running.news();
      continue;
    }
    try {
      const { rings } = running;
      const fetched = await fetchOnce(boss, running, room);
      failures = 0;
      if (fetched < room && running.rings === rings) await running.news(pollMilliseconds);
    } catch (error) {
      report("Wake-ups couldn't be fetched; it is tried again.", error);
      await running.news(Math.min(15_000, pollMilliseconds * 2 ** failures++));
    }
  }
}

async function fetchOnce(boss: PgBoss, running: Running, room: number): Promise<number> {
  const jobs = await boss.fetch<{ operation: string }>(queueName, { batchSize: room });
  if (jobs.length === 0) return 0;
  for (const job of jobs) running.start(job.data.operation);
  await boss.complete(
    queueName,
    jobs.map((job) => job.id),
  );
  return jobs.length;
}
