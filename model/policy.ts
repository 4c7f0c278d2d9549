import { z } from "zod";
import { gates, settlings } from "./layout.ts";
import { version } from "./release.ts";

const seconds = z.int().min(0).max(86_400);
const steps = z
  .array(z.int().min(1).max(100))
  .min(1)
  .max(20)
  .refine((s) => s.every((percent, i) => i === 0 || percent > s[i - 1]!), { error: "Expected rising percentages." })
  .refine((s) => s.at(-1) === 100, { error: "Expected 100 as the last step." });

export const newRollout = z
  .strictObject({
    release: version,
    steps: steps.optional().meta({ description: "Percent of traffic for the new release, rising to 100" }),
    bakeSeconds: seconds.optional().meta({ description: "How long each step is watched before the next" }),
    holdSeconds: seconds
      .optional()
      .meta({ description: "How long the old slot is kept as it was: rollback is one flip" }),
    settling: z
      .enum(settlings)
      .optional()
      .meta({ description: "The old slot afterwards: brought to the new release as a warm backup, kept, or removed" }),
    gates: z
      .array(z.enum(gates))
      .max(gates.length)
      .optional()
      .meta({ description: "Where it waits for an approval: before it gets any traffic, before it gets all of it" }),
    approvalSeconds: z
      .int()
      .min(1)
      .max(30 * 86_400)
      .optional()
      .meta({ description: "Until an approval that nobody gave is taken for a refusal; a day if not given" }),
    reason: z.string().trim().min(1).max(500).optional(),
  })
  .meta({ id: "NewRollout" });
export type NewRollout = z.infer<typeof newRollout>;

/** How rollouts go where nobody says otherwise. Times in seconds. */
export interface Policy {
  steps: number[];
  bakeSeconds: number;
  holdSeconds: number;
  settling: (typeof settlings)[number];
  /** Until all replicas of a new slot must be ready. */
  readySeconds: number;
  /** Share of failed answers (5xx), 0 to 1, that the new color may have at most; below `minRequests` it says nothing. */
  maxErrorRate: number;
  minRequests: number;
  /** How often each check must pass in a row before traffic moves. */
  checkRepeats: number;
}

const production: Policy = {
  steps: [10, 50, 100],
  bakeSeconds: 60,
  holdSeconds: 600,
  settling: "match",
  readySeconds: 300,
  maxErrorRate: 0.05,
  minRequests: 20,
  checkRepeats: 10,
};

/** Shows in seconds what otherwise takes minutes. */
const demo: Policy = { ...production, bakeSeconds: 5, holdSeconds: 5, readySeconds: 30 };

export const paces = ["production", "demo"] as const;
export type Pace = (typeof paces)[number];

export function defaultPolicy(pace: Pace): Policy {
  return pace === "demo" ? demo : production;
}
