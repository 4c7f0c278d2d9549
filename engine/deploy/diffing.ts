/** Whether a registered resource differs from what it was, and whether that takes a replacement. */
import { noDiff, type Diff, type DiffKind, type PropertyDiff, type Provider } from "../providers/provider.ts";
import type { ResourceState } from "../state/resource.ts";
import { isProviderType } from "../state/urn.ts";
import { contains, parsePath } from "../values/path.ts";
import { equal, mapWithoutSecrets } from "../values/property.ts";
import { callContext, type Deploying } from "./context.ts";
import { identity, type Plans } from "./plans.ts";
import { providerUrn, withoutInternal } from "./registry.ts";

export async function diffResource(
  deploying: Deploying,
  plans: Plans,
  old: ResourceState,
  next: ResourceState,
  provider: Provider | undefined,
): Promise<Diff> {
  if (next.replaceWith.some((urn) => plans.replaced.has(urn))) return replacing("replaceWith");
  if (next.deletedWith && plans.replaced.has(next.deletedWith)) return replacing("deletedWith");
  if (await providerMoves(deploying, plans, old, next)) return replacing("provider");
  return compare(deploying, old, next, provider);
}

/** A difference that takes a replacement, for the sake of what is named. */
export const replacing = (key: string): Diff => ({ ...noDiff, changes: true, replaceKeys: [key] });

async function providerMoves(
  deploying: Deploying,
  plans: Plans,
  old: ResourceState,
  next: ResourceState,
): Promise<boolean> {
  if (old.provider === next.provider) return false;
  if (!old.provider || !next.provider) return true;
  const urn = providerUrn(next.provider);
  if (plans.aliases.get(urn) === providerUrn(old.provider)) return false;
  return deploying.registry.movesResources(old.provider, plans.providers.get(urn));
}

async function compare(
  deploying: Deploying,
  old: ResourceState,
  next: ResourceState,
  provider: Provider | undefined,
): Promise<Diff> {
  if (isProviderType(next.type))
    return deploying.registry.diffConfig(
      next.type,
      mapWithoutSecrets(withoutInternal(old.inputs)),
      mapWithoutSecrets(withoutInternal(next.inputs)),
    );
  if (provider)
    return provider.diff(identity(next), old, next.inputs, next.ignoreChanges, callContext(deploying, next.urn));
  return equal(old.inputs, next.inputs) ? noDiff : { ...noDiff, changes: true };
}

/** Whether a difference takes a replacement. */
export function replaces(diff: Diff): boolean {
  return (
    diff.replaceKeys.length > 0 || Object.values(diff.detailed ?? {}).some(({ kind }) => kind.endsWith("-replace"))
  );
}

/** Turns changes at the given paths into replacements. `#initerror` stands for a resource that never became ready. */
export function replaceOnChanges(diff: Diff, paths: readonly string[], hasInitErrors: boolean): Diff {
  if (paths.length === 0 || (!diff.changes && !hasInitErrors)) return diff;
  const outer = paths.map(parsePath);
  const covered = (path: string) => outer.some((candidate) => contains(candidate, parsePath(path)));
  const detailed: Record<string, PropertyDiff> = { ...diff.detailed };
  for (const [path, change] of Object.entries(detailed))
    if (covered(path)) detailed[path] = { ...change, kind: asReplace[change.kind] };
  const replaceKeys = new Set([...diff.replaceKeys, ...diff.changedKeys.filter(covered)]);
  const unready = hasInitErrors && covered(initError);
  if (unready) {
    replaceKeys.add(initError);
    detailed[initError] = { kind: "update-replace", inputDiff: false };
  }
  return {
    ...diff,
    changes: diff.changes || unready,
    detailed: diff.detailed && detailed,
    replaceKeys: [...replaceKeys],
  };
}

const initError = "#initerror";

const asReplace: Readonly<Record<DiffKind, DiffKind>> = {
  add: "add-replace",
  delete: "delete-replace",
  update: "update-replace",
  "add-replace": "add-replace",
  "delete-replace": "delete-replace",
  "update-replace": "update-replace",
};
