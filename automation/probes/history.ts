import { colors, type Color } from "../../model/color.ts";
import { keptMinutes, type TrafficPoint } from "../../model/console/traffic.ts";
import type { TrafficCount } from "../../model/operation.ts";
import { quantile, since } from "./figures.ts";
import type { TrafficCounts } from "./traffic.ts";

/** Between two samples, seconds. */
export const sampleSeconds = 10;
const mostSamples = (keptMinutes * 60) / sampleSeconds;

/** What is kept of a color in a sample: requests and failures per second, p50 and p95 in seconds (NaN: not known). */
const width = 4;

/** Tenants that had requests since the sample before, in numbers: 36 bytes each, some 65 MB for 10,000 in half an hour. */
interface Sample {
  at: number;
  /** Numbers of namespaces, rising. */
  ids: Uint32Array;
  /** Per namespace: blue's figures, green's figures. */
  figures: Float32Array;
}

/** Figures of all tenants over the last half hour, from what the gateway has counted at each sample. */
export class TrafficHistory {
  readonly #numbers = new Map<string, number>();
  #lastNumber = 0;
  readonly #samples: Sample[] = [];
  #before: { at: number; counts: ReadonlyMap<string, TrafficCounts> } | undefined;

  /** When the figures begin; null: there are none yet. */
  get beginning(): Date | null {
    return this.#samples[0] ? new Date(this.#samples[0].at) : null;
  }

  /** Takes in what had been counted at a moment. The first only says where counting begins. */
  take(at: Date, counts: ReadonlyMap<string, TrafficCounts>): void {
    const before = this.#before;
    this.#before = { at: at.getTime(), counts };
    if (!before || at.getTime() <= before.at) return;
    const seconds = (at.getTime() - before.at) / 1000;
    const rows: { id: number; figures: number[] }[] = [];
    for (const [namespace, now] of counts) {
      const earlier = before.counts.get(namespace) ?? none;
      const news = { blue: since(earlier.blue, now.blue), green: since(earlier.green, now.green) };
      if (news.blue.requests + news.green.requests === 0) continue;
      rows.push({ id: this.#numberOf(namespace), figures: colors.flatMap((color) => figuresOf(news[color], seconds)) });
    }
    rows.sort((a, b) => a.id - b.id);
    const ids = Uint32Array.from(rows, ({ id }) => id);
    this.#samples.push({ at: at.getTime(), ids, figures: Float32Array.from(rows.flatMap(({ figures }) => figures)) });
    if (this.#samples.length > mostSamples) this.#samples.shift();
    this.#forgetGone(counts);
  }

  /** A point per sample from `from` on, by color; without requests it is 0 of them. */
  points(namespace: string, from: Date): Record<Color, TrafficPoint[]> {
    const id = this.#numbers.get(namespace);
    const samples = this.#samples.filter(({ at }) => at >= from.getTime());
    const of = (color: Color) => samples.map((sample) => pointOf(sample, id, color));
    return { blue: of("blue"), green: of("green") };
  }

  #numberOf(namespace: string): number {
    const known = this.#numbers.get(namespace);
    if (known !== undefined) return known;
    this.#numbers.set(namespace, ++this.#lastNumber);
    return this.#lastNumber;
  }

  /** Of tenants that came and went no numbers are kept for ever. */
  #forgetGone(counts: ReadonlyMap<string, TrafficCounts>): void {
    if (this.#numbers.size < 2 * counts.size + 1000) return;
    for (const namespace of this.#numbers.keys()) if (!counts.has(namespace)) this.#numbers.delete(namespace);
  }
}

const none: TrafficCounts = { blue: { requests: 0, errors: 0 }, green: { requests: 0, errors: 0 } };

function figuresOf(count: TrafficCount, seconds: number): number[] {
  const [p50, p95] = [quantile(0.5, count), quantile(0.95, count)];
  return [count.requests / seconds, count.errors / seconds, p50 ?? NaN, p95 ?? NaN];
}

function pointOf({ at, ids, figures }: Sample, id: number | undefined, color: Color): TrafficPoint {
  const place = id === undefined ? -1 : indexIn(ids, id);
  const begin = (place * colors.length + colors.indexOf(color)) * width;
  const [rate = 0, failing = 0, p50 = NaN, p95 = NaN] = place < 0 ? [] : figures.subarray(begin, begin + width);
  const known = (value: number) => (Number.isNaN(value) ? null : rounded(value));
  return {
    at: new Date(at).toISOString(),
    requestsPerSecond: rounded(rate),
    errorShare: rate > 0 ? rounded(failing / rate) : null,
    p50: known(p50),
    p95: known(p95),
  };
}

function indexIn(ids: Uint32Array, id: number): number {
  let [low, high] = [0, ids.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = ids[middle]!;
    if (found === id) return middle;
    if (found < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** What is kept has seven digits. */
export function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
