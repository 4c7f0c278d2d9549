import type { Move } from "./layout.ts";
import type { Memory } from "./operation.ts";

/** A time in which nobody was served, as asked for `now`, where it is not over. */
export interface Outage {
  /** Whole seconds, rounded up. */
  seconds: number;
  /** The policy's bound. */
  limitSeconds: number;
  tooLong: boolean;
}

export function outageOf(
  { from, to }: NonNullable<Memory["outage"]>,
  move: Pick<Move, "policy"> | null,
  now: Date,
): Outage {
  const until = to === undefined ? now.getTime() : Date.parse(to);
  const seconds = Math.max(0, Math.ceil((until - Date.parse(from)) / 1000));
  const limitSeconds = move?.policy?.maxOutageSeconds ?? 180;
  return { seconds, limitSeconds, tooLong: seconds > limitSeconds };
}
