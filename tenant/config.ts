import { z } from "zod";
import { TealError } from "../model/errors.ts";
import { tenantSpec, type TenantSpec } from "./spec.ts";

/** One value of stack config. `structured`: JSON that may as well be written as a YAML mapping or list. */
export interface StackConfigValue {
  value: string;
  secret?: boolean;
  structured?: boolean;
}
/** Stack config in the Automation API's form, by full key (`tenant:weights`). */
export type StackConfig = Record<string, StackConfigValue>;

/** Project of tenant stacks, and so the namespace of their config. */
export const project = "tenant";

/**
 * `spec` as stack config: one key per concern, so that a change of one reads as such in a diff of Pulumi.<stack>.yaml.
 * What is secret (the tenant's secrets, the preview token) is marked so. What is null or absent has no key.
 */
export function toStackConfig(spec: TenantSpec): StackConfig {
  const config: StackConfig = {};
  const text = (key: string, value: string) => (config[`${project}:${key}`] = { value });
  const json = (key: string, value: unknown) =>
    (config[`${project}:${key}`] = { value: JSON.stringify(value), structured: true });
  const secret = (key: string, value: string) => (config[`${project}:${key}`] = { value, secret: true });

  for (const key of ["environment", "id", "name", "tier", "live", "background"] as const) text(key, spec[key]);
  for (const key of ["hostnames", "weights", "gateway", "cluster"] as const) json(key, spec[key]);
  for (const color of ["blue", "green"] as const) {
    const slot = spec[color];
    if (!slot) continue;
    const { config: plain, flags, secrets, ...rest } = slot;
    json(color, rest);
    json(`${color}Config`, plain);
    json(`${color}Flags`, flags);
    secret(`${color}Secrets`, JSON.stringify(secrets));
  }
  for (const key of ["adopted", "replicas", "maintenance", "volume", "migration", "routing"] as const) {
    if (spec[key] !== undefined) json(key, spec[key]);
  }
  for (const key of ["suspended", "schema", "affinity", "data"] as const) if (spec[key]) text(key, spec[key]);
  if (spec.preview) {
    text("preview", spec.preview.color);
    secret("previewToken", spec.preview.token);
  }
  return config;
}

/**
 * The spec in stack config, read by `get` (key without the project: `weights`).
 * Throws TealError `stack_config_invalid` that names each key and what is wrong with it, never its value.
 */
export function fromConfig(get: (key: string) => string | undefined): TenantSpec {
  const problems: string[] = [];
  const json = (key: string): unknown => {
    const text = get(key);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text) as unknown;
    } catch {
      problems.push(`${project}:${key}: expected JSON`);
      return undefined;
    }
  };
  const slot = (color: string): unknown =>
    get(color) === undefined
      ? null
      : {
          ...(json(color) as object | undefined),
          config: json(`${color}Config`) ?? {},
          flags: json(`${color}Flags`) ?? {},
          secrets: json(`${color}Secrets`) ?? {},
        };
  const given = (keys: string[], value: (key: string) => unknown) =>
    Object.fromEntries(keys.filter((key) => get(key) !== undefined).map((key) => [key, value(key)]));
  const read = {
    ...Object.fromEntries(["environment", "id", "name", "tier", "live", "background"].map((key) => [key, get(key)])),
    ...Object.fromEntries(["hostnames", "weights", "gateway", "cluster"].map((key) => [key, json(key)])),
    ...given(["adopted", "replicas", "maintenance", "volume", "migration", "routing"], json),
    ...given(["suspended", "schema", "affinity", "data"], get),
    blue: slot("blue"),
    green: slot("green"),
    preview: get("preview") === undefined ? null : { color: get("preview"), token: get("previewToken") },
  };
  const parsed = tenantSpec.safeParse(read);
  if (parsed.success && problems.length === 0) return parsed.data;
  const issues = parsed.error?.issues.map((issue) => `${keyOf(issue.path)}: ${issue.message}`) ?? [];
  throw new TealError("stack_config_invalid", `Stack config: ${[...problems, ...issues].join("; ")}.`, {
    data: { problems: [...problems, ...issues] },
  });
}

/** The config key that a path into the spec comes from: `["blue", "flags", "x"]` is `tenant:blueFlags.x`. */
function keyOf(path: z.core.$ZodIssue["path"]): string {
  const [first, second, ...rest] = path.map(String);
  const own = (first === "blue" || first === "green") && ["config", "flags", "secrets"].includes(second ?? "");
  if (own) return [`${project}:${first}${second![0]!.toUpperCase()}${second!.slice(1)}`, ...rest].join(".");
  if (first === "preview" && second === "token") return `${project}:previewToken`;
  return [`${project}:${first ?? ""}`, ...(second === undefined ? [] : [second]), ...rest].join(".");
}
