import { parseProviderReference } from "../state/urn.ts";
import type { ResourceState } from "../state/resource.ts";

/** URNs that a resource can't do without: dependencies, parent, provider, and what it is deleted or replaced with. */
export function directDependencies(state: ResourceState): Set<string> {
  const urns = new Set(state.dependencies);
  for (const list of Object.values(state.propertyDependencies)) for (const urn of list) urns.add(urn);
  if (state.parent) urns.add(state.parent);
  if (state.deletedWith) urns.add(state.deletedWith);
  for (const urn of state.replaceWith) urns.add(urn);
  if (state.provider) urns.add(parseProviderReference(state.provider).urn);
  return urns;
}

/**
 * All resources that depend on `root`, nearest first, directly or not; `resources` are in an order in which each comes
 * after those it depends on. Parents don't count, as a child need not change with its parent. A dependent for which
 * `impossible` holds is left out, and with it what depends on it alone.
 */
export function dependents(
  resources: readonly ResourceState[],
  root: ResourceState,
  impossible: (urn: string) => boolean,
): ResourceState[] {
  const reached = new Set([root.urn]);
  const found: ResourceState[] = [];
  for (const state of resources.slice(resources.indexOf(root) + 1)) {
    if (impossible(state.urn)) continue;
    const needs = directDependencies({ ...state, parent: "" });
    if (![...needs].some((urn) => reached.has(urn))) continue;
    reached.add(state.urn);
    found.push(state);
  }
  return found;
}

/** URNs of the resources that `chosen` names and of all that need one of them: dependants and children. */
export function transitiveDependents(
  resources: readonly ResourceState[],
  chosen: (state: ResourceState) => boolean,
): Set<string> {
  const found = new Set<string>();
  for (const state of resources)
    if (chosen(state) || [...directDependencies(state)].some((urn) => found.has(urn))) found.add(state.urn);
  return found;
}

/**
 * Sorts resources for deletion into rounds: all of one round may go at once, and none of a round is needed by what is
 * left in later rounds. They come in an order in which each follows those it depends on, and several states may have one
 * URN (replaced ones): a resource needs those before it. Who needs a component needs the component's children too.
 */
export function deletionRounds(condemned: readonly ResourceState[]): ResourceState[][] {
  const needs = neededBefore(condemned);
  const round = new Map<ResourceState, number>();
  const rounds: ResourceState[][] = [];
  for (const state of condemned) {
    const number = Math.max(-1, ...[...needs.get(state)!].map((needed) => round.get(needed)!)) + 1;
    round.set(state, number);
    (rounds[number] ??= []).push(state);
  }
  return rounds.reverse();
}

function neededBefore(condemned: readonly ResourceState[]): Map<ResourceState, Set<ResourceState>> {
  const before = new Map<string, ResourceState[]>();
  const children = new Map<string, ResourceState[]>();
  const parents = new Map(condemned.map((state) => [state.urn, state.parent]));
  const needs = new Map<ResourceState, Set<ResourceState>>();
  for (const state of condemned) {
    const needed = new Set<ResourceState>();
    for (const urn of directDependencies(state))
      for (const other of before.get(urn) ?? []) {
        needed.add(other);
        if (urn !== state.parent && !other.custom) for (const child of children.get(urn) ?? []) needed.add(child);
      }
    needs.set(state, needed);
    before.set(state.urn, [...(before.get(state.urn) ?? []), state]);
    for (let parent = state.parent; parent; parent = parents.get(parent) ?? "")
      children.set(parent, [...(children.get(parent) ?? []), state]);
  }
  return needs;
}

/** URNs that the given resources need, directly or not. */
export function transitiveDependencies(resources: readonly ResourceState[], of: readonly ResourceState[]): Set<string> {
  const byUrn = new Map(resources.map((state) => [state.urn, state]));
  const found = new Set<string>();
  const queue = [...of];
  for (let state = queue.pop(); state; state = queue.pop())
    for (const urn of directDependencies(state)) {
      if (found.has(urn)) continue;
      found.add(urn);
      const next = byUrn.get(urn);
      if (next) queue.push(next);
    }
  return found;
}
