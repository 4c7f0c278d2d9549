import { z } from "zod";
import { colors } from "./color.ts";

/** Figures that a gateway counts by itself. Rates are shares from 0 to 1, `p95` and `p99` seconds. */
export const gatewayMetrics = ["success-rate", "error-rate", "p95", "p99"] as const;
export type GatewayMetric = (typeof gatewayMetrics)[number];

/** The highest bound of a gateway's buckets, seconds: what took longer is only known to have taken longer. */
export const longestBound = 60;

/** Name of the check that every policy has: that of its `maxErrorRate`. */
export const errorsCheck = "errors";

const limits = {
  max: z.number().optional().meta({ description: "The new color's figure may be at most this" }),
  min: z.number().optional().meta({ description: "The new color's figure must be at least this" }),
  maxRatio: z
    .number()
    .positive()
    .max(1000)
    .optional()
    .meta({ description: "The new color's figure may be at most so many times the old one's" }),
};

const promql = z.string().trim().min(1).max(2000).meta({
  description:
    "Gives one number. `{{namespace}}`, `{{color}}` and `{{seconds}}` (since the step began) are filled in, for each color",
  example: 'sum(rate(orders_failed_total{namespace="{{namespace}}",color="{{color}}"}[{{seconds}}s]))',
});

const fields = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?$/, {
      error: "Expected lower-case letters, digits and hyphens, at most 40 characters.",
    })
    .meta({ description: "Its name in events and outcomes", example: "slow-answers" }),
  metric: z.union([z.enum(gatewayMetrics), z.strictObject({ promql })]).meta({
    description: "A figure of the gateway (rates are shares from 0 to 1, p95 and p99 seconds), or a query",
  }),
  ...limits,
  minRequests: z.int().min(1).max(1_000_000).optional().meta({
    description: "Below so many requests the figure says nothing; else the policy's, and at least 100 for p99",
  }),
});

/** What a step's figures must be like for the next one. */
export const analysisCheck = fields
  .refine((check) => check.name !== errorsCheck, {
    path: ["name"],
    error: `Expected another name: "${errorsCheck}" is the check of maxErrorRate.`,
  })
  .refine(({ max, min, maxRatio }) => max !== undefined || min !== undefined || maxRatio !== undefined, {
    error: "Expected max, min or maxRatio: without a limit nothing is checked.",
  })
  .refine((check) => check.metric !== "success-rate" || onlyShare(check.min, check.max, check.maxRatio), {
    error: "Expected only a min, from 0 to 1, for success-rate. To compare the colors take error-rate.",
  })
  .refine((check) => check.metric !== "error-rate" || onlyShare(check.max, check.min), {
    error: "Expected a max from 0 to 1, a maxRatio, or both, for error-rate.",
  })
  .refine(({ metric, max, min }) => (metric !== "p95" && metric !== "p99") || onlySeconds(max, min), {
    error: `Expected a max of at most ${longestBound} seconds, a maxRatio, or both, for p95 and p99.`,
  })
  .meta({
    id: "AnalysisCheck",
    description: "Bad where the figure breaks its limit; with a limit and a ratio, only where it breaks both",
  });
export type AnalysisCheck = z.infer<typeof fields>;

/** Whether its figure is asked of Prometheus. */
export function isQuery({ metric }: AnalysisCheck): boolean {
  return typeof metric !== "string";
}

export const analysisChecks = z
  .array(analysisCheck)
  .max(20)
  .refine((checks) => new Set(checks.map(({ name }) => name)).size === checks.length, {
    error: "Expected each name once.",
  });

function onlyShare(limit: number | undefined, ...others: (number | undefined)[]): boolean {
  const isShare = limit === undefined || (limit >= 0 && limit <= 1);
  return isShare && others.every((other) => other === undefined);
}

function onlySeconds(max: number | undefined, min: number | undefined): boolean {
  return min === undefined && (max === undefined || (max >= 0 && max <= longestBound));
}

const side = z.object({
  color: z.enum(colors),
  value: z.number().nullable().meta({ description: "Null: nothing was measured" }),
  requests: z.int().nullable().meta({ description: "Requests in the step so far; null: the gateway doesn't say" }),
});

/** One figure of a step, beside its limits. */
export const figureSchema = z
  .object({
    check: z.string().meta({ description: "The check's name", example: errorsCheck }),
    metric: z.enum([...gatewayMetrics, "promql"]),
    new: side,
    old: side,
    limit: z.object(limits),
    minRequests: z.int(),
    verdict: z.enum(["good", "bad", "too-few"]),
  })
  .meta({ id: "Figure" });
export type Figure = z.infer<typeof figureSchema>;
