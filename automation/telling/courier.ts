import { setTimeout as pause } from "node:timers/promises";
import type pino from "pino";
import type { Ledger } from "../ledger/ledger.ts";
import { noticeDelivered, noticeFailed } from "../ledger/notices/settle.ts";
import { takeNotices } from "../ledger/notices/take.ts";
import type { NoticeRow } from "../ledger/schema.ts";
import { readWebhook } from "../ledger/webhooks/read.ts";
import { webhookContext } from "../secrets.ts";
import { bodyOf } from "./body.ts";
import { post, type Call, type Posted, type Posting } from "./post.ts";

const lookEveryMilliseconds = 1000;
/** Calls at once to one environment's webhook. */
const atOnce = 10;
/** How long calls under way may take once the courier stops; what is cut off is delivered again later. */
const stopMilliseconds = 2000;

export interface CourierOptions {
  ledger: Ledger;
  environments: readonly string[];
  /** Where people and programs reach this Teal. */
  publicUrl: string;
  posting: Omit<Posting, "signal">;
  log: pino.Logger;
  /** Told of each call, and whether it was delivered. */
  observe?: (environment: string, delivered: boolean) => void;
}

/**
 * Delivers what the ledger has to tell, each environment for itself, so that none waits for another's receiver. Any number
 * of couriers share the work; what one took and never settled, another delivers once its lease has run out.
 */
export function startCourier(options: CourierOptions): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const cutOff = new AbortController();
  const rounds = options.environments.map((environment) => deliverAll(options, environment, stopping, cutOff));
  return {
    async stop() {
      stopping.abort();
      const timer = setTimeout(() => cutOff.abort(), stopMilliseconds);
      await Promise.all(rounds);
      clearTimeout(timer);
    },
  };
}

async function deliverAll(
  options: CourierOptions,
  environment: string,
  { signal: stopping }: AbortController,
  { signal: cutOff }: AbortController,
): Promise<void> {
  while (!stopping.aborted) {
    const delivered = await deliverSome(options, environment, cutOff).catch((error: unknown) => {
      options.log.warn({ err: error, environment }, "notices could not be delivered; it is tried again");
      return 0;
    });
    if (delivered < atOnce) await pause(lookEveryMilliseconds, undefined, { signal: stopping }).catch(() => undefined);
  }
}

/** Gives how many were taken. */
async function deliverSome(options: CourierOptions, environment: string, signal: AbortSignal): Promise<number> {
  const { ledger } = options;
  const taken = await ledger.transaction(async (tx) => {
    const notices = await takeNotices(tx, environment, atOnce);
    return { notices, webhook: notices.length > 0 ? await readWebhook(tx, environment) : undefined };
  });
  const { notices, webhook } = taken;
  if (!webhook) return 0;
  const { secret } = ledger.secrets.open(webhookContext(environment), webhook.secret) as { secret: string };
  await Promise.all(notices.map((notice) => deliver(options, notice, { url: webhook.url, secret }, signal)));
  return notices.length;
}

async function deliver(
  { ledger, publicUrl, posting, log, observe }: CourierOptions,
  notice: NoticeRow,
  to: Pick<Call, "url" | "secret">,
  signal: AbortSignal,
): Promise<void> {
  const body = JSON.stringify(bodyOf(notice, publicUrl));
  const posted: Posted = await post({ ...to, id: notice.id, body }, { ...posting, signal });
  const { problem } = posted;
  observe?.(notice.environment, problem === undefined);
  if (problem === undefined) return await ledger.transaction((tx) => noticeDelivered(tx, notice));
  const { id, environment, operation, attempts } = notice;
  log.warn({ notice: id, environment, operation, attempts, problem }, "a webhook could not be told; it is tried again");
  await ledger.transaction((tx) => noticeFailed(tx, notice, problem));
}
