import { z } from "zod";

const pageUrl = z
  .string()
  .max(1000)
  .refine((text) => isPage(text), {
    error: "Expected an http or https URL without user and password in it.",
  });

/** Where a release comes from, as whoever registers it says: Teal shows it, and checks none of it. */
export const provenance = z
  .strictObject({
    commit: z
      .string()
      .regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/, {
        error: "Expected a whole commit id: 40 or 64 hex digits in lower case.",
      })
      .meta({ description: "What it was built from", example: "8f3c1d2e4b5a69788796a5b4c3d2e1f00112233a" }),
    pipeline: pageUrl.meta({
      description: "The run that built it",
      example: "https://github.com/example/shop/actions/runs/1234",
    }),
    repository: z
      .string()
      .regex(/^[\x21-\x7e]{1,500}$/, { error: "Expected 1 to 500 printable ASCII characters without spaces." })
      .refine((text) => !/^[a-z+.-]+:\/\/[^/@]*:[^/@]*@/i.test(text), {
        error: "Expected a repository without a password.",
      })
      .optional()
      .meta({ description: "Where the commit is", example: "https://github.com/example/shop" }),
    ref: z.string().min(1).max(250).optional().meta({ description: "Branch or tag", example: "refs/heads/main" }),
    builder: z.string().min(1).max(200).optional().meta({ description: "What built it", example: "github-actions" }),
    builtAt: z.iso
      .datetime({ offset: true, error: "Expected a time such as 2026-01-01T12:00:00Z." })
      .optional()
      .meta({ description: "When it was built" }),
  })
  .meta({ id: "Provenance", description: "Which commit and pipeline it comes from" });
export type Provenance = z.infer<typeof provenance>;

function isPage(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && ["http:", "https:"].includes(url.protocol) && url.username === "" && url.password === "";
}
