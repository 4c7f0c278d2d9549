import type { AnalysisCheck, GatewayMetric } from "../../model/analysis.ts";
import { colors, type Color } from "../../model/color.ts";
import type { TrafficCount } from "../../model/operation.ts";
import { quantile } from "../probes/figures.ts";
import type { Prometheus } from "../probes/prometheus.ts";
import type { Sample } from "./analysis.ts";

/** Where a step's figures are from. */
export interface Sources {
  prometheus: Prometheus;
  namespace: string;
  /** What the gateway has counted since the step began; null where it gives no figures, or did not then. */
  counted: Record<Color, TrafficCount> | null;
  /** Since the step began. */
  seconds: number;
}

/** What a check is about, of both colors. */
export async function measure(
  sources: Sources,
  check: AnalysisCheck,
): Promise<{ check: AnalysisCheck; samples: Record<Color, Sample> }> {
  const [blue, green] = await Promise.all(colors.map((color) => sample(sources, check, color)));
  return { check, samples: { blue: blue!, green: green! } };
}

async function sample(sources: Sources, { metric }: AnalysisCheck, color: Color): Promise<Sample> {
  const { prometheus, namespace, seconds } = sources;
  const count = sources.counted?.[color];
  const requests = count?.requests ?? null;
  if (typeof metric !== "string")
    return { value: await prometheus.query(metric.promql, { namespace, color, seconds }), requests };
  return { value: count ? figureOf(metric, count) : null, requests };
}

/** Rates of no requests are none; those of a color without traffic say nothing. */
function figureOf(metric: GatewayMetric, count: TrafficCount): number | null {
  const { requests, errors } = count;
  if (requests === 0) return null;
  switch (metric) {
    case "error-rate":
      return errors / requests;
    case "success-rate":
      return (requests - errors) / requests;
    case "p95":
      return quantile(0.95, count);
    case "p99":
      return quantile(0.99, count);
  }
}
