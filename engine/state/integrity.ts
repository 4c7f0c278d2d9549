/** The rules that hold in every deployment: what Pulumi checks before it uses one. */
import { TealError } from "../../model/errors.ts";
import type { ResourceState } from "./resource.ts";
import { isProviderType } from "./urn.ts";

/** Refuses a deployment that breaks a rule, in Pulumi's words. */
export function verifyIntegrity(resources: readonly ResourceState[]): void {
  const broken = brokenRule(resources);
  if (broken !== undefined)
    throw new TealError("state_corrupt", `snapshot integrity failure; refusing to use it: ${broken}`);
}

/** The first rule that the deployment breaks; undefined if all is well. Each resource follows what it needs. */
export function brokenRule(resources: readonly ResourceState[]): string | undefined {
  const seen = new Set<string>();
  const live = new Set<string>();
  const providers = new Set<string>();
  for (const [index, state] of resources.entries()) {
    const { urn, type } = state;
    if (urn === "") return `resource at index ${index} missing required 'urn' field`;
    if (type === "") return `resource '${urn}' missing required 'type' field`;
    if (!state.custom && state.id !== "") return `resource '${urn}' has 'custom false but non-empty ID`;
    if (isProviderType(type)) providers.add(`${urn}::${state.id}`);
    if (state.provider !== "" && !providers.has(state.provider) && !state.pendingReplacement)
      return `resource ${urn} refers to unknown provider ${state.provider}`;
    const missing = missingNeed(state, seen, (needed) =>
      resources.some((other, at) => at > index && other.urn === needed),
    );
    if (missing !== undefined) return missing;
    if (!state.delete) {
      if (live.has(urn)) return `duplicate resource ${urn} (not marked for deletion)`;
      live.add(urn);
    }
    seen.add(urn);
  }
  return undefined;
}

/** `comesLater` tells whether a resource of the name follows. */
function missingNeed(
  { urn, parent, dependencies, propertyDependencies, deletedWith }: ResourceState,
  seen: ReadonlySet<string>,
  comesLater: (urn: string) => boolean,
): string | undefined {
  if (parent !== "" && !seen.has(parent))
    return comesLater(parent)
      ? `child resource ${urn}'s parent ${parent} comes after it`
      : `child resource ${urn} refers to missing parent ${parent}`;
  const fault = (missing: string) => (comesLater(missing) ? "comes after it" : "refers to missing resource");
  for (const needed of dependencies)
    if (!seen.has(needed)) return `resource ${urn}'s dependency ${needed} ${fault(needed)}`;
  for (const [key, needs] of Object.entries(propertyDependencies))
    for (const needed of needs)
      if (!seen.has(needed))
        return `resource ${urn}'s property dependency ${needed} (from property ${key}) ${fault(needed)}`;
  if (deletedWith !== "" && !seen.has(deletedWith))
    return `resource ${urn} is specified as being deleted with ${deletedWith}, which ${comesLater(deletedWith) ? "comes after it" : "is missing"}`;
  return undefined;
}
