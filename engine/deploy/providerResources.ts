/** Providers as resources of the stack: their inputs, and those that the engine makes by default. */
import { packageOf, providerType } from "../state/urn.ts";
import { Secret, type PropertyMap, type Value } from "../values/property.ts";
import type { Deploying } from "./context.ts";
import type { Goal } from "./goal.ts";

/** A provider's inputs as state has them: with the version of the package, and a place for what the engine keeps there. */
export async function checkProvider(goal: Goal, news: PropertyMap, deploying: Deploying): Promise<PropertyMap> {
  await deploying.registry.package(goal.type);
  const { __internal: _, ...own } = news;
  return { __internal: {}, ...own, ...(goal.version && { version: goal.version }) };
}

/** The provider that serves resources which name none: configured from the stack's config. */
export function defaultProvider(type: string, version: string, config: Deploying["config"]): Goal {
  const package_ = packageOf(type);
  const properties: Record<string, Value> = {};
  for (const [key, { value, secret }] of Object.entries(config))
    if (key.startsWith(`${package_}:`)) properties[key.slice(package_.length + 1)] = secret ? new Secret(value) : value;
  return {
    type: providerType(package_),
    name: version ? `default_${version.replaceAll(/[.+-]/g, "_")}` : "default",
    custom: true,
    parent: "",
    properties,
    dependencies: [],
    propertyDependencies: {},
    provider: "",
    version,
    protect: undefined,
    retainOnDelete: undefined,
    deletedWith: "",
    replaceWith: [],
    replacementTrigger: null,
    deleteBeforeReplace: undefined,
    ignoreChanges: [],
    hideDiffs: [],
    replaceOnChanges: [],
    additionalSecretOutputs: [],
    aliases: [],
    customTimeouts: undefined,
  };
}

/** Whether config forbids the package's default provider: `pulumi:disable-default-providers` lists packages, or `*`. */
export function isDefaultDenied(type: string, config: Deploying["config"]): boolean {
  const text = config["pulumi:disable-default-providers"]?.value ?? "";
  const package_ = packageOf(type);
  if (text === "" || package_ === "pulumi") return false;
  const listed: unknown = JSON.parse(text);
  return Array.isArray(listed) && listed.some((name) => [package_, "*"].includes(String(name).trim()));
}
