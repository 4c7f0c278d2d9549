import { setTimeout as pause } from "node:timers/promises";
import type pino from "pino";
import { changeFailed, changeWritten, takeChanges } from "../../ledger/deployments/changes.ts";
import { followEvents, openFeed } from "../../ledger/deployments/feed.ts";
import { readDeployment } from "../../ledger/deployments/read.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import type { DeploymentChangeRow } from "../../ledger/schema.ts";
import type { DeploymentTable } from "./table.ts";

const lookEveryMilliseconds = 1000;
/** Writes at once, per worker. */
const atOnce = 16;

export interface PublishOptions {
  ledger: Ledger;
  table: DeploymentTable;
  log: pino.Logger;
}

/**
 * Keeps the table as the ledger is: every tenant at the first start, then each as events tell that it has changed. Nothing in
 * Teal waits for it. Any number of workers share the work; what one took and never wrote, another does once its lease has run
 * out, and an old state never replaces a newer one, whoever writes it.
 */
export function startPublishing(options: PublishOptions): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const running = publishAll(options, stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

async function publishAll(options: PublishOptions, stopping: AbortSignal): Promise<void> {
  const { log, table } = options;
  for (let opened = false; !stopping.aborted;) {
    let written = 0;
    try {
      if (!opened) opened = await open(options);
      written = await publishSome(options);
    } catch (error) {
      log.warn({ err: error, table: table.name }, "deployments could not be read for their table; it is tried again");
    }
    if (written < atOnce) await pause(lookEveryMilliseconds, undefined, { signal: stopping }).catch(() => undefined);
  }
}

async function open({ ledger, table, log }: PublishOptions): Promise<true> {
  const begun = await ledger.transaction((tx) => openFeed(tx, table.name));
  if (begun) log.info({ table: table.name }, "all deployments are written to their table for the first time");
  return true;
}

/** Gives how many were taken. */
async function publishSome({ ledger, table, log }: PublishOptions): Promise<number> {
  await ledger.transaction((tx) => followEvents(tx, table.name));
  const changes = await ledger.transaction((tx) => takeChanges(tx, table.name, atOnce));
  const failures = await Promise.all(changes.map((change) => publish({ ledger, table }, change)));
  const [first, ...more] = failures.filter((error) => error !== undefined);
  if (first !== undefined)
    log.warn(
      { err: first, table: table.name, failed: more.length + 1 },
      "deployments could not be written; tried again",
    );
  return changes.length;
}

/** What went wrong, if anything did: then it is tried again by itself. */
async function publish({ ledger, table }: Omit<PublishOptions, "log">, change: DeploymentChangeRow): Promise<unknown> {
  try {
    const deployment = await ledger.read((db) => readDeployment(db, change));
    if (deployment) await table.write(deployment);
    await ledger.transaction((tx) => changeWritten(tx, change, deployment?.seq ?? change.seq));
    return undefined;
  } catch (error) {
    await ledger.transaction((tx) => changeFailed(tx, change)).catch(() => undefined);
    return error;
  }
}
