import { z } from "zod";

/** How a value must be: exactly one of these. */
const expectation = {
  matches: z
    .string()
    .min(1)
    .max(500)
    .refine(isPattern, { error: "Expected a regular expression (of JavaScript, with flag u)." })
    .optional()
    .meta({ description: "Regular expression that the text must match somewhere", example: "^2\\." }),
  exists: z.boolean().optional().meta({ description: "Whether it must be there, or must not" }),
};

const header = z
  .strictObject({
    name: z
      .string()
      .max(100)
      .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, { error: "Expected the name of a header." }),
    equals: z.string().max(1000).optional(),
    ...expectation,
  })
  .refine(hasOne, { error: "Expected one of equals, matches and exists." });
export type HeaderAssertion = z.infer<typeof header>;

const json = z
  .strictObject({
    path: z
      .string()
      .max(500)
      .regex(/^(\/([^~/]|~[01])*)*$/, { error: "Expected a JSON pointer such as /version or /items/0/name." })
      .meta({ description: "JSON pointer (RFC 6901) into the answer; empty: all of it", example: "/version" }),
    equals: z.union([z.string().max(1000), z.number(), z.boolean(), z.null()]).optional(),
    ...expectation,
  })
  .refine(hasOne, { error: "Expected one of equals, matches and exists." });
export type JsonAssertion = z.infer<typeof json>;

export const check = z
  .strictObject({
    path: z.string().startsWith("/").max(1000),
    method: z.enum(["GET", "HEAD"]).default("GET"),
    status: z.int().min(100).max(599).default(200).meta({ description: "The status that must come back" }),
    timeoutSeconds: z.number().positive().max(60).default(5),
    maxMilliseconds: z
      .int()
      .min(1)
      .max(60_000)
      .optional()
      .meta({ description: "How long an answer may take, from request to its last byte" }),
    headers: z.array(header).max(20).optional().meta({ description: "What its headers must be" }),
    json: z.array(json).max(20).optional().meta({ description: "What must be in its body, which is then JSON" }),
  })
  .refine(({ method, json }) => method === "GET" || json === undefined || json.length === 0, {
    path: ["json"],
    error: "Expected method GET: an answer to HEAD has no body.",
  })
  .meta({ id: "Check", description: "A request that the new color must answer before it gets traffic" });
export type Check = z.infer<typeof check>;

function hasOne({ equals, matches, exists }: { equals?: unknown; matches?: unknown; exists?: unknown }): boolean {
  return [equals, matches, exists].filter((one) => one !== undefined).length === 1;
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text, "u");
    return true;
  } catch {
    return false;
  }
}
