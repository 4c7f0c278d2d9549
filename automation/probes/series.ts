import type { Color } from "../../model/color.ts";
import { envoyCluster, envoyMetrics, envoyNames } from "../../model/envoy.ts";
import type { TrafficPoint, TrafficView } from "../../model/console/traffic.ts";
import { rounded } from "./history.ts";
import type { RangeOf, Ranges } from "./prometheus.ts";

/** A namespace's requests over time. */
export type TrafficSeries = Omit<TrafficView, "environment" | "tenant">;

/** Requests of a namespace in the last so many minutes. Says what went wrong instead of throwing. */
export type TrafficOverTime = (namespace: string, minutes: number) => Promise<TrafficSeries>;

const mostPoints = 180;
const leastStepSeconds = 10;
/** A rate needs two samples at least, and Prometheus takes one a minute at most where nobody says otherwise. */
const leastWindowSeconds = 120;

/** From the figures that Prometheus has of the gateway, the sandbox's or Envoy. */
export function prometheusSeries(prometheus: Ranges): TrafficOverTime {
  return async (namespace, minutes) => {
    const stepSeconds = Math.max(leastStepSeconds, Math.ceil((minutes * 60) / mostPoints));
    const to = new Date();
    const span = { from: new Date(to.getTime() - minutes * 60_000), to, stepSeconds };
    const told = { source: "prometheus" as const, from: span.from.toISOString(), to: to.toISOString(), stepSeconds };
    try {
      const queries = queriesFor(namespace, Math.max(leastWindowSeconds, stepSeconds));
      const [rate, failing, p50, p95] = await Promise.all(queries.map((one) => prometheus.range(one, "service", span)));
      const of = (color: Color) => pointsOf(color, { rate: rate!, failing: failing!, p50: p50!, p95: p95! });
      return { ...told, since: null, series: { blue: of("blue"), green: of("green") } };
    } catch (error) {
      return { ...told, since: null, problem: (error as Error).message, series: { blue: [], green: [] } };
    }
  };
}

/** Names of namespaces are DNS labels, so nothing in them ends a string of PromQL. Of the two gateways only one is there. */
export function queriesFor(namespace: string, seconds: number): Queries {
  const [sandbox, envoy] = [sandboxQueries(namespace, seconds), envoyQueries(namespace, seconds)];
  return sandbox.map((query, i) => `${query} or ${envoy[i]!}`) as Queries;
}

/** Rate, rate of failures, p50 and p95, in seconds, each by the label `service`. */
type Queries = [rate: string, failing: string, p50: string, p95: string];

function sandboxQueries(namespace: string, seconds: number): Queries {
  const of = `namespace="${namespace}",service=~"blue|green"`;
  const total = (more: string) => `sum by (service) (rate(teal_gateway_requests_total{${of}${more}}[${seconds}s]))`;
  const buckets = `sum by (service, le) (rate(teal_gateway_request_duration_seconds_bucket{${of}}[${seconds}s]))`;
  const quantile = (q: number) => `histogram_quantile(${q}, ${buckets})`;
  return [total(""), total(',code=~"5.."'), quantile(0.5), quantile(0.95)];
}

/** By the cluster's name, as it is scraped: whatever a Prometheus makes of it besides. */
function envoyQueries(namespace: string, seconds: number): Queries {
  const of = `${envoyCluster}=~"service/${namespace}/(blue|green)/.*"`;
  const rate = (metric: string, more = "") =>
    `label_replace(rate(${metric}{${of}${more}}[${seconds}s]), "service", "$1", "${envoyCluster}", "${envoyNames.color}")`;
  const total = (more: string) => `sum by (service) (${rate(envoyMetrics.answers, more)})`;
  const buckets = `sum by (service, le) (${rate(`${envoyMetrics.times}_bucket`)})`;
  const quantile = (q: number) => `histogram_quantile(${q}, ${buckets}) / 1000`;
  return [total(""), total(',envoy_response_code_class="5"'), quantile(0.5), quantile(0.95)];
}

function pointsOf(color: Color, all: Record<"rate" | "failing" | "p50" | "p95", RangeOf>): TrafficPoint[] {
  const at = (range: RangeOf) => new Map(range.get(color) ?? []);
  const [failing, p50, p95] = [at(all.failing), at(all.p50), at(all.p95)];
  return (all.rate.get(color) ?? []).map(([seconds, rate]) => {
    const known = (value: number | undefined) => (value === undefined || rate === 0 ? null : rounded(value));
    return {
      at: new Date(seconds * 1000).toISOString(),
      requestsPerSecond: rounded(rate),
      errorShare: rate > 0 ? rounded((failing.get(seconds) ?? 0) / rate) : null,
      p50: known(p50.get(seconds)),
      p95: known(p95.get(seconds)),
    };
  });
}
