import { z } from "zod";
import { environmentName } from "./environment.ts";
import { tenantId } from "./tenant.ts";

export const drillStates = ["waiting", "running", "passed", "failed"] as const;
export type DrillState = (typeof drillStates)[number];

const time = z.iso.datetime().meta({ description: "UTC, ISO 8601" });

export const drillView = z
  .object({
    id: z.uuid(),
    environment: environmentName,
    tenant: tenantId,
    backup: z.uuid().meta({ description: "The backup that was restored" }),
    state: z.enum(drillStates),
    by: z.string().meta({ description: "`schedule` where the policy's `drillDays` asked for it" }),
    reason: z.string(),
    askedAt: time,
    beganAt: time.optional(),
    endedAt: time.optional(),
    restoredTo: time.optional().meta({ description: "The moment up to which all that was written came back" }),
    newestWriteAt: time
      .optional()
      .meta({ description: "The newest write that came back; absent: there never was one" }),
    rpoSeconds: z
      .number()
      .optional()
      .meta({ description: "Seconds of writes that would have been lost; 0 where nothing was written since" }),
    rtoSeconds: z.number().optional().meta({ description: "Seconds that restoring and checking took" }),
    bytes: z.int().optional(),
    files: z.int().optional(),
    code: z.string().optional().meta({ description: "Why it failed" }),
    message: z.string().optional(),
  })
  .meta({ id: "Drill", description: "A backup restored into a scratch place, checked, measured, and removed" });
export type DrillView = z.infer<typeof drillView>;

export const drillReport = z
  .object({
    tenant: tenantId,
    everyDays: z.int().meta({ description: "As the environment's policy says; 0: only when asked for" }),
    last: drillView.optional().meta({ description: "The newest that ended" }),
    lastPassed: drillView.optional().meta({ description: "The newest that passed: its RPO and RTO are what holds" }),
    unfinished: drillView.optional(),
    overdueSince: time.optional().meta({ description: "Since when one should have passed and none has" }),
  })
  .meta({ id: "DrillReport", description: "What restore drills say of one tenant" });
export type DrillReport = z.infer<typeof drillReport>;

/** Days that a drill may be late before it is overdue: workers may be down, and failures are tried again. */
export const graceDays = 1;

/**
 * Seconds of writes lost if the data were gone at `now` and what a drill restored were all there is: from the moment it
 * goes back to. None where nothing was written since.
 */
export function rpoSeconds(now: Date, restoredTo: string, lastWriteAt: string | null): number {
  const since = Date.parse(restoredTo);
  if (lastWriteAt === null || Date.parse(lastWriteAt) <= since) return 0;
  return Math.max(0, (now.getTime() - since) / 1000);
}
