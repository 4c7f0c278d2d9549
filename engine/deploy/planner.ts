/** Decides which steps a registered resource needs. One resource is planned at a time. */
import { noDiff, type Provider } from "../providers/provider.ts";
import type { ResourceState } from "../state/resource.ts";
import { formatProviderReference, isProviderType, parseProviderReference } from "../state/urn.ts";
import { equal, hasUnknowns, withoutSecrets } from "../values/property.ts";
import type { Deploying } from "./context.ts";
import { directDependencies } from "./dependencies.ts";
import { diffResource, replaceOnChanges, replaces, replacing } from "./diffing.ts";
import { draftState } from "./draft.ts";
import { PlanError } from "./failure.ts";
import { claimUrn, findOld } from "./finding.ts";
import type { Goal } from "./goal.ts";
import { checkInputs, withIgnored } from "./inputs.ts";
import { noPlans } from "./plans.ts";
import { planReplacement } from "./replacing.ts";
import { makeStep, type Step } from "./step.ts";
import { keepingSteps, Targeting } from "./targeting.ts";

export class Planner {
  readonly plans = noPlans();
  readonly #deploying: Deploying;
  readonly #olds: ReadonlyMap<string, ResourceState>;
  readonly #targeting: Targeting;

  constructor(deploying: Deploying) {
    this.#deploying = deploying;
    this.#olds = new Map(deploying.base.filter((state) => !state.delete).map((state) => [state.urn, state]));
    this.#targeting = new Targeting(deploying.scope);
  }

  /** The steps for what the program wants; a chain to be performed in order. */
  async plan(goal: Goal): Promise<Step[]> {
    const urn = claimUrn(this.#deploying.id, this.plans, goal);
    const found = findOld(this.#deploying.id, this.plans, this.#olds, urn, goal);
    const old = found === undefined ? undefined : this.#olds.get(found);
    const draft = draftState(urn, goal, old);
    const included = this.#targeting.includes(draft);
    const recreating = old !== undefined && this.plans.deleted.has(old.urn);
    // What had to go for the sake of a target is made again, though it is none itself.
    if (!included && !recreating) return this.#leave(old, draft);
    if (found !== undefined && found !== urn) this.#rename(found, urn);
    const provider = await this.#providerOf(goal);
    const replacing = this.#replacesByOrder(urn, old);
    const fresh = old === undefined || old.external || recreating || replacing;
    const inputs = old === undefined ? goal.properties : withIgnored(this.#deploying, urn, goal, old);
    const interrupted = this.#deploying.interrupted.get(urn);
    const checked = () =>
      fresh
        ? checkInputs(this.#deploying, goal, draft, interrupted?.inputs, goal.properties, provider)
        : checkInputs(this.#deploying, goal, draft, old.inputs, inputs, provider);
    const next = { ...draft, inputs: included ? await checked() : old!.inputs };
    if (isProviderType(goal.type)) this.plans.providers.set(urn, next);
    const needed = included ? this.#keptFor(next) : [];
    this.plans.operated.add(urn);
    if (included) this.#targeting.follow(next, included);
    return this.#allowed([
      ...needed,
      ...(await this.#steps(goal, old, next, provider, { recreating, replacing, adopt: this.#begun(urn) })),
    ]);
  }

  async #steps(
    goal: Goal,
    old: ResourceState | undefined,
    next: ResourceState,
    provider: Provider | undefined,
    how: { readonly recreating: boolean; readonly replacing: boolean; readonly adopt: boolean },
  ): Promise<Step[]> {
    if (old === undefined) return [makeStep("create", undefined, next, { with: provider, adopt: how.adopt })];
    if (how.recreating) return this.#recreate(old, next, provider);
    if (old.external) {
      return [
        makeStep("create-replacement", old, next, {
          with: provider,
          logical: false,
          pendingDelete: true,
          adopt: how.adopt,
        }),
        makeStep("replace", old, next),
      ];
    }
    return this.#change(goal, old, next, provider, how.replacing);
  }

  /** The steps that read what another owns. Of one that was ours and has the same id, it only lets go. */
  async planRead(goal: Goal, id: string): Promise<Step[]> {
    const urn = claimUrn(this.#deploying.id, this.plans, goal);
    if (id === "") throw new Error(`Expected an ID for ${urn}`);
    const found = findOld(this.#deploying.id, this.plans, this.#olds, urn, goal);
    if (found !== undefined && found !== urn) this.#rename(found, urn);
    const old = found === undefined ? undefined : this.#olds.get(found);
    const provider = await this.#providerOf(goal);
    this.plans.operated.add(urn);
    const next = { ...draftState(urn, goal, old), id, external: true, propertyDependencies: {} };
    if (old === undefined || old.external || old.id === id) return [makeStep("read", old, next, { with: provider })];
    this.plans.replaced.add(urn);
    return [
      makeStep("read-replacement", old, next, { with: provider, logical: false }),
      makeStep("replace", old, next),
    ];
  }

  #rename(found: string, urn: string): void {
    this.plans.aliases.set(urn, found);
    this.plans.aliased.set(found, urn);
    this.plans.operated.add(found);
    this.#deploying.snapshot.rename(found, urn);
  }

  /** What is not meant by a limited operation stays as it was; what is new is left out. */
  #leave(old: ResourceState | undefined, draft: ResourceState): Step[] {
    this.#targeting.follow(draft, false);
    if (old) {
      this.#requireProvider(old);
      return [...keepingSteps(this.#olds, this.plans, old)];
    }
    this.plans.operated.add(draft.urn);
    this.plans.skipped.add(draft.urn);
    return [makeStep("same", draft, draft, { skipped: true })];
  }

  /** What stays as it was needs its provider as it was. */
  #requireProvider({ urn, provider }: ResourceState): void {
    if (provider === "") return;
    const { urn: former, id } = parseProviderReference(provider);
    const present = formatProviderReference({ urn: this.plans.aliased.get(former) ?? former, id });
    if (this.#deploying.registry.has(present) || this.#deploying.registry.has(provider)) return;
    throw new PlanError(
      urn,
      `provider ${provider} for resource ${urn} has not been registered yet, this is due to a change of providers ` +
        "mixed with --target. Change your program back to the original providers",
    );
  }

  /** Resources that a target needs and that nobody registers in this operation. */
  #keptFor(next: ResourceState): Step[] {
    if (!this.#deploying.scope.targets.constrained) return [];
    const needed = [...directDependencies(next)].filter((urn) => !this.plans.operated.has(urn));
    return needed.flatMap((urn) => {
      const state = this.#olds.get(urn);
      return state ? [...keepingSteps(this.#olds, this.plans, state)] : [];
    });
  }

  /** A target can't be made without what it depends on. */
  #allowed(steps: Step[]): Step[] {
    const { scope, reporter, preview } = this.#deploying;
    const named = scope.targets.constrained || scope.replace.constrained;
    // Exceptions are no reason for a preview to complain; but nothing can be made of what is not there.
    if (!named && (preview || !scope.excludes.constrained)) return steps;
    for (const step of steps)
      for (const urn of step.new && !step.skipped ? directDependencies(step.new) : []) {
        if (!this.plans.skipped.has(urn)) continue;
        const fault = named ? "was was not specified in --target list" : "is left out by --exclude";
        const message = `Resource '${step.urn}' depends on '${urn}' which ${fault}.`;
        reporter.diagnostic({ urn: step.urn, severity: "error", message });
        if (!preview) throw new PlanError("", "");
        this.plans.skipped.delete(urn);
        this.plans.errors++;
      }
    return steps;
  }

  /** Whether an earlier run began to make it, and may have. */
  #begun(urn: string): boolean {
    return this.#deploying.interrupted.has(urn);
  }

  #replacesByOrder(urn: string, old: ResourceState | undefined): boolean {
    return this.#deploying.scope.replace.has(urn) || old?.other["taint"] === true;
  }

  async #providerOf(goal: Goal): Promise<Provider | undefined> {
    if (!goal.custom || isProviderType(goal.type)) return undefined;
    await this.#deploying.registry.package(goal.type);
    return this.#deploying.registry.get(goal.provider);
  }

  #recreate(old: ResourceState, next: ResourceState, provider: Provider | undefined): Step[] {
    this.plans.deleted.delete(old.urn);
    this.plans.replaced.add(next.urn);
    const keys = this.plans.dependentKeys.get(old.urn);
    return [
      makeStep("replace", old, next),
      makeStep("create-replacement", old, next, { with: provider, keys, logical: false, adopt: this.#begun(next.urn) }),
    ];
  }

  async #change(
    goal: Goal,
    old: ResourceState,
    next: ResourceState,
    provider: Provider | undefined,
    ordered: boolean,
  ): Promise<Step[]> {
    if (!this.#deploying.preview && hasUnknowns(next.replacementTrigger))
      throw new PlanError(next.urn, `replacement trigger contains unknowns for ${next.urn}`);
    const triggered = triggers(old, next);
    const diff = ordered
      ? replacing("id")
      : triggered
        ? { ...noDiff, changes: true }
        : await diffResource(this.#deploying, this.plans, old, next, provider);
    const judged = replaceOnChanges(diff, next.replaceOnChanges, old.initErrors.length > 0);
    if ((judged.changes && (replaces(judged) || triggered)) || old.pendingReplacement)
      return planReplacement(this.#deploying, this.plans, goal, old, next, judged, provider, () =>
        ordered
          ? next.inputs
          : checkInputs(
              this.#deploying,
              goal,
              next,
              this.#deploying.interrupted.get(next.urn)?.inputs,
              goal.properties,
              provider,
            ),
      );
    const details = {
      with: provider,
      ignoreChanges: goal.ignoreChanges,
      diffs: judged.changedKeys,
      detailedDiff: judged.detailed,
    };
    if (judged.changes || old.initErrors.length > 0) return [makeStep("update", old, next, details)];
    return [makeStep("same", old, next)];
  }
}

/** Whether the trigger asks for a replacement. None before or none now is no reason, what is not known yet is one. */
function triggers(old: ResourceState, next: ResourceState): boolean {
  const [before, after] = [withoutSecrets(old.replacementTrigger), withoutSecrets(next.replacementTrigger)];
  if (hasUnknowns(before) || hasUnknowns(after)) return true;
  return before !== null && after !== null && !equal(before, after);
}
