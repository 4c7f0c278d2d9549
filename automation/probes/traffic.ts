import type { Color } from "../../model/color.ts";
import type { TrafficCount } from "../../model/operation.ts";

/** Cumulative requests and failed answers (5xx) per color, as the gateway counted them. */
export type TrafficCounts = Record<Color, TrafficCount>;

export interface TrafficSource {
  /** Null where this gateway gives no figures. */
  counts(namespace: string): Promise<TrafficCounts | null>;
}

const line = /^teal_gateway_requests_total\{([^}]*)\} (\S+)/;
const label = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/** Counts per namespace from the gateway's /metrics in Prometheus' text format. */
export function parseCounts(text: string): Map<string, TrafficCounts> {
  const counts = new Map<string, TrafficCounts>();
  for (const row of text.split("\n")) {
    const match = line.exec(row);
    if (!match) continue;
    const labels = Object.fromEntries([...match[1]!.matchAll(label)].map((m) => [m[1]!, m[2]!]));
    const { namespace, service, code } = labels;
    if (!namespace || (service !== "blue" && service !== "green")) continue;
    const both = counts.get(namespace) ?? { blue: { requests: 0, errors: 0 }, green: { requests: 0, errors: 0 } };
    both[service].requests += Number(match[2]);
    if (code?.startsWith("5")) both[service].errors += Number(match[2]);
    counts.set(namespace, both);
  }
  return counts;
}

/** Reads the gateway's own figures from `url` (its /metrics); at most one read a second, however many rollouts ask. */
export function gatewayTraffic(url: string | undefined): TrafficSource {
  if (!url) return { counts: async () => null };
  let latest: { at: number; counts: Promise<Map<string, TrafficCounts>> } | undefined;
  const read = async () => {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5000) });
    if (!answer.ok) throw new Error(`The gateway's metrics answered ${answer.status}.`);
    return parseCounts(await answer.text());
  };
  return {
    async counts(namespace) {
      if (!latest || Date.now() - latest.at > 1000) latest = { at: Date.now(), counts: read() };
      const none = { requests: 0, errors: 0 };
      return (await latest.counts).get(namespace) ?? { blue: none, green: none };
    },
  };
}
