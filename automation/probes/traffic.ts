import type { Color } from "../../model/color.ts";
import type { TrafficCount } from "../../model/operation.ts";

/** Cumulative requests, failed answers (5xx) and times per color, as the gateway counted them. */
export type TrafficCounts = Record<Color, TrafficCount>;

export interface TrafficSource {
  /** Null where this gateway gives no figures. */
  counts(namespace: string): Promise<TrafficCounts | null>;
}

const requests = "teal_gateway_requests_total{";
const buckets = "teal_gateway_request_duration_seconds_bucket{";

/** Counts per namespace from the gateway's /metrics in Prometheus' text format. */
export function parseCounts(text: string): Map<string, TrafficCounts> {
  const reader = countsReader();
  reader.add(text);
  return reader.end();
}

/** The same, piece by piece: of thousands of tenants it is tens of megabytes, which would hold up all else in one go. */
export function countsReader() {
  const counts = new Map<string, TrafficCounts>();
  let rest = "";
  return {
    add(chunk: string): void {
      const rows = (rest + chunk).split("\n");
      rest = rows.pop() ?? "";
      for (const row of rows) addRow(counts, row);
    },
    end(): Map<string, TrafficCounts> {
      addRow(counts, rest);
      return counts;
    },
  };
}

function addRow(counts: Map<string, TrafficCounts>, row: string): void {
  const isBucket = row.startsWith(buckets);
  if (!isBucket && !row.startsWith(requests)) return;
  const namespace = label(row, "namespace");
  const service = label(row, "service");
  if (!namespace || (service !== "blue" && service !== "green")) return;
  let both = counts.get(namespace);
  if (both === undefined) counts.set(namespace, (both = none()));
  const value = Number(row.slice(row.lastIndexOf(" ")));
  if (isBucket) addBucket(both[service], Number(label(row, "le")), value);
  else {
    both[service].requests += value;
    if (label(row, "code")?.startsWith("5")) both[service].errors += value;
  }
}

/** What the gateway at `url` has counted for all tenants. Throws where it does not answer. */
export async function fetchCounts(url: string, timeoutMs: number): Promise<Map<string, TrafficCounts>> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
  if (!answer.ok || !answer.body) throw new Error(`The gateway's metrics answered ${answer.status}.`);
  const reader = countsReader();
  for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) reader.add(chunk);
  return reader.end();
}

/** A tenant has one route, so that buckets come once; of several they add up. The last one, +Inf, is all requests. */
function addBucket(count: TrafficCount, bound: number, requests: number): void {
  if (!Number.isFinite(bound)) return;
  const known = (count.latency ??= []);
  const same = known.find(([seconds]) => seconds === bound);
  if (same) same[1] += requests;
  else known.push([bound, requests]);
}

/** By hand: there are tens of lines for each of thousands of tenants. The values looked for hold nothing escaped. */
function label(row: string, name: string): string | undefined {
  const at = row.indexOf(`${name}="`);
  if (at < 0) return undefined;
  const from = at + name.length + 2;
  return row.slice(from, row.indexOf('"', from));
}

const none = (): TrafficCounts => ({ blue: { requests: 0, errors: 0 }, green: { requests: 0, errors: 0 } });

/** Reads the gateway's own figures from `url` (its /metrics); at most one read a second, however many rollouts ask. */
export function gatewayTraffic(url: string | undefined): TrafficSource {
  if (!url) return { counts: async () => null };
  let latest: { at: number; counts: Promise<Map<string, TrafficCounts>> } | undefined;
  return {
    async counts(namespace) {
      if (!latest || Date.now() - latest.at > 1000) latest = { at: Date.now(), counts: fetchCounts(url, 5000) };
      return (await latest.counts).get(namespace) ?? none();
    },
  };
}
