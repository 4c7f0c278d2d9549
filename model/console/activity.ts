import { z } from "zod";
import { eventView } from "../views.ts";

export const activityItem = eventView
  .extend({
    actor: z.string().nullable().meta({ description: "Who caused it; null: nobody did, it came about" }),
    reason: z.string().nullable().meta({ description: "Why, where somebody said so" }),
  })
  .meta({ id: "ActivityItem" });
export type ActivityItem = z.infer<typeof activityItem>;
