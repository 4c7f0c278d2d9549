import type { Color, Traffic } from "../api/types.ts";

type Point = Traffic["series"]["blue"][number];

/** Both colors' figures over the same times, in seconds since 1970; null where a color has none. */
export function aligned(series: Record<Color, Point[]>, of: (point: Point) => number | null) {
  const byTime = (points: Point[]) => new Map(points.map((point) => [Date.parse(point.at) / 1000, of(point)]));
  const blue = byTime(series.blue);
  const green = byTime(series.green);
  const times = [...new Set([...blue.keys(), ...green.keys()])].sort((a, b) => a - b);
  const valuesOf = (values: Map<number, number | null>) => times.map((time) => values.get(time) ?? null);
  return { times, values: { blue: valuesOf(blue), green: valuesOf(green) } };
}
