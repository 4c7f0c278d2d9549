import * as pulumi from "@pulumi/pulumi";
import { getSecretVersionOutput } from "@pulumi/aws/secretsmanager/getSecretVersion.js";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import { chart } from "../charts.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { PlatformConfig } from "../config/schema.ts";
import { labelsOf, namespace as teal, secret as tealSecret } from "../control-plane/names.ts";
import { splitsByAlb } from "../edge/albPlan.ts";
import { podRole } from "../identity/podRole.ts";
import { namespace } from "../kubernetes/namespaces.ts";
import { namespaces } from "../names.ts";
import { installs } from "../parts.ts";
import { dashboardConfigMap, dashboards } from "./dashboards.ts";
import { proxyMonitor, serverMonitor, workerMonitor } from "./metrics.ts";
import { prometheusRule } from "./rules.ts";
import { volumes } from "./storage.ts";
import { alertsSecret, alertsTokenSecret } from "./teal.ts";
import { alertmanagerAccount, prometheusValues } from "./values.ts";

export interface MonitoringArgs {
  config: PlatformConfig;
  cluster: Cluster;
  topic: pulumi.Output<string>;
  keys: { disks: pulumi.Input<string>; logs: pulumi.Input<string> };
  /** What Teal takes alerts by; none where it takes none. */
  alertsToken: pulumi.Output<string> | undefined;
}

/** Who looks at the cluster: Prometheus with our rules and dashboards, or Datadog. */
export class Monitoring extends pulumi.ComponentResource {
  constructor(name: string, args: MonitoringArgs, options: pulumi.ComponentResourceOptions) {
    super("teal:platform:Monitoring", name, {}, options);
    const under = { parent: this };
    // The node exporter reads the node's own files.
    const ns = namespace(namespaces.monitoring, "privileged", under);
    if (args.config.monitoring.kind === "prometheus") prometheus(args, { ...under, dependsOn: [ns] });
    else datadog(args, { ...under, dependsOn: [ns] });
    this.registerOutputs({});
  }
}

function prometheus(
  { config, cluster, topic, keys, alertsToken }: MonitoringArgs,
  options: pulumi.CustomResourceOptions,
): void {
  const statements = [
    { Sid: "TellPeople", Action: ["sns:Publish"], Resource: topic },
    { Sid: "OfEncryptedTopic", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: keys.logs },
  ];
  const account = { cluster, namespace: namespaces.monitoring, serviceAccount: alertmanagerAccount, statements };
  const { annotations } = podRole("alertmanager", account, options);
  const storage = volumes({ config, key: keys.disks }, options);
  const values = prometheusValues<pulumi.Input<string>>({ config, topic, annotations });
  const before = [...([options.dependsOn ?? []].flat() as pulumi.Resource[]), storage];
  if (alertsToken) before.push(new Secret(alertsSecret.name, alertsTokenSecret(alertsToken), options));
  const installed = chart(
    "kube-prometheus-stack",
    { namespace: namespaces.monitoring, values },
    { ...options, dependsOn: before },
  );

  const after = { ...options, dependsOn: [installed] };
  new CustomResource("rules", prometheusRule(config) as never, after);
  if (installs(config, "gateway") && !splitsByAlb(config))
    new CustomResource("proxies", proxyMonitor() as never, after);
  if (installs(config, "control-plane")) {
    new CustomResource("teal-server", serverMonitor(teal, tealSecret, labelsOf("server")), after);
    new CustomResource("teal-worker", workerMonitor(teal, tealSecret, labelsOf("worker")), after);
  }
  for (const dashboard of dashboards) new ConfigMap(dashboard.uid, dashboardConfigMap(dashboard), after);
}

function datadog({ config }: MonitoringArgs, options: pulumi.CustomResourceOptions): void {
  const { site, apiKeySecret } = config.monitoring.datadog!;
  const key = getSecretVersionOutput({ secretId: apiKeySecret }, { parent: options.parent! }).secretString;
  const metadata = { name: "datadog", namespace: namespaces.monitoring };
  const secret = new Secret("datadog", { metadata, stringData: { "api-key": pulumi.secret(key) } }, options);
  const fargate = !config.cluster.existing && config.cluster.compute === "fargate";
  const values = {
    datadog: {
      site,
      apiKeyExistingSecret: "datadog",
      logs: { enabled: false },
      tags: [`teal-environment:${config.environment}`],
    },
    // Where there are no nodes, an agent runs beside each pod.
    agents: { enabled: !fargate },
    clusterAgent: {
      admissionController: { agentSidecarInjection: { enabled: fargate, ...(fargate && { provider: "fargate" }) } },
    },
  };
  chart("datadog", { namespace: namespaces.monitoring, values }, { ...options, dependsOn: [secret] });
}
