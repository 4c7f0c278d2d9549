import { TealError } from "../../model/errors.ts";
import type { StackConfig } from "../config.ts";
import { stackNameOf } from "../plan/names.ts";
import { dataSpec, type DataSpec } from "./spec.ts";

/** Project of the stacks that hold tenants' data, and so the namespace of their config. */
export const dataProject = "tenant-data";

/** What other stacks refer to a tenant's data stack by; stacks of file and S3 backends are all of `organization`. */
export function dataStackReference(owner: { environment: string; id: string }): string {
  return `organization/${dataProject}/${stackNameOf(owner)}`;
}

const texts = ["environment", "id"] as const;
const structured = ["platform", "database", "bucket", "protect"] as const;

/** `spec` as stack config, one key per concern. The parameters are secret. */
export function toDataConfig(spec: DataSpec): StackConfig {
  const config: StackConfig = {};
  for (const key of texts) config[`${dataProject}:${key}`] = { value: spec[key] };
  for (const key of structured) {
    const value = spec[key];
    // A stack's name stands as plain text.
    config[`${dataProject}:${key}`] =
      typeof value === "string" ? { value } : { value: JSON.stringify(value), structured: true };
  }
  if (spec.leaving) config[`${dataProject}:leaving`] = { value: spec.leaving };
  config[`${dataProject}:parameters`] = { value: JSON.stringify(spec.parameters), secret: true };
  return config;
}

/**
 * The spec in stack config, read by `get` (key without the project).
 * Throws TealError `stack_config_invalid` that names each key and what is wrong with it, never its value.
 */
export function fromDataConfig(get: (key: string) => string | undefined): DataSpec {
  const problems: string[] = [];
  const json = (key: string): unknown => {
    const text = get(key);
    if (text === undefined) return undefined;
    if (key === "platform" && !text.trimStart().startsWith("{")) return text;
    try {
      return JSON.parse(text) as unknown;
    } catch {
      problems.push(`${dataProject}:${key}: expected JSON`);
      return undefined;
    }
  };
  const read = {
    ...Object.fromEntries(texts.map((key) => [key, get(key)])),
    ...Object.fromEntries(structured.map((key) => [key, json(key)])),
    parameters: json("parameters") ?? {},
    ...(get("leaving") !== undefined && { leaving: get("leaving") }),
  };
  const parsed = dataSpec.safeParse(read);
  if (parsed.success && problems.length === 0) return parsed.data;
  const issues = parsed.error?.issues.map(({ path, message }) => `${dataProject}:${path.join(".")}: ${message}`) ?? [];
  throw new TealError("stack_config_invalid", `Stack config: ${[...problems, ...issues].join("; ")}.`, {
    data: { problems: [...problems, ...issues] },
  });
}
