/** Config that Pulumi.yaml declares: its defaults, and what it asks of a stack's config. */
import { TealError } from "../../model/errors.ts";
import type { Json } from "../values/property.ts";
import { configPlace, getConfig, hasSecure, setStored } from "./config.ts";
import { fullKey, type StoredConfig } from "./settings.ts";
import type { Workspace } from "./project.ts";

interface Declaration {
  readonly key: string;
  readonly type?: string;
  readonly items?: unknown;
  readonly secret: boolean;
  /** What a stack has that does not say otherwise. */
  readonly otherwise: Json | undefined;
}

function declarations({ declaredConfig }: Workspace): Declaration[] {
  return Object.keys(declaredConfig)
    .sort()
    .map((key) => declaration(key, declaredConfig[key]));
}

/** `key: value`, or a schema with a default. */
function declaration(key: string, given: unknown): Declaration {
  if (typeof given !== "object" || given === null || Array.isArray(given))
    return { key, secret: false, otherwise: given as Json };
  const { type, items, secret, value, default: standard } = given as Record<string, unknown>;
  return {
    key,
    ...(typeof type === "string" && { type }),
    items,
    secret: secret === true,
    otherwise: (standard ?? value) as Json | undefined,
  };
}

/** The stack's config with the project's defaults in the places that it leaves open. */
export function withDefaults(config: StoredConfig, workspace: Workspace): StoredConfig {
  return declarations(workspace).reduce((merged, { key, otherwise }) => {
    const place = configPlace(key, workspace.project, true);
    if (otherwise === undefined || otherwise === null || getConfig(merged, place) !== undefined) return merged;
    return setStored(merged, place, typeof otherwise === "object" ? otherwise : String(otherwise));
  }, config);
}

/** Refuses config that lacks what the project asks for, or has it in another form. `plain` holds the values in the clear. */
export function checkDeclared(config: StoredConfig, plain: StoredConfig, workspace: Workspace, stack: string): void {
  const all = declarations(workspace);
  const valueOf = (key: string, from: StoredConfig) => getConfig(from, configPlace(key, workspace.project, true));
  const missing = all
    .filter(({ key }) => fullKey(key, workspace.project).startsWith(`${workspace.project}:`))
    .filter(({ key }) => valueOf(key, config) === undefined)
    .map(({ key }) => key);
  if (missing.length > 0)
    throw new TealError(
      "config_missing",
      `Stack '${stack}' is missing configuration ${missing.length > 1 ? "values" : "value"} ${listed(missing)}`,
    );
  for (const { key, type, items, secret } of all) {
    if (type === undefined) continue;
    const about = `Stack '${stack}' with configuration key '${key}'`;
    if (secret && !hasSecure(valueOf(key, config) ?? null))
      throw new TealError("config_plain", `${about} must be encrypted as it's secret`);
    if (!fits(type, items, valueOf(key, plain)))
      throw new TealError("config_type", `${about} must be of type '${typeName(type, items)}'`);
  }
}

function listed(keys: readonly string[]): string {
  const quoted = keys.map((key) => `'${key}'`);
  return quoted.length === 1 ? quoted[0]! : `${quoted.slice(0, -1).join(", ")} and ${quoted.at(-1)}`;
}

function itemType(items: unknown): { type: string; items: unknown } {
  const { type = "string", items: inner } = (items ?? {}) as { type?: string; items?: unknown };
  return { type, items: inner };
}

function typeName(type: string, items: unknown): string {
  if (type !== "array") return type;
  const inner = itemType(items);
  return `array<${typeName(inner.type, inner.items)}>`;
}

function fits(type: string, items: unknown, value: Json | undefined): boolean {
  if (type === "integer") return Number.isInteger(typeof value === "string" && value !== "" ? Number(value) : value);
  if (type === "boolean") return typeof value === "boolean" || value === "true" || value === "false";
  if (type === "array") {
    const inner = itemType(items);
    return Array.isArray(value) && value.every((item) => fits(inner.type, inner.items, item));
  }
  return type === "object" ? typeof value === "object" && value !== null : typeof value === "string";
}
