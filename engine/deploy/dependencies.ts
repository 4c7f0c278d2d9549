import { parseProviderReference } from "../state/urn.ts";
import type { ResourceState } from "../state/resource.ts";

/** URNs that a resource can't do without: dependencies, parent, provider, and what it is deleted with. */
export function directDependencies(state: ResourceState): Set<string> {
  const urns = new Set(state.dependencies);
  for (const list of Object.values(state.propertyDependencies)) for (const urn of list) urns.add(urn);
  if (state.parent) urns.add(state.parent);
  if (state.deletedWith) urns.add(state.deletedWith);
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

/**
 * Sorts resources for deletion into rounds: all of one round may go at once, and none of a round is needed by what is
 * left in later rounds. Several states may have one URN (replaced ones).
 */
export function deletionRounds(condemned: readonly ResourceState[]): ResourceState[][] {
  const needs = new Map(condemned.map((state) => [state, directDependencies(state)]));
  let left = [...condemned];
  const rounds: ResourceState[][] = [];
  while (left.length > 0) {
    const urns = new Map<string, ResourceState[]>();
    for (const state of left) urns.set(state.urn, [...(urns.get(state.urn) ?? []), state]);
    const free = left.filter((state) =>
      [...needs.get(state)!].every((urn) => (urns.get(urn) ?? []).every((other) => other === state)),
    );
    // A circle can't be made by a program; if a file has one, everything left goes at once.
    const round = free.length > 0 ? free : left;
    rounds.unshift(round);
    const taken = new Set(round);
    left = left.filter((state) => !taken.has(state));
  }
  return rounds;
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
