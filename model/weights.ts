import { z } from "zod";
import type { Color } from "./color.ts";

const percent = z.int().min(0).max(100);

/** Percent of traffic per color; always sums to 100. */
export const weightsSchema = z
  .strictObject({ blue: percent, green: percent })
  .refine((w) => w.blue + w.green === 100, { error: "Expected weights that sum to 100." })
  .meta({ id: "Weights", description: "Percent of traffic per color; always sums to 100." });

export type Weights = z.infer<typeof weightsSchema>;

/** Weights that give `share` percent (a whole number from 0 to 100) to `color` and the rest to the other. */
export function weightsGiving(color: Color, share: number): Weights {
  const rest = 100 - share;
  return weightsSchema.parse(color === "blue" ? { blue: share, green: rest } : { blue: rest, green: share });
}
