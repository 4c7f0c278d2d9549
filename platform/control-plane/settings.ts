import type { PlatformConfig } from "../config/schema.ts";
import { ingressClasses, roomForTenants, splitsByAlb } from "../edge/albPlan.ts";
import { apiHost, gateway, gatewayService, namespaces, proxiesService } from "../names.ts";
import { publicRanges } from "../network/plan.ts";
import { installs } from "../parts.ts";
import { certificateSettings } from "./certificates.ts";
import { dataDirectory, metricsPort, port, type Part } from "./names.ts";

export interface SettingsPlan<Text> {
  config: PlatformConfig;
  part: Part;
  /** Where stacks' state is. */
  backendUrl: Text;
  /** Where the state of deployments is written to. */
  deploymentTable: Text;
  /** Where backups of what tenants have on AWS are kept; undefined: they have nothing there. */
  backupBucket: Text | undefined;
  /** The load balancer as tenants' requests come to it, its listener, and that as every environment's (`production=arn:…,staging=arn:…`). */
  loadBalancer: { url: Text; listener: Text; listeners: Text };
}

/** Prometheus, as kube-prometheus-stack names its Service. */
export const prometheusUrl = `http://kube-prometheus-stack-prometheus.${namespaces.monitoring}:9090`;

/** What each of the Gateway's proxies has counted. */
export const figuresUrl = `http://${proxiesService}.${gateway.namespace}:${gatewayService.metricsPort}/stats/prometheus`;

/** Teal's settings by name, as docs/settings.md has them; those in confidence come from the Secret. */
export function settings<Text>(plan: SettingsPlan<Text>): Record<string, string | Text> {
  const { config, part, backendUrl, deploymentTable } = plan;
  const { environments, region, domain, monitoring, controlPlane } = config;
  return {
    TEAL_ROLE: part,
    TEAL_TARGET: "aws",
    TEAL_ENGINE: "cli",
    TEAL_ENVIRONMENTS: environments.join(","),
    TEAL_DOMAIN: domain.name,
    TEAL_DATA: dataDirectory,
    // Every pod has an address of its own; the token guards it.
    TEAL_LISTEN: "0.0.0.0",
    PORT: String(port),
    ...(part === "worker" && { TEAL_METRICS_PORT: String(metricsPort) }),
    KUBECONFIG: "/etc/teal/kubeconfig/config",
    ...(splitsByAlb(config) ? byLoadBalancer(plan) : byGateway(plan)),
    ...(monitoring.kind === "prometheus" && { TEAL_PROMETHEUS_URL: prometheusUrl }),
    ...(controlPlane.allowedCidrs.length > 0 && { TEAL_PUBLIC_URL: `https://${apiHost(domain.name)}` }),
    ...(plan.backupBucket !== undefined && { TEAL_BACKUP_BUCKET: plan.backupBucket }),
    ...(controlPlane.tenantData && { TEAL_PLATFORM: controlPlane.tenantData.platform }),
    ...(controlPlane.tenantData?.copyKey !== undefined && { TEAL_BACKUP_COPY_KEY: controlPlane.tenantData.copyKey }),
    PULUMI_BACKEND_URL: backendUrl,
    TEAL_DYNAMODB_TABLE: deploymentTable,
    // What is beyond Teal's own settings: where the Pulumi CLI keeps its files, and the SDKs of AWS look.
    PULUMI_HOME: `${dataDirectory}/pulumi`,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    HOME: dataDirectory,
    AWS_REGION: region,
  };
}

function byGateway<Text>({ config, loadBalancer }: SettingsPlan<Text>): Record<string, string | Text> {
  return {
    TEAL_GATEWAY: `${gateway.namespace}/${gateway.name}`,
    TEAL_GATEWAY_URL: `http://${gatewayService.name}.${gateway.namespace}:${gatewayService.port}`,
    ...(installs(config, "gateway") && { TEAL_GATEWAY_METRICS: figuresUrl }),
    ...certificateSettings(config, loadBalancer.listeners),
  };
}

function byLoadBalancer<Text>({ config, loadBalancer }: SettingsPlan<Text>): Record<string, string | Text> {
  const room = roomForTenants(config);
  return {
    TEAL_ROUTING: "alb-ingress",
    TEAL_GATEWAY_URL: loadBalancer.url,
    TEAL_ALB_LISTENER: loadBalancer.listener,
    TEAL_ALB_CIDRS: publicRanges(config).join(","),
    TEAL_ALB_TARGET_GROUPS: String(room.targetGroups),
    TEAL_ALB_RULES: String(room.rules),
    TEAL_INGRESS_CLASS: ingressClasses.tenants.name,
  };
}

/**
 * The cluster as Teal's pods reach it. A token comes by a command, since that is the one way that both Teal's client and the
 * Pulumi CLI's provider take a token that changes every hour.
 */
export function kubeconfig() {
  const name = "in-cluster";
  const exec = {
    apiVersion: "client.authentication.k8s.io/v1",
    command: "node",
    args: ["/app/start/clusterToken.ts"],
    interactiveMode: "Never",
  };
  return {
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      {
        name,
        cluster: {
          server: "https://kubernetes.default.svc",
          "certificate-authority": "/var/run/secrets/kubernetes.io/serviceaccount/ca.crt",
        },
      },
    ],
    users: [{ name: "teal", user: { exec } }],
    contexts: [{ name, context: { cluster: name, user: "teal", namespace: "default" } }],
    "current-context": name,
  };
}
