import { once } from "node:events";
import type { Response } from "express";
import { TealError } from "../../model/errors.ts";
import type { EventView } from "../../model/views.ts";
import type { Limits } from "../deps.ts";

/** Where a stream's events come from. */
export interface Feed {
  /** Oldest first, those with an id above `after`. */
  list(after: number, limit: number): Promise<EventView[]>;
  /** Calls back whenever there may be new ones; returns how to stop it. */
  onNew(listener: () => void): () => void;
  /** Whether all events that there will ever be can be listed by now. */
  over(): Promise<boolean>;
}

const batch = 100;

/** Counts open streams, so that they can be bounded. */
export function eventStreams(limits: Limits) {
  let open = 0;
  return async (feed: Feed, after: number, response: Response): Promise<void> => {
    if (open >= limits.streams) {
      throw new TealError("too_many_streams", `Expected at most ${limits.streams} open event streams; try later.`);
    }
    open += 1;
    try {
      await follow(feed, after, response, limits);
    } finally {
      open -= 1;
    }
  };
}

/**
 * Sends all events after `after`, then new ones as they come, until the client goes, the server ends the response or
 * the feed is over. News are only a wake-up: what is sent is read by cursor, so nothing is lost or doubled, and reading
 * waits for the client, so that a slow one costs no memory.
 */
async function follow(feed: Feed, after: number, response: Response, limits: Limits): Promise<void> {
  const bell = wakeUp();
  const stop = feed.onNew(bell.ring);
  response.once("close", bell.ring);
  try {
    let cursor = after;
    while (isOpen(response)) {
      const over = await feed.over();
      cursor = await sendAll(feed, cursor, response, limits);
      if (over) return end(response);
      if (!(await bell.rings(limits.heartbeatMilliseconds))) await write(response, ": still here\n\n", limits);
    }
  } finally {
    stop();
  }
}

/** Sends what there is; returns the cursor behind it. */
async function sendAll(feed: Feed, after: number, response: Response, limits: Limits): Promise<number> {
  let cursor = after;
  for (;;) {
    const events = await feed.list(cursor, batch);
    if (!response.headersSent) begin(response);
    await write(response, events.map(eventText).join(""), limits);
    cursor = events.at(-1)?.id ?? cursor;
    if (events.length < batch || !isOpen(response)) return cursor;
  }
}

// Only after the first read, so that its failure is still answered as a problem.
function begin(response: Response): void {
  response.writeHead(200, { "Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no" });
  response.write("retry: 2000\n\n");
}

function eventText(event: EventView): string {
  return `id: ${event.id}\nevent: ${event.type.replaceAll(/[\r\n]/g, " ")}\ndata: ${JSON.stringify(event)}\n\n`;
}

function end(response: Response): void {
  if (isOpen(response)) response.end("event: end\ndata: {}\n\n");
}

function isOpen(response: Response): boolean {
  return !response.writableEnded && !response.destroyed;
}

/** Writes, and waits until the client has taken it; drops a client that takes nothing for too long. */
async function write(response: Response, text: string, limits: Limits): Promise<void> {
  if (text === "" || !isOpen(response) || response.write(text)) return;
  const stalled = setTimeout(() => response.destroy(), limits.stallMilliseconds);
  const settled = new AbortController();
  const waits = [once(response, "drain", settled), once(response, "close", settled)];
  await Promise.race(waits);
  clearTimeout(stalled);
  settled.abort();
  await Promise.allSettled(waits);
}

/** A bell that remembers being rung while nobody waited. */
function wakeUp() {
  let rung = false;
  let answer: (() => void) | null = null;
  const ring = (): void => {
    rung = true;
    answer?.();
  };
  /** Whether it rang within the time, or since the last wait. */
  const rings = async (milliseconds: number): Promise<boolean> => {
    if (!rung) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        answer = resolve;
        timer = setTimeout(resolve, milliseconds);
      });
      answer = null;
      clearTimeout(timer);
    }
    const did = rung;
    rung = false;
    return did;
  };
  return { ring, rings };
}
