import type { Color } from "../../model/color.ts";
import type { TrafficCount } from "../../model/operation.ts";

/** What a color was asked since `before`. A gateway that was restarted counts from zero again: then all of it is new. */
export function since(before: TrafficCount, now: TrafficCount): TrafficCount {
  if (now.requests < before.requests || now.errors < before.errors) return now;
  const count = {
    requests: now.requests - before.requests,
    errors: now.errors - before.errors,
    ...(now.timed !== undefined && { timed: Math.max(0, now.timed - (before.timed ?? 0)) }),
  };
  if (!now.latency) return count;
  const earlier = new Map(before.latency);
  return {
    ...count,
    latency: now.latency.map(([seconds, n]) => [seconds, Math.max(0, n - (earlier.get(seconds) ?? 0))]),
  };
}

export function bothSince(
  before: Record<Color, TrafficCount>,
  now: Record<Color, TrafficCount>,
): Record<Color, TrafficCount> {
  return { blue: since(before.blue, now.blue), green: since(before.green, now.green) };
}

/**
 * The time in which the share `q` of requests was answered, in seconds, by linear interpolation within a bucket as
 * Prometheus' histogram_quantile does it; beyond the last bound it is that bound. Null where nothing was measured.
 */
export function quantile(q: number, { requests, latency, timed = requests }: TrafficCount): number | null {
  if (!latency || latency.length === 0 || timed === 0) return null;
  const rank = q * timed;
  let [lowerBound, below] = [0, 0];
  for (const [bound, count] of latency) {
    if (count >= rank)
      return count === below ? bound : lowerBound + ((bound - lowerBound) * (rank - below)) / (count - below);
    [lowerBound, below] = [bound, count];
  }
  return lowerBound;
}
