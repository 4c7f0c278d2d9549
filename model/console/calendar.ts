import { z } from "zod";
import { environmentName } from "../environment.ts";
import { gates } from "../layout.ts";
import { tenantId } from "../tenant.ts";

const time = z.iso.datetime();

/** The longest calendar, days, and the most that one holds of each kind of item. */
export const calendarLimits = { days: 62, items: 500, tenants: 20 } as const;

const span = { from: time, to: time };
const ofOperation = { at: time, operation: z.uuid(), tenant: tenantId };

export const calendarItem = z
  .discriminatedUnion("what", [
    z.object({
      what: z.literal("window"),
      ...span,
      timeZone: z.string(),
      tenants: z.int().meta({ description: "Tenants of this time zone and these windows" }),
    }),
    z.object({
      what: z.literal("freeze"),
      ...span,
      id: z.uuid(),
      reason: z.string(),
      by: z.string(),
    }),
    z.object({ what: z.literal("approval"), ...ofOperation, gate: z.enum(gates) }).meta({
      description: "Without an answer by `at` it goes back",
    }),
    z.object({ what: z.literal("hold"), ...ofOperation }).meta({ description: "The old slot is settled at `at`" }),
    z.object({ what: z.literal("removal"), ...ofOperation }).meta({
      description: "The grace of a tenant is over at `at`: it is exported and removed",
    }),
    z
      .object({
        what: z.literal("due"),
        at: time,
        operations: z.int(),
        tenants: z.array(tenantId).meta({ description: "The first of them" }),
        code: z.enum(["outside_window", "frozen"]),
      })
      .meta({ description: "Operations that wait for a window or the end of a freeze, and begin at `at`" }),
  ])
  .meta({ id: "CalendarItem" });
export type CalendarItem = z.infer<typeof calendarItem>;

export const calendarView = z
  .object({
    environment: environmentName,
    from: time,
    to: time,
    items: z.array(calendarItem).meta({ description: "By when they begin" }),
    more: z.boolean().meta({ description: "There is more than could be answered with; ask for a shorter time" }),
    always: z.int().meta({ description: "Tenants without maintenance windows" }),
  })
  .meta({ id: "Calendar" });
export type CalendarView = z.infer<typeof calendarView>;
