import { z } from "zod";
import { colors } from "./color.ts";
import { environmentName } from "./environment.ts";
import { tenantId } from "./tenant.ts";

/** `critical`: somebody is to look now; `warning`: today; `info`: nobody need. */
export const severities = ["critical", "warning", "info"] as const;
export type Severity = (typeof severities)[number];

export const alertStates = ["firing", "resolved", "lapsed"] as const;

/** What an alert is kept with, and for how long. */
export const alertLimits = {
  /** Alerts that fire at once; more are refused and told in the log. */
  firing: 2000,
  /** Those that are over are kept for so many days, and no more than so many. */
  days: 30,
  over: 20_000,
  /** An alert that nobody has renewed for so long is taken as over, minutes: Alertmanager is to repeat it sooner. */
  renewMinutes: 60,
  summary: 500,
  description: 2000,
  labels: 40,
  label: 300,
} as const;

const time = z.iso.datetime();
const link = z.string().meta({ description: "An http or https URL" });

export const alertView = z
  .object({
    id: z.uuid(),
    name: z.string().meta({ example: "TenantFails" }),
    severity: z.enum(severities),
    state: z.enum(alertStates).meta({ description: "`lapsed`: Alertmanager went silent about it" }),
    environment: environmentName.nullable().meta({ description: "Null: it is about the platform, or Teal itself" }),
    tenant: tenantId.nullable(),
    color: z.enum(colors).nullable().meta({ description: "The tenant's copy that it is about" }),
    summary: z.string(),
    description: z.string().nullable(),
    since: time,
    toldAt: time.meta({ description: "When Alertmanager last spoke of it" }),
    endedAt: time.nullable(),
    labels: z.record(z.string(), z.string()),
    runbook: link.nullable(),
    generator: link.nullable().meta({ description: "What raised it" }),
  })
  .meta({ id: "Alert" });
export type AlertView = z.infer<typeof alertView>;

export const alertsTaken = z
  .object({
    firing: z.int().meta({ description: "Of those that came, how many fire" }),
    ended: z.int().meta({ description: "Of those that came, how many are over" }),
    refused: z.int().meta({ description: `Not kept, since ${alertLimits.firing} fire already` }),
  })
  .meta({ id: "AlertsTaken" });
export type AlertsTaken = z.infer<typeof alertsTaken>;
