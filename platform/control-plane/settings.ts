import type { PlatformConfig } from "../config/schema.ts";
import { apiHost, gateway, gatewayService, namespaces } from "../names.ts";
import { dataDirectory, port, type Part } from "./names.ts";

export interface SettingsPlan<Text> {
  config: PlatformConfig;
  part: Part;
  /** Where stacks' state is. */
  backendUrl: Text;
}

/** Prometheus, as kube-prometheus-stack names its Service. */
export const prometheusUrl = `http://kube-prometheus-stack-prometheus.${namespaces.monitoring}:9090`;

/** Teal's settings by name, as docs/settings.md has them; those in confidence come from the Secret. */
export function settings<Text>({ config, part, backendUrl }: SettingsPlan<Text>): Record<string, string | Text> {
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
    KUBECONFIG: "/etc/teal/kubeconfig/config",
    TEAL_GATEWAY: `${gateway.namespace}/${gateway.name}`,
    TEAL_GATEWAY_URL: `http://${gatewayService.name}.${gateway.namespace}:${gatewayService.port}`,
    ...(monitoring.kind === "prometheus" && { TEAL_PROMETHEUS_URL: prometheusUrl }),
    ...(controlPlane.allowedCidrs.length > 0 && { TEAL_PUBLIC_URL: `https://${apiHost(domain.name)}` }),
    ...(controlPlane.tenantData && { TEAL_PLATFORM: controlPlane.tenantData.platform }),
    PULUMI_BACKEND_URL: backendUrl,
    // What is beyond Teal's own settings: where the Pulumi CLI keeps its files, and the SDKs of AWS look.
    PULUMI_HOME: `${dataDirectory}/pulumi`,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    HOME: dataDirectory,
    AWS_REGION: region,
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
