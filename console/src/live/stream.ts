import { EventSourceParserStream } from "eventsource-parser/stream";
import type { TealEvent } from "../api/types.ts";

export interface StreamSettings {
  /** Id of the last event seen; the stream goes on behind it. */
  after: number;
  headers: Record<string, string>;
  signal: AbortSignal;
  onOpen(): void;
  onEvent(event: TealEvent): void;
  /** Called for whatever arrives, comments too: a sign of life. */
  onLife(): void;
}

/** Follows the event stream once: returns when the server ends it, throws when it breaks off. */
export async function followOnce({ after, headers, signal, onOpen, onEvent, onLife }: StreamSettings): Promise<void> {
  const response = await fetch("/v1/events", {
    headers: { ...headers, Accept: "text/event-stream", "Last-Event-ID": String(after) },
    cache: "no-store",
    signal,
  });
  if (!response.ok || response.body === null) throw new StreamRefused(response.status);
  onOpen();
  const events = response.body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array<ArrayBuffer>>)
    .pipeThrough(new EventSourceParserStream({ onComment: onLife }));
  const reader = events.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    onLife();
    if (value.event !== "end") onEvent(JSON.parse(value.data) as TealEvent);
  }
}

/** The server has answered, and not with a stream. */
export class StreamRefused extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`The event stream was answered with ${status}.`);
    this.status = status;
  }
}

/** Milliseconds to wait before the `tries`th attempt to connect again, from 1 on: soon at first, then every 5 s. */
export function pauseBefore(tries: number): number {
  return Math.min(5000, 300 * 2 ** (tries - 1));
}
