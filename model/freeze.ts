import { z } from "zod";

const time = z.iso.datetime({ offset: true, error: "Expected a time such as 2026-12-24T12:00:00Z." });
const reason = z.string().trim().min(1).max(500);

export const newFreeze = z
  .strictObject({
    from: time.optional().meta({ description: "When it begins; now, if left out" }),
    to: time.meta({ description: "When it is over", example: "2026-12-27T06:00:00Z" }),
    reason: reason.meta({ description: "Why, as everybody who is held up will read it", example: "Christmas trade" }),
  })
  .meta({ id: "NewFreeze" });
export type NewFreeze = z.infer<typeof newFreeze>;

/** A time in which no rollout begins. */
export interface Freeze {
  id: string;
  from: Date;
  to: Date;
  reason: string;
  by: string;
}
