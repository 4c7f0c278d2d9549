/** What a stack thread that is watched is asked, and what it answers: see watchedEngine.ts. */
import { BroadcastChannel } from "node:worker_threads";

/** What the time of a flip goes to. */
export const phases = [
  "program: the tenant program and Pulumi's SDK",
  "monitor: the engine",
  "API server: waiting for its answers",
  "state: reading and writing it, and waiting for the disk",
  "settings: Teal's own",
  "collecting garbage",
  "waiting for something else",
] as const;
export type Phase = (typeof phases)[number];
/** Milliseconds. */
export type Shares = Record<Phase, number>;

export const channelName = "teal-bench";
export type Asked = "begin" | "end";

export async function shares(asked: Asked): Promise<Shares> {
  const channel = new BroadcastChannel(channelName);
  const { promise, resolve } = Promise.withResolvers<Shares>();
  channel.onmessage = (event) => resolve((event as { data: Shares }).data);
  channel.postMessage(asked);
  try {
    return await promise;
  } finally {
    channel.close();
  }
}
