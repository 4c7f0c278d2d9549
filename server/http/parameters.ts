import { z } from "zod";

/** A whole number in a query, as text there. */
export function wholeNumber(range: { min: number; max: number; description: string }) {
  const { min, max, description } = range;
  const expected = `Expected a whole number from ${min} to ${max}.`;
  return z
    .string()
    .regex(/^\d{1,15}$/, { error: expected })
    .transform(Number)
    .refine((n) => n >= min && n <= max, { error: expected })
    .meta({ description, override: { type: "integer", minimum: min, maximum: max, pattern: undefined } });
}

const limit = wholeNumber({ min: 1, max: 200, description: "How many to answer with; 50 if not given" });
const cursor = z
  .string()
  .regex(/^[\x21-\x7e]{1,500}$/, { error: "Expected the `next` of an earlier answer." })
  .meta({ description: "The `next` of the page before" });

/** Query of every list. */
export const pageQuery = z.strictObject({ limit: limit.optional(), cursor: cursor.optional() });
export const defaultLimit = 50;

export const reason = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .meta({ description: "Why, as the ledger will tell it", example: "customer asked for it" });

export const plan = z
  .string()
  .regex(/^[0-9a-f]{16}$/, { error: "Expected the plan as it was read: 16 hex digits." })
  .meta({ description: "Stands for what was shown, and is decided on", example: "0123456789abcdef" });

/** Body of what needs a reason, and nothing else. */
export const reasonBody = z.strictObject({ reason }).meta({ id: "Reason" });

/** Some of `values` in a query, separated by commas. */
export function listOf<const T extends readonly [string, ...string[]]>(values: T, description: string) {
  const expected = `Expected one or more of ${values.join(", ")}, separated by commas.`;
  return z
    .string()
    .max(1000)
    .transform((text) => text.split(","))
    .pipe(z.array(z.enum(values), { error: expected }).max(values.length))
    .meta({ override: { type: "array", items: { type: "string", enum: [...values] }, maxLength: undefined } })
    .optional()
    .meta({ description, param: { style: "form", explode: false } });
}

/** A moment in a query. */
export function moment(description: string) {
  return z.iso
    .datetime({ offset: true, error: "Expected a time such as 2026-12-24T12:00:00Z." })
    .transform((text) => new Date(text))
    .meta({ description, override: { type: "string", format: "date-time" } });
}

/** Yes or no in a query. */
export function flag(description: string) {
  return z
    .enum(["true", "false"])
    .transform((text) => text === "true")
    .meta({ description, override: { type: "boolean", enum: undefined } });
}
