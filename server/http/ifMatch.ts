import { z } from "zod";
import { TealError } from "../../model/errors.ts";
import { invalidField } from "./fields.ts";

/** Headers of a route that changes what was read before. */
export const ifMatchHeaders = z.object({
  "if-match": z.string().max(100).optional().meta({ example: '"1"' }),
});

/**
 * The number in an If-Match. Neither a list nor "*" is taken: whoever changes something says which state of it they saw.
 * Throws `if_match_required`, `invalid_input`.
 */
export function versionSeen(ifMatch: string | undefined, what: string): number {
  const expected = `${what}'s ETag, such as "1" (with its quotes)`;
  if (ifMatch === undefined) throw new TealError("if_match_required", `Expected the header If-Match with ${expected}.`);
  const version = /^"(\d{1,15})"$/.exec(ifMatch.trim())?.[1];
  if (version !== undefined) return Number(version);
  const received = JSON.stringify(ifMatch.slice(0, 60));
  const message = `Expected ${expected}; got ${received}.`;
  throw invalidField({ in: "header", name: "if-match", expected, received, message });
}
