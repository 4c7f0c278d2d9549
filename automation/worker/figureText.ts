import type { Figure } from "../../model/analysis.ts";

/** A figure in a line: both colors with their sample sizes, and what the limits are. */
export function figureText(figure: Figure): string {
  const { check, new: young, old, metric, minRequests, verdict } = figure;
  const few = verdict === "too-few" ? ` (fewer than ${minRequests} requests say nothing)` : "";
  return `${check}: new color (${sideText(young, metric)}), old color (${sideText(old, metric)}); limit ${limitText(figure)}${few}`;
}

const failed: Partial<Record<Figure["metric"], string>> = { "error-rate": " failed", "success-rate": " succeeded" };

function sideText({ color, value, requests }: Figure["new"], metric: Figure["metric"]): string {
  const sample = requests === null ? "" : ` of ${requests} requests${value === null ? "" : (failed[metric] ?? "")}`;
  return `${color}: ${value === null ? "nothing measured" : valueText(value, metric)}${sample}`;
}

function limitText({ limit: { max, min, maxRatio }, metric }: Figure): string {
  const absolute = [
    max !== undefined && `at most ${valueText(max, metric)}`,
    min !== undefined && `at least ${valueText(min, metric)}`,
  ].filter((part) => part !== false);
  const ratio = maxRatio === undefined ? [] : [`at most ${maxRatio} times the old color's`];
  return [...(absolute.length > 0 ? [absolute.join(" and ")] : []), ...ratio].join(", or ");
}

function valueText(value: number, metric: Figure["metric"]): string {
  switch (metric) {
    case "error-rate":
    case "success-rate":
      return `${(value * 100).toFixed(1)} %`;
    case "p95":
    case "p99":
      return value < 1 ? `${(value * 1000).toFixed(0)} ms` : `${value.toFixed(2)} s`;
    case "promql":
      return String(Number(value.toPrecision(4)));
  }
}
