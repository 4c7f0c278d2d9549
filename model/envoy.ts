/** Names of figures that Envoy's proxies give, in Prometheus' form. Times are in milliseconds. */
export const envoyMetrics = {
  /** Answers by their class (label `envoy_response_code_class`: 2 to 5). */
  answers: "envoy_cluster_upstream_rq_xx",
  /** A histogram: with `_bucket`, `_sum` and `_count` at its end. */
  times: "envoy_cluster_upstream_rq_time",
} as const;

/** Label with what a figure is of: a cluster of Envoy's. */
export const envoyCluster = "envoy_cluster_name";

/**
 * How Envoy Gateway names a cluster where `mergeBackends` is on (since 1.9): after the Service, and a slot's Service is named after its
 * color. `service/<namespace>/<service>/<port>/<protocol>`, as regular expressions of RE2 that match all of it.
 */
export const envoyNames = {
  namespace: "service/([^/]+)/.*",
  color: "service/[^/]+/(blue|green)/.*",
} as const;
