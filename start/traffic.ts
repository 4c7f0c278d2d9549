import type pino from "pino";
import { openPrometheus } from "../automation/probes/prometheus.ts";
import { sampleTraffic } from "../automation/probes/sampling.ts";
import { prometheusSeries, type TrafficOverTime } from "../automation/probes/series.ts";
import type { Ground } from "./ground.ts";
import type { Settings } from "./settings.ts";

/** Figures of the past: from Prometheus where there is one, else from samples that are taken from now on. */
export function trafficOverTime(
  { settings, ground, log }: { settings: Settings; ground: Ground; log: pino.Logger },
  stops: (() => Promise<void>)[],
): TrafficOverTime {
  const { TEAL_PROMETHEUS_URL: url } = settings;
  if (url !== undefined) return prometheusSeries(openPrometheus(url));
  const sampling = sampleTraffic(ground.gatewayMetrics, log);
  stops.push(() => sampling.stop());
  return sampling.series;
}
