/** Decides which steps a registered resource needs. One resource is planned at a time. */
import type { Provider } from "../providers/provider.ts";
import type { ResourceState } from "../state/resource.ts";
import { isProviderType, makeUrn } from "../state/urn.ts";
import { getAt, parsePath, resetAt } from "../values/path.ts";
import { equal, type PropertyMap } from "../values/property.ts";
import { aliasUrns } from "./aliases.ts";
import { callContext, type Deploying } from "./context.ts";
import { diffResource } from "./diffing.ts";
import { PlanError } from "./failure.ts";
import type { Goal } from "./goal.ts";
import { identity, noPlans } from "./plans.ts";
import { checkProvider } from "./providerResources.ts";
import { planReplacement } from "./replacing.ts";
import { makeStep, type Step } from "./step.ts";

export class Planner {
  readonly plans = noPlans();
  readonly #deploying: Deploying;
  readonly #olds: ReadonlyMap<string, ResourceState>;

  constructor(deploying: Deploying) {
    this.#deploying = deploying;
    this.#olds = new Map(deploying.base.filter((state) => !state.delete).map((state) => [state.urn, state]));
  }

  /** The steps for what the program wants; a chain to be performed in order. */
  async plan(goal: Goal): Promise<Step[]> {
    const urn = this.#claimUrn(goal);
    const old = this.#findOld(urn, goal);
    const draft = draftState(urn, goal, old);
    const provider = await this.#providerOf(goal);
    const recreating = old !== undefined && this.plans.deleted.has(old.urn);
    const fresh = old === undefined || old.external || recreating;
    const inputs = fresh ? goal.properties : ignoringChanges(goal.properties, old.inputs, goal.ignoreChanges);
    const interrupted = this.#deploying.interrupted.get(urn);
    const olds = fresh ? interrupted?.inputs : old.inputs;
    const next = { ...draft, inputs: await this.#check(goal, draft, olds, inputs, provider) };
    if (isProviderType(goal.type)) this.plans.providers.set(urn, next);
    this.plans.operated.add(urn);
    if (recreating) return this.#recreate(old, next, provider);
    if (old === undefined)
      return [makeStep("create", undefined, next, { with: provider, adopt: interrupted !== undefined })];
    if (old.external) {
      return [
        makeStep("create-replacement", old, next, { with: provider, logical: false, pendingDelete: true }),
        makeStep("replace", old, next),
      ];
    }
    return this.#change(goal, old, next, provider);
  }

  /** The step that reads what another owns. */
  async planRead(goal: Goal, id: string): Promise<Step> {
    const urn = this.#claimUrn(goal);
    const old = this.#findOld(urn, goal);
    const provider = await this.#providerOf(goal);
    this.plans.operated.add(urn);
    const next = { ...draftState(urn, goal, old), id, external: true };
    const taken = old !== undefined && !old.external;
    return makeStep(taken ? "read-replacement" : "read", old, next, { with: provider });
  }

  #claimUrn(goal: Goal): string {
    const { id } = this.#deploying;
    const urn = makeUrn(id, goal.parent, goal.type, goal.name);
    if (goal.parent && !this.plans.seen.has(goal.parent))
      throw new PlanError(urn, `could not find parent resource ${goal.parent}`);
    if (this.plans.seen.has(urn))
      throw new PlanError(urn, `Duplicate resource URN '${urn}'; try giving it a unique name`);
    this.plans.seen.add(urn);
    return urn;
  }

  #findOld(urn: string, goal: Goal): ResourceState | undefined {
    const parentAlias = this.plans.aliases.get(goal.parent);
    const former = aliasUrns(goal, goal.aliases, this.#deploying.id, parentAlias);
    const found = [urn, ...former].find((candidate) => this.#olds.has(candidate));
    if (found === undefined) return undefined;
    if (found !== urn) {
      this.plans.aliases.set(urn, found);
      this.plans.operated.add(found);
      this.#deploying.snapshot.rename(found, urn);
    }
    return this.#olds.get(found);
  }

  async #providerOf(goal: Goal): Promise<Provider | undefined> {
    if (!goal.custom || isProviderType(goal.type)) return undefined;
    await this.#deploying.registry.package(goal.type);
    return this.#deploying.registry.get(goal.provider);
  }

  async #check(
    goal: Goal,
    draft: ResourceState,
    olds: PropertyMap | undefined,
    news: PropertyMap,
    provider: Provider | undefined,
  ): Promise<PropertyMap> {
    if (isProviderType(goal.type)) return checkProvider(goal, news, this.#deploying);
    if (!provider) return news;
    const context = callContext(this.#deploying, draft.urn);
    const result = await provider.check(identity(draft), olds, news, context);
    if (result.failures.length === 0) return result.inputs;
    for (const { property, reason } of result.failures)
      this.#deploying.reporter.diagnostic({
        urn: draft.urn,
        severity: "error",
        message: property
          ? `${draft.type} resource '${goal.name}' has a problem: ${reason}. Examine values at '${goal.name}.${property}'.`
          : `${draft.type} resource '${goal.name}' has a problem: ${reason}`,
      });
    throw new PlanError("", "");
  }

  #recreate(old: ResourceState, next: ResourceState, provider: Provider | undefined): Step[] {
    this.plans.deleted.delete(old.urn);
    this.plans.replaced.add(next.urn);
    const keys = this.plans.dependentKeys.get(old.urn);
    return [
      makeStep("replace", old, next),
      makeStep("create-replacement", old, next, { with: provider, keys, logical: false }),
    ];
  }

  async #change(goal: Goal, old: ResourceState, next: ResourceState, provider: Provider | undefined): Promise<Step[]> {
    const diff = await diffResource(this.#deploying, this.plans, old, next, provider);
    if ((diff.changes && diff.replaceKeys.length > 0) || old.pendingReplacement)
      return planReplacement(this.#deploying, this.plans, goal, old, next, diff, provider, () =>
        this.#check(goal, next, undefined, goal.properties, provider),
      );
    const details = {
      with: provider,
      ignoreChanges: goal.ignoreChanges,
      diffs: diff.changedKeys,
      detailedDiff: diff.detailed,
    };
    if (diff.changes || old.initErrors.length > 0) return [makeStep("update", old, next, details)];
    return [makeStep("same", old, next)];
  }
}

/** The state that a goal leads to, before a provider has had its say. */
function draftState(urn: string, goal: Goal, old: ResourceState | undefined): ResourceState {
  return {
    urn,
    type: goal.type,
    custom: goal.custom,
    delete: false,
    id: "",
    inputs: goal.properties,
    outputs: {},
    parent: goal.parent,
    protect: goal.protect,
    external: false,
    dependencies: goal.dependencies,
    initErrors: [],
    provider: goal.provider,
    propertyDependencies: goal.propertyDependencies,
    pendingReplacement: false,
    additionalSecretOutputs: goal.additionalSecretOutputs,
    aliases: [],
    customTimeouts: goal.customTimeouts,
    retainOnDelete: goal.retainOnDelete,
    deletedWith: goal.deletedWith,
    replaceOnChanges: goal.replaceOnChanges,
    ignoreChanges: goal.ignoreChanges,
    created: old?.created,
    modified: old?.modified,
    other: {},
  };
}

function ignoringChanges(inputs: PropertyMap, old: PropertyMap, ignored: readonly string[]): PropertyMap {
  return ignored.reduce<PropertyMap>((made, text) => {
    const path = parsePath(text);
    return equal(getAt(made, path), getAt(old, path)) ? made : (resetAt(made, old, path) as PropertyMap);
  }, inputs);
}
