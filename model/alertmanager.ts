import { z } from "zod";

const texts = z.record(z.string(), z.string());
const time = z.iso.datetime({ offset: true, error: "Expected a time such as 2026-01-01T12:00:00Z." });

/** Alerts of one call, at most; Alertmanager's `max_alerts` is to be no more. */
export const mostAlerts = 500;

const alert = z.looseObject({
  status: z.enum(["firing", "resolved"]),
  labels: texts,
  annotations: texts.default({}),
  startsAt: time,
  endsAt: time.optional().meta({ description: "Year 1 where Alertmanager doesn't know" }),
  generatorURL: z.string().optional(),
  fingerprint: z
    .string()
    .regex(/^[\x21-\x7e]{1,100}$/, { error: "Expected 1 to 100 printable ASCII characters without spaces." })
    .meta({ description: "Of its labels", example: "6ffa21b6b5c2d3e4" }),
});
export type AlertmanagerAlert = z.infer<typeof alert>;

/**
 * What Alertmanager's `webhook_configs` send: https://prometheus.io/docs/alerting/latest/configuration/#webhook_config.
 * What newer ones say besides is of no concern here.
 */
export const alertmanagerCall = z
  .looseObject({
    version: z.literal("4", { error: 'Expected version "4" of Alertmanager\'s webhook.' }),
    groupKey: z.string().max(10_000).optional(),
    status: z.enum(["firing", "resolved"]),
    truncatedAlerts: z.int().min(0).default(0).meta({ description: "How many were left out for `max_alerts`" }),
    alerts: z.array(alert).max(mostAlerts),
  })
  .meta({
    id: "AlertmanagerCall",
    example: {
      version: "4",
      groupKey: '{}:{alertname="TenantFails", namespace="production-acme"}',
      status: "firing",
      truncatedAlerts: 0,
      alerts: [
        {
          status: "firing",
          labels: { alertname: "TenantFails", severity: "page", namespace: "production-acme", color: "green" },
          annotations: { summary: "production-acme answers with errors" },
          startsAt: "2026-01-01T12:00:00.000Z",
          endsAt: "0001-01-01T00:00:00Z",
          generatorURL: "https://prometheus.example.com/graph?g0.expr=…",
          fingerprint: "6ffa21b6b5c2d3e4",
        },
      ],
    },
  });
export type AlertmanagerCall = z.infer<typeof alertmanagerCall>;
