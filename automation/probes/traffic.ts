import type { Color } from "../../model/color.ts";
import type { TrafficCount } from "../../model/operation.ts";

/** Cumulative requests, failed answers (5xx) and times per color, as the gateway counted them. */
export type TrafficCounts = Record<Color, TrafficCount>;

export interface TrafficSource {
  /** As counted no longer than a second ago. Null where this gateway gives no figures. */
  counts(namespace: string): Promise<TrafficCounts | null>;
  /** As counted now: whatever was answered before the call is in it. */
  countsNow(namespace: string): Promise<TrafficCounts | null>;
}

const requests = "teal_gateway_requests_total{";
const buckets = "teal_gateway_request_duration_seconds_bucket{";

/** Counts per namespace from the gateway's /metrics in Prometheus' text format. */
export function parseCounts(text: string): Map<string, TrafficCounts> {
  const counts = new Map<string, TrafficCounts>();
  for (const row of text.split("\n")) {
    const isBucket = row.startsWith(buckets);
    if (!isBucket && !row.startsWith(requests)) continue;
    const namespace = label(row, "namespace");
    const service = label(row, "service");
    if (!namespace || (service !== "blue" && service !== "green")) continue;
    let both = counts.get(namespace);
    if (both === undefined) counts.set(namespace, (both = none()));
    const value = Number(row.slice(row.lastIndexOf(" ")));
    if (isBucket) addBucket(both[service], Number(label(row, "le")), value);
    else {
      both[service].requests += value;
      if (label(row, "code")?.startsWith("5")) both[service].errors += value;
    }
  }
  return counts;
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

/** Reads the gateway's own figures from `url` (its /metrics): one read at a time, however many rollouts ask. */
export function gatewayTraffic(url: string | undefined): TrafficSource {
  if (!url) return { counts: async () => null, countsNow: async () => null };
  let latest: Reading | undefined;
  let following: Promise<Reading> | undefined;
  const read = async () => {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5000) });
    if (!answer.ok) throw new Error(`The gateway's metrics answered ${answer.status}.`);
    return parseCounts(await answer.text());
  };
  const begin = (): Reading => (latest = { at: Date.now(), counts: read() });
  // All who ask while a read is under way, which may have begun too early for them, share the one after it.
  const afterThis = async (): Promise<Reading> => {
    await latest?.counts.catch(() => undefined);
    following = undefined;
    return begin();
  };
  return {
    async counts(namespace) {
      if (!latest || Date.now() - latest.at > 1000) begin();
      return (await latest!.counts).get(namespace) ?? none();
    },
    async countsNow(namespace) {
      const { counts } = await (following ??= afterThis());
      return (await counts).get(namespace) ?? none();
    },
  };
}

interface Reading {
  at: number;
  counts: Promise<Map<string, TrafficCounts>>;
}
