/** Plans replacements: create first, or delete first and with it everything that would have to go too. */
import type { Diff, Provider } from "../providers/provider.ts";
import type { ResourceState } from "../state/resource.ts";
import { isProviderType } from "../state/urn.ts";
import { unknown, type PropertyMap, type Value } from "../values/property.ts";
import { callContext, type Deploying } from "./context.ts";
import { dependents } from "./dependencies.ts";
import { replaceOnChanges, replaces } from "./diffing.ts";
import { PlanError } from "./failure.ts";
import type { Goal } from "./goal.ts";
import { identity, type Plans } from "./plans.ts";
import { providerUrn, withoutInternal } from "./registry.ts";
import { makeStep, type Step } from "./step.ts";

export async function planReplacement(
  deploying: Deploying,
  plans: Plans,
  goal: Goal,
  old: ResourceState,
  next: ResourceState,
  diff: Diff,
  provider: Provider | undefined,
  checkAnew: () => Promise<PropertyMap> | PropertyMap,
): Promise<Step[]> {
  if (next.protect && old.protect) refuseProtected(deploying, plans, next.urn);
  plans.replaced.add(next.urn);
  // Defaults had been carried over from the old resource; the new one gets its own.
  const made = { ...next, inputs: await checkAnew(), created: undefined, modified: undefined };
  if (isProviderType(next.type)) plans.providers.set(next.urn, made);
  const details = { keys: diff.replaceKeys, diffs: diff.changedKeys, detailedDiff: diff.detailed };
  const create = { ...details, with: provider, logical: false, adopt: deploying.interrupted.has(next.urn) };
  if (!(goal.deleteBeforeReplace ?? diff.deleteBeforeReplace))
    return [
      makeStep("create-replacement", old, made, { ...create, pendingDelete: true }),
      makeStep("replace", old, made, details),
    ];
  const steps = await deleteDependents(deploying, plans, old);
  if (!old.pendingReplacement) {
    plans.deleted.add(old.urn);
    plans.deletedEarly.add(old);
    steps.push(await deleteFirst(deploying, old));
  }
  return [...steps, makeStep("replace", old, made, details), makeStep("create-replacement", old, made, create)];
}

/** A preview tells of it and goes on, to show what would be replaced and why. */
function refuseProtected(deploying: Deploying, plans: Plans, urn: string): void {
  const message =
    `unable to replace resource ${JSON.stringify(urn)}\nas it is currently marked for protection. To unprotect the resource, ` +
    "remove the `protect` flag from the resource in your Pulumi program and run `pulumi up`";
  if (!deploying.preview) throw new PlanError(urn, message);
  deploying.reporter.diagnostic({ urn, severity: "error", message });
  plans.errors++;
}

async function deleteDependents(deploying: Deploying, plans: Plans, old: ResourceState): Promise<Step[]> {
  const steps: Step[] = [];
  const found = [...(await dependentReplacements(deploying, plans, old)), ...cascading(deploying, plans, old)];
  for (const { state, keys } of found.reverse()) {
    if (plans.deletedEarly.has(state)) continue;
    plans.deletedEarly.add(state);
    if (state.delete) {
      // An earlier run replaced it already and could not delete it.
      steps.push(makeStep("delete", state, undefined, { with: await providerOfOld(deploying, state) }));
      continue;
    }
    if (state.protect) refuseProtectedDependent(state.urn, old.urn);
    plans.dependentKeys.set(state.urn, keys);
    plans.deleted.add(state.urn);
    if (!state.pendingReplacement) steps.push(await deleteFirst(deploying, state));
  }
  return steps;
}

function refuseProtectedDependent(urn: string, root: string): never {
  throw new PlanError(
    root,
    `unable to replace resource ${JSON.stringify(urn)} as part of replacing ${JSON.stringify(root)} as it is currently marked for protection. ` +
      `To unprotect the resource, remove the \`protect\` flag from the resource in your Pulumi program and run \`pulumi up\`, or use the command:\n\`pulumi state unprotect '${urn}'\``,
  );
}

async function deleteFirst(deploying: Deploying, state: ResourceState): Promise<Step> {
  const provider = await providerOfOld(deploying, state);
  return makeStep("delete-replaced", state, undefined, { with: provider, logical: false, deleteBeforeReplace: true });
}

/** The provider that an old resource was made with; none for components, providers, and what is not ours to delete. */
export async function providerOfOld(deploying: Deploying, state: ResourceState): Promise<Provider | undefined> {
  return state.custom && !isProviderType(state.type) ? deploying.registry.get(state.provider) : undefined;
}

/** Resources that go with this one by their own word. */
function cascading({ base }: Deploying, plans: Plans, { urn }: ResourceState): Dependent[] {
  const goes = (state: ResourceState) => state.deletedWith === urn || state.replaceWith.includes(urn);
  return base
    .filter((state) => !state.delete && !plans.operated.has(state.urn) && goes(state))
    .map((state) => ({ state, keys: [] }));
}

export interface Dependent {
  readonly state: ResourceState;
  readonly keys: readonly string[];
}

/**
 * The resources that would have to be replaced if `root` went away: those of its dependents whose provider says so when
 * the properties that come from a replaced resource are not known.
 */
export async function dependentReplacements(
  deploying: Deploying,
  plans: Plans,
  root: ResourceState,
): Promise<Dependent[]> {
  const replaced = new Set([root.urn]);
  const found: Dependent[] = [];
  for (const state of dependents(deploying.base, root, (urn) => plans.operated.has(urn))) {
    const keys = await keysReplaced(deploying, state, replaced);
    if (!keys) continue;
    replaced.add(state.urn);
    found.push({ state, keys });
  }
  return found;
}

async function keysReplaced(
  deploying: Deploying,
  state: ResourceState,
  replaced: ReadonlySet<string>,
): Promise<readonly string[] | undefined> {
  if (!state.custom || state.external) return undefined;
  if (state.provider && replaced.has(providerUrn(state.provider))) return [];
  if (state.deletedWith && replaced.has(state.deletedWith)) return [];
  const inputs: Record<string, Value> = { ...state.inputs };
  let touched = false;
  for (const key of Object.keys(inputs))
    if ((state.propertyDependencies[key] ?? []).some((urn) => replaced.has(urn))) {
      inputs[key] = unknown;
      touched = true;
    }
  if (!touched) return undefined;
  const provider = await providerOfOld(deploying, state);
  const diff = provider
    ? await provider.diff(identity(state), state, inputs, state.ignoreChanges, {
        ...callContext(deploying, state.urn),
        preview: true,
      })
    : await deploying.registry.diffConfig(state.type, withoutInternal(state.inputs), withoutInternal(inputs));
  const judged = replaceOnChanges(diff, state.replaceOnChanges, false);
  return replaces(judged) ? judged.replaceKeys : undefined;
}
