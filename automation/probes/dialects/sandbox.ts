import { addBucket, countOf, label, valueOf, type AddRow } from "./rows.ts";

const requests = "teal_gateway_requests_total{";
const buckets = "teal_gateway_request_duration_seconds_bucket{";

/** The sandbox's gateway: a Service is named after its color, times are seconds. Its last bucket, +Inf, is all requests. */
export const addSandboxRow: AddRow = ({ counts }, row) => {
  const isBucket = row.startsWith(buckets);
  if (!isBucket && !row.startsWith(requests)) return;
  const namespace = label(row, "namespace");
  const color = label(row, "service");
  if (!namespace || (color !== "blue" && color !== "green")) return;
  const count = countOf(counts, namespace, color);
  const value = valueOf(row);
  if (isBucket) {
    const bound = Number(label(row, "le"));
    if (Number.isFinite(bound)) addBucket(count, bound, value);
    return;
  }
  count.requests += value;
  if (label(row, "code")?.startsWith("5")) count.errors += value;
};
