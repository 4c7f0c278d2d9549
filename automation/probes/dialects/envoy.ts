import type { Color } from "../../../model/color.ts";
import { envoyCluster, envoyMetrics, envoyNames } from "../../../model/envoy.ts";
import { addBucket, countOf, label, valueOf, type AddRow } from "./rows.ts";

const answers = `${envoyMetrics.answers}{`;
const buckets = `${envoyMetrics.times}_bucket{`;

const ofNamespace = new RegExp(`^(?:${envoyNames.namespace})$`);
const ofColor = new RegExp(`^(?:${envoyNames.color})$`);
/**
 * Where the names of its figures are set to have the backends in them (`telemetry.metrics.clusterStatName` with %BACKEND_REFS%), a
 * rule with one backend ends with `<namespace>/<service>`.
 */
const named = /^httproute\/.*\/([^/|]+)\/(blue|green)$/;
/** What it does otherwise: a cluster for each rule, or each of a rule's backends by its number. No color can be told from that. */
const byRule = /^httproute\/([^/]+)\/app\/rule\/\d+(\/backend\/\d+)?$/;

/** Envoy's proxies: answers by their class, times in milliseconds. Requests that are under way have no time as yet. */
export const addEnvoyRow: AddRow = ({ counts, colorless }, row) => {
  const isBucket = row.startsWith(buckets);
  if (!isBucket && !row.startsWith(answers)) return;
  const cluster = label(row, envoyCluster) ?? "";
  const [namespace, color] = slotOf(cluster);
  if (namespace === undefined || color === undefined) {
    const tenant = byRule.exec(cluster)?.[1];
    if (tenant !== undefined) colorless.set(tenant, cluster);
    return;
  }
  const count = countOf(counts, namespace, color as Color);
  const value = valueOf(row);
  if (isBucket) {
    const milliseconds = Number(label(row, "le"));
    if (Number.isFinite(milliseconds)) addBucket(count, milliseconds / 1000, value);
    else count.timed = (count.timed ?? 0) + value;
    return;
  }
  count.requests += value;
  if (label(row, "envoy_response_code_class") === "5") count.errors += value;
};

function slotOf(cluster: string): (string | undefined)[] {
  const color = ofColor.exec(cluster)?.[1];
  if (color !== undefined) return [ofNamespace.exec(cluster)?.[1], color];
  return named.exec(cluster)?.slice(1) ?? [];
}
