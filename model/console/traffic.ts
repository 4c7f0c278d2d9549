import { z } from "zod";
import { environmentName } from "../environment.ts";
import { tenantId } from "../tenant.ts";

const time = z.iso.datetime();

/** So far back samples of the gateway are kept, minutes; Prometheus may be asked for a day. */
export const keptMinutes = 30;
export const mostMinutes = 24 * 60;

export const trafficPoint = z
  .object({
    at: time.meta({ description: "End of the interval that it is of" }),
    requestsPerSecond: z.number(),
    errorShare: z.number().nullable().meta({ description: "Share of answers 5xx, 0 to 1; null: no requests" }),
    p50: z.number().nullable().meta({ description: "Seconds; null: not known" }),
    p95: z.number().nullable().meta({ description: "Seconds; null: not known" }),
  })
  .meta({ id: "TrafficPoint" });
export type TrafficPoint = z.infer<typeof trafficPoint>;

export const trafficView = z
  .object({
    environment: environmentName,
    tenant: tenantId,
    source: z.enum(["prometheus", "gateway", "none"]).meta({
      description: "Prometheus; samples of the gateway's own figures that this server has taken; or nothing to ask",
    }),
    from: time,
    to: time,
    stepSeconds: z.int(),
    since: time
      .nullable()
      .meta({ description: "Figures begin here, later than asked for, as this server does; null: no earlier" }),
    problem: z.string().optional().meta({ description: "Why there are none now" }),
    series: z.object({ blue: z.array(trafficPoint), green: z.array(trafficPoint) }),
  })
  .meta({ id: "Traffic" });
export type TrafficView = z.infer<typeof trafficView>;
