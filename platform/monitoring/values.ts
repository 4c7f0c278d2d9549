import type { PlatformConfig } from "../config/schema.ts";
import { tellsTeal } from "../parts.ts";
import { alertsSecret, tealReceivers, tealRoute, watchdogRoute } from "./teal.ts";

export const storageClass = "teal-gp3";

interface Told<Text> {
  config: PlatformConfig;
  /** ARN of the SNS topic, and what the service account of Alertmanager needs. */
  topic: Text;
  annotations: Record<string, Text>;
}

/** Values of kube-prometheus-stack: everything in the cluster is scraped and evaluated, alerts go to SNS, no port is opened. */
export function prometheusValues<Text>({ config, topic, annotations }: Told<Text>) {
  const { retentionDays, storageGiB } = config.monitoring;
  return {
    prometheus: {
      prometheusSpec: {
        replicas: 2,
        retention: `${retentionDays}d`,
        // The volume's, less what the log of the last hours takes.
        retentionSize: `${Math.floor(storageGiB * 0.85)}GiB`,
        storageSpec: { volumeClaimTemplate: { spec: volume(storageGiB) } },
        ruleSelectorNilUsesHelmValues: false,
        serviceMonitorSelectorNilUsesHelmValues: false,
        podMonitorSelectorNilUsesHelmValues: false,
      },
    },
    alertmanager: {
      config: alerting(config, topic),
      serviceAccount: { create: true, name: alertmanagerAccount, annotations },
      alertmanagerSpec: {
        replicas: 3,
        storage: { volumeClaimTemplate: { spec: volume(2) } },
        ...(tellsTeal(config) && { secrets: [alertsSecret.name] }),
      },
    },
    grafana: {
      // The chart's own is known to everybody; this one is made anew with each release, and kept in the cluster's Secret.
      adminPassword: null,
      sidecar: { dashboards: { enabled: true, searchNamespace: "ALL" }, datasources: { uid: "prometheus" } },
      service: { type: "ClusterIP" },
    },
  };
}
export const alertmanagerAccount = "alertmanager";

function volume(gibibytes: number) {
  return {
    storageClassName: storageClass,
    accessModes: ["ReadWriteOnce"],
    resources: { requests: { storage: `${gibibytes}Gi` } },
  };
}

/** Whom Alertmanager tells: people, through SNS, and Teal, which says so where the watchdog, which always fires, falls silent. */
export function alerting<Text>(config: PlatformConfig, topic: Text) {
  const { region } = config;
  const teal = tellsTeal(config);
  return {
    route: {
      receiver: "people",
      group_by: ["alertname", "namespace"],
      group_wait: "30s",
      group_interval: "5m",
      repeat_interval: "4h",
      routes: [
        ...(teal ? [watchdogRoute] : []),
        // The watchdog, and what only holds others back, say nothing to people.
        { receiver: "nobody", matchers: ['alertname =~ "Watchdog|InfoInhibitor"'] },
        // Where a route of ours goes on, the one above it is not taken by itself.
        ...(teal ? [tealRoute, { receiver: "people" }] : []),
      ],
    },
    // Who pages needs no ticket for the same.
    inhibit_rules: [
      { source_matchers: ['severity = "page"'], target_matchers: ['severity = "ticket"'], equal: ["namespace"] },
    ],
    receivers: [
      { name: "nobody" },
      ...(teal ? tealReceivers : []),
      {
        name: "people",
        sns_configs: [
          {
            topic_arn: topic,
            sigv4: { region },
            send_resolved: true,
            subject: "{{ .Status | toUpper }} {{ .CommonLabels.severity }}: {{ .CommonLabels.alertname }}",
          },
        ],
      },
    ],
  };
}
