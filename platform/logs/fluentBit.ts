/** Sections of Fluent Bit's configuration: https://docs.fluentbit.io/manual/administration/configuring-fluent-bit */

type Entries = [key: string, value: string][];
function section(name: string, entries: Entries): string {
  return [`[${name}]`, ...entries.map(([key, value]) => `    ${key} ${value}`)].join("\n");
}

/** What becomes of the labels of a pod: fields by which lines are found. */
const fields: Record<string, string> = {
  "label_teal.dev/tenant": "tenant",
  "label_teal.dev/environment": "environment",
  "label_teal.dev/color": "color",
  "label_app.kubernetes.io/version": "release",
  "label_app.kubernetes.io/component": "component",
  k8s_namespace_name: "namespace",
  k8s_pod_name: "pod",
  k8s_container_name: "container",
};

/**
 * Each line gets tenant, color and release of the pod that wrote it, from its labels. What the application itself writes as JSON
 * lies below `app`, so that no tenant can pass a line off as another's.
 */
export function filters(): string {
  return [
    section("FILTER", [
      ["Name", "kubernetes"],
      ["Match", "kube.*"],
      ["Labels", "On"],
      ["Annotations", "Off"],
      ["Merge_Log", "On"],
      ["Merge_Log_Key", "app"],
      ["Keep_Log", "On"],
      ["K8S-Logging.Parser", "Off"],
      ["K8S-Logging.Exclude", "Off"],
    ]),
    section("FILTER", [
      ["Name", "nest"],
      ["Match", "kube.*"],
      ["Operation", "lift"],
      ["Nested_under", "kubernetes"],
      ["Add_prefix", "k8s_"],
    ]),
    section("FILTER", [
      ["Name", "nest"],
      ["Match", "kube.*"],
      ["Operation", "lift"],
      ["Nested_under", "k8s_labels"],
      ["Add_prefix", "label_"],
    ]),
    section("FILTER", [
      ["Name", "modify"],
      ["Match", "kube.*"],
      ...Object.entries(fields).map(([from, to]): [string, string] => ["Hard_rename", `${from} ${to}`]),
      ["Remove_wildcard", "label_"],
      ["Remove_wildcard", "k8s_"],
    ]),
  ].join("\n\n");
}

/** To OpenSearch Serverless, an index a day; signed with the pod's own rights. */
export function openSearchOutput({ host, region }: { host: string; region: string }): string {
  return section("OUTPUT", [
    ["Name", "opensearch"],
    ["Match", "kube.*"],
    ["Host", host],
    ["Port", "443"],
    ["TLS", "On"],
    ["AWS_Auth", "On"],
    ["AWS_Region", region],
    ["AWS_Service_Name", "aoss"],
    ["Suppress_Type_Name", "On"],
    ["Logstash_Format", "On"],
    ["Logstash_Prefix", "teal"],
    ["Replace_Dots", "On"],
    ["Trace_Error", "On"],
    ["Retry_Limit", "10"],
  ]);
}

/** To CloudWatch, as the log router of Fargate can. */
export function cloudWatchOutput({ group, region, days }: { group: string; region: string; days: number }): string {
  return section("OUTPUT", [
    ["Name", "cloudwatch_logs"],
    ["Match", "kube.*"],
    ["region", region],
    ["log_group_name", group],
    ["log_stream_prefix", "pods-"],
    ["log_retention_days", String(days)],
    ["auto_create_group", "false"],
  ]);
}
