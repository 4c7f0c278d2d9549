/** Providers as resources of the stack: their inputs, and those that the engine makes by default. */
import { packageOf, providerType } from "../state/urn.ts";
import type { PropertyMap, Value } from "../values/property.ts";
import type { Deploying } from "./context.ts";
import type { Goal } from "./goal.ts";

/** A provider's inputs as state has them: with the version of the package, and a place for what the engine keeps there. */
export async function checkProvider(goal: Goal, news: PropertyMap, deploying: Deploying): Promise<PropertyMap> {
  await deploying.registry.package(goal.type);
  const { __internal: _, ...own } = news;
  return { __internal: {}, ...own, ...(goal.version && { version: goal.version }) };
}

/** The provider that serves resources which name none: configured from the stack's config. */
export function defaultProvider(type: string, version: string, config: Readonly<Record<string, string>>): Goal {
  const package_ = packageOf(type);
  const properties: Record<string, Value> = {};
  for (const [key, value] of Object.entries(config))
    if (key.startsWith(`${package_}:`)) properties[key.slice(package_.length + 1)] = value;
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
    protect: false,
    retainOnDelete: false,
    deletedWith: "",
    deleteBeforeReplace: undefined,
    ignoreChanges: [],
    replaceOnChanges: [],
    additionalSecretOutputs: [],
    aliases: [],
    customTimeouts: undefined,
  };
}
