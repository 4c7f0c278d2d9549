import { colors } from "../../model/color.ts";
import type { TrafficCount } from "../../model/operation.ts";
import { none, type TrafficCounts } from "./dialects/rows.ts";

type ByNamespace = Map<string, TrafficCounts>;

/** One proxy: what it counted last, and before it was started anew. */
interface Proxy {
  at: number;
  last: ByNamespace;
  before: ByNamespace;
}

/** A proxy that has been away for so long, ms, does not come back: until then it may only not have been ready. */
const goneAfterMs = 3_600_000;

/** Sums what proxies that come, go and are started anew have counted, so that the sums never fall. */
export class Tally {
  readonly #proxies = new Map<string, Proxy>();
  readonly #gone: ByNamespace = new Map();

  /** Takes in what the proxy at `address` had counted at a moment (Unix ms). */
  take(address: string, counts: ReadonlyMap<string, TrafficCounts>, at: number): void {
    const proxy = this.#proxies.get(address) ?? { at, last: new Map(), before: new Map() };
    this.#proxies.set(address, proxy);
    proxy.at = at;
    for (const [namespace, both] of counts) {
      const last = proxy.last.get(namespace);
      for (const color of colors) {
        if (last && both[color].requests < last[color].requests)
          addTo(proxy.before, namespace, { ...none(), [color]: last[color] });
      }
      proxy.last.set(namespace, both);
    }
  }

  /** What all proxies have counted by now, those that have gone among them. */
  totals(now: number): ByNamespace {
    for (const [address, { at, last, before }] of this.#proxies) {
      if (now - at < goneAfterMs) continue;
      for (const counts of [last, before]) for (const [namespace, both] of counts) addTo(this.#gone, namespace, both);
      this.#proxies.delete(address);
    }
    const totals: ByNamespace = new Map();
    const all = [this.#gone, ...[...this.#proxies.values()].flatMap(({ last, before }) => [last, before])];
    for (const counts of all) for (const [namespace, both] of counts) addTo(totals, namespace, both);
    return totals;
  }
}

function addTo(sums: ByNamespace, namespace: string, more: TrafficCounts): void {
  const sum = sums.get(namespace) ?? none();
  sums.set(namespace, { blue: added(sum.blue, more.blue), green: added(sum.green, more.green) });
}

function added(a: TrafficCount, b: TrafficCount): TrafficCount {
  const timed = a.timed === undefined && b.timed === undefined ? undefined : (a.timed ?? 0) + (b.timed ?? 0);
  const latency = bothLatencies(a.latency, b.latency);
  return {
    requests: a.requests + b.requests,
    errors: a.errors + b.errors,
    ...(latency && { latency }),
    ...(timed !== undefined && { timed }),
  };
}

/** Proxies of one gateway have the same bounds. */
function bothLatencies(a: TrafficCount["latency"], b: TrafficCount["latency"]): TrafficCount["latency"] {
  if (!a || !b) return a ?? b;
  const more = new Map(b);
  return a.map(([bound, count]) => [bound, count + (more.get(bound) ?? 0)]);
}
