import { z } from "zod";
import { phases } from "../operation.ts";

const time = z.iso.datetime();

/** What is kept: the last bytes of a stack operation's text, the last stack operations of an operation, days. */
export const outputLimits = { bytes: 65_536, runs: 20, days: 30 } as const;

export const outputRun = z
  .object({
    phase: z.enum(phases).meta({ description: "Phase of the operation in which it ran" }),
    task: z.enum(["up", "preview", "destroy"]),
    failed: z.boolean(),
    startedAt: time,
    endedAt: time,
    text: z.string().meta({ description: "What Pulumi printed, secrets masked" }),
    truncated: z.boolean().meta({ description: "Its beginning is left out" }),
  })
  .meta({ id: "OutputRun" });
export type OutputRun = z.infer<typeof outputRun>;

export const outputView = z
  .object({ operation: z.uuid(), items: z.array(outputRun).meta({ description: "The last ones, oldest first" }) })
  .meta({ id: "Output", description: "What Pulumi printed for an operation; kept for 30 days" });
export type OutputView = z.infer<typeof outputView>;
