/** Planning of a part of a stack: what is meant, and what becomes of the rest. */
import type { ResourceState } from "../state/resource.ts";
import { isProviderType, parseProviderReference } from "../state/urn.ts";
import type { Deploying } from "./context.ts";
import { directDependencies, transitiveDependents } from "./dependencies.ts";
import { PlanError } from "./failure.ts";
import { isRootStack, type Plans } from "./plans.ts";
import { dependentReplacements } from "./replacing.ts";
import { makeStep, type Step } from "./step.ts";
import type { Scope, UrnTargets } from "./targets.ts";

/** The scope of one operation; it grows as dependants of what is in it are met. */
export class Targeting {
  readonly #scope: Scope;
  readonly #targets: UrnTargets;
  readonly #excludes: UrnTargets;

  constructor(scope: Scope) {
    this.#scope = scope;
    this.#targets = scope.targets.copy();
    this.#excludes = scope.excludes.copy();
  }

  /** Whether the resource is to be acted on. Providers and the stack itself always are. */
  includes(state: ResourceState): boolean {
    if (isProviderType(state.type) || isRootStack(state.urn)) return true;
    if (this.#scope.targets.constrained) return this.#targeted(state);
    return !this.#excluded(state);
  }

  /** Has what depends on the resource follow it. Resources are met after those they depend on. */
  follow(state: ResourceState, included: boolean): void {
    if (!included && this.#scope.excludes.constrained) this.#excludes.literals.add(state.urn);
    else if (included && this.#scope.targets.constrained && this.#targeted(state))
      this.#targets.literals.add(state.urn);
  }

  #targeted(state: ResourceState): boolean {
    if (this.#scope.targets.has(state.urn)) return true;
    return this.#scope.targetDependents && dependsOnAny(state, this.#targets);
  }

  #excluded(state: ResourceState): boolean {
    if (!this.#scope.excludes.constrained) return false;
    if (this.#scope.excludes.has(state.urn)) return true;
    return this.#scope.excludeDependents && dependsOnAny(state, this.#excludes);
  }
}

function dependsOnAny(state: ResourceState, targets: UrnTargets): boolean {
  return [...directDependencies(state)].some((urn) => targets.has(urn));
}

/** Steps that keep a resource as it was, after those it needs, which the program may no longer register. */
export function keepingSteps(
  olds: ReadonlyMap<string, ResourceState>,
  plans: Plans,
  old: ResourceState,
): readonly Step[] {
  if (old.delete || plans.kept.has(old.urn)) return [];
  plans.kept.add(old.urn);
  plans.seen.add(old.urn);
  plans.operated.add(old.urn);
  const needed = [...directDependencies(old)].filter((urn) => !plans.operated.has(urn));
  const before = needed.flatMap((urn) => {
    const state = olds.get(urn);
    if (!state && !isProviderOf(old, urn))
      throw new PlanError(old.urn, `dependency ${urn} of untargeted resource ${old.urn} has no old state`);
    return state ? keepingSteps(olds, plans, state) : [];
  });
  return [...before, makeStep("same", old, old, { untargeted: true })];
}

const isProviderOf = (state: ResourceState, urn: string) =>
  state.provider !== "" && parseProviderReference(state.provider).urn === urn;

/** The URNs that may be deleted; undefined for any. Whatever needs a target goes with it. */
export async function deletable(deploying: Deploying, plans: Plans): Promise<((urn: string) => boolean) | undefined> {
  const { targets, excludes, excludeDependents } = deploying.scope;
  const { base } = deploying;
  if (targets.constrained) {
    const doomed = transitiveDependents(base, (state) => targets.has(state.urn));
    for (const state of base.filter(({ urn }) => doomed.has(urn)))
      for (const dependent of await dependentReplacements(deploying, plans, state)) doomed.add(dependent.state.urn);
    return (urn) => doomed.has(urn);
  }
  if (!excludes.constrained) return undefined;
  const kept = new Set(base.filter(({ urn }) => excludes.has(urn)).map(({ urn }) => urn));
  for (let size = -1; size !== kept.size;) {
    size = kept.size;
    for (const state of base.filter(({ urn }) => kept.has(urn)))
      for (const urn of directDependencies(state)) kept.add(urn);
    if (excludeDependents) for (const urn of transitiveDependents(base, (state) => kept.has(state.urn))) kept.add(urn);
  }
  return (urn) => !kept.has(urn);
}

/** Whether a URN among the targets is neither in the stack nor in `seen`; says which. */
export function reportUnknownTargets(
  { base, reporter }: Pick<Deploying, "base" | "reporter">,
  targets: UrnTargets,
  seen: ReadonlySet<string>,
): boolean {
  const known = new Set(base.map(({ urn }) => urn));
  const unknown = [...targets.literals].filter((urn) => !known.has(urn) && !seen.has(urn));
  for (const urn of unknown) {
    const hint = urn.includes("$") ? "" : " Did you forget to escape $ in your shell?";
    reporter.diagnostic({
      urn: "",
      severity: "error",
      message: `Target '${urn}' could not be found in the stack.${hint}`,
    });
  }
  return unknown.length > 0;
}
