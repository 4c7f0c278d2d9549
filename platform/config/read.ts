import type { z } from "zod";
import { TealError } from "../../model/errors.ts";
import { contradictions } from "./contradictions.ts";
import { schema, type PlatformConfig } from "./schema.ts";

/** Project of the platform stack, and so the namespace of its config. */
export const project = "platform";

/** Keys that are text as they stand; all others are YAML mappings, lists and values, which Pulumi hands over as JSON. */
const texts = ["environment", "account"];

/**
 * What the stack's config says, by full key (`platform:network`, `aws:region`), checked as a whole before anything is made.
 * Throws TealError `platform_config_invalid`, whose message has a line for every problem, each with the key that it is about.
 */
export function readConfig(all: Readonly<Record<string, string>>): PlatformConfig {
  const problems: string[] = [];
  const region = all["aws:region"] ?? "";
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) problems.push("aws:region: expected a region such as eu-central-1");
  const given: Record<string, unknown> = {};
  for (const [full, value] of Object.entries(all)) {
    if (!full.startsWith(`${project}:`)) continue;
    const key = full.slice(project.length + 1);
    const read = texts.includes(key) ? value : json(value);
    if (!Object.hasOwn(schema.shape, key)) problems.push(`${full}: expected no such key`);
    else if (read === undefined) problems.push(`${full}: expected a YAML mapping, list or value`);
    else given[key] = read;
  }
  const parsed = schema.safeParse(given);
  if (!parsed.success) problems.push(...parsed.error.issues.flatMap(describe));
  else problems.push(...contradictions(parsed.data, region).map((problem) => `${project}:${problem}`));
  if (problems.length > 0 || !parsed.success) throw invalid(problems);
  return { ...parsed.data, environments: parsed.data.environments ?? [parsed.data.environment], region };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function describe(issue: z.core.$ZodIssue): string[] {
  const at = (path: PropertyKey[]) => `${project}:${path.map(String).join(".")}`;
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => `${at([...issue.path, key])}: expected no such key`);
  }
  if (issue.code === "invalid_type" && issue.input === undefined)
    return [`${at(issue.path)}: expected a value, got none`];
  return [`${at(issue.path)}: ${issue.message}`];
}

function invalid(problems: string[]): TealError {
  const message = `The stack's config is not as expected; nothing was made.\n${problems.map((p) => `  ${p}`).join("\n")}`;
  return new TealError("platform_config_invalid", message, { data: { problems } });
}
