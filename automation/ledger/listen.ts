import pg from "pg";
import type { Report } from "./database.ts";

export interface Listening {
  close(): Promise<void>;
}

/**
 * Calls back for every NOTIFY on `channel`, with its text; and with null whenever the connection was (re)made, since
 * what was sent meanwhile is lost. Reconnects by itself, waiting 0.5 s to 15 s between tries.
 */
export function listen(
  url: string,
  channel: string,
  report: Report,
  heard: (payload: string | null) => void,
): Listening {
  const closing = new AbortController();
  const done = keepListening(url, channel, report, heard, closing.signal);
  return {
    async close() {
      closing.abort();
      await done;
    },
  };
}

async function keepListening(
  url: string,
  channel: string,
  report: Report,
  heard: (payload: string | null) => void,
  closing: AbortSignal,
): Promise<void> {
  for (let failures = 0; !closing.aborted;) {
    try {
      await listenOnce(url, channel, closing, heard, () => (failures = 0));
    } catch (error) {
      if (closing.aborted) return;
      report(`The connection that listens for ${channel} was lost; it is made again.`, error);
      await pause(Math.min(15_000, 500 * 2 ** failures++), closing);
    }
  }
}

/** Resolves when `closing` fires, rejects when the connection is lost. */
async function listenOnce(
  url: string,
  channel: string,
  closing: AbortSignal,
  heard: (payload: string | null) => void,
  connected: () => void,
): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    application_name: `teal ${channel}`,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  });
  const ended = new Promise<never>((_, reject) => {
    client.on("error", reject);
    client.on("end", () => reject(new Error("The connection ended.")));
  });
  // Awaited below, but it may reject before that.
  ended.catch(() => undefined);
  const closed = new Promise<void>((resolve) => closing.addEventListener("abort", () => resolve(), { once: true }));
  client.on("notification", ({ payload }) => heard(payload ?? ""));
  try {
    await client.connect();
    await client.query(`listen ${client.escapeIdentifier(channel)}`);
    connected();
    heard(null);
    await Promise.race([closed, ended]);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function pause(milliseconds: number, closing: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, milliseconds);
    closing.addEventListener("abort", done, { once: true });
    function done() {
      clearTimeout(timer);
      closing.removeEventListener("abort", done);
      resolve();
    }
  });
}
