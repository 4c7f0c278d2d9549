/** What is left when a program has said all it wants: those resources are deleted, dependants first. */
import type { ResourceState } from "../state/resource.ts";
import type { Deploying } from "./context.ts";
import { deletionRounds, transitiveDependencies } from "./dependencies.ts";
import { PlanError, type Failure } from "./failure.ts";
import { perform, type Performed } from "./performer.ts";
import type { Plans } from "./plans.ts";
import { providerOfOld } from "./replacing.ts";
import { makeStep, type Step } from "./step.ts";
import { deletable, keepingSteps } from "./targeting.ts";

/** Deletes what is left; gives why that failed, if it did. `failed` are resources that failed before. */
export async function deleteRest(
  deploying: Deploying,
  plans: Plans,
  failed: readonly ResourceState[],
  stopped: () => boolean,
): Promise<Failure | undefined> {
  try {
    return (await performDeletes(deploying, plans, failed, stopped)) ? undefined : { kind: "step" };
  } catch (error) {
    if (!(error instanceof PlanError)) throw error;
    if (error.message) deploying.reporter.diagnostic({ urn: error.urn, severity: "error", message: error.message });
    return { kind: "plan" };
  }
}

/** Deletes everything in the operation's scope that has not been operated on. Gives whether all went well. */
async function performDeletes(
  deploying: Deploying,
  plans: Plans,
  earlier: readonly ResourceState[],
  stopped: () => boolean,
): Promise<boolean> {
  const states = deploying.snapshot.current().resources;
  const may = await deletable(deploying, plans);
  await keepUntargeted(deploying, plans, states, may);
  const doomed = states.filter((state) => mayGo(state, may) && (state.delete || !plans.operated.has(state.urn)));
  const steps = new Map<ResourceState, Step>();
  for (const state of doomed) {
    plans.deleted.add(state.urn);
    steps.set(state, await planDelete(deploying, state));
  }
  for (const state of plans.gone.filter((state) => mayGo(state, may))) {
    doomed.push(state);
    steps.set(state, makeStep("delete-replaced", state, undefined, { logical: false }));
  }
  const named = reportUnnamed(deploying, doomed);
  return (await performRounds(deploying, plans, doomed, steps, earlier, stopped)) && named;
}

const mayGo = (state: ResourceState, may: ((urn: string) => boolean) | undefined) => may?.(state.urn) ?? true;

/** Rounds go one after the other. `earlier` are resources that failed before: what they need stays. */
async function performRounds(
  deploying: Deploying,
  plans: Plans,
  doomed: readonly ResourceState[],
  steps: ReadonlyMap<ResourceState, Step>,
  earlier: readonly ResourceState[],
  stopped: () => boolean,
): Promise<boolean> {
  const states = deploying.snapshot.current().resources;
  const failed: ResourceState[] = [];
  let halted = false;
  for (const round of deletionRounds(doomed)) {
    // What a resource that could not be deleted needs must stay.
    const needed = transitiveDependencies(states, [...earlier, ...failed]);
    const able = round.filter((state) => !needed.has(state.urn));
    const results = await deploying.parallel.all(able, (state): Promise<Performed | undefined> | undefined => {
      if (halted || stopped()) return undefined;
      return perform(deploying, plans, steps.get(state)!).then((done) => {
        // A protected resource keeps the others from nothing; any other failure ends the operation.
        if (done.failed && !state.protect && !deploying.continueOnError) halted = true;
        return done;
      });
    });
    failed.push(...able.filter((_, i) => results[i]?.failed));
    if (halted || stopped()) return false;
  }
  return failed.length === 0;
}

async function planDelete(deploying: Deploying, state: ResourceState): Promise<Step> {
  if (!state.delete && state.pendingReplacement) return makeStep("remove-pending-replace", state, undefined);
  const provider = state.retainOnDelete || state.external ? undefined : await providerOfOld(deploying, state);
  if (state.delete)
    return makeStep(state.external ? "discard-replaced" : "delete-replaced", state, undefined, {
      with: provider,
      logical: false,
    });
  return makeStep(state.external ? "discard" : "delete", state, undefined, { with: provider });
}

async function keepUntargeted(
  deploying: Deploying,
  plans: Plans,
  states: readonly ResourceState[],
  may: ((urn: string) => boolean) | undefined,
): Promise<void> {
  const olds = new Map(states.filter((state) => !state.delete).map((state) => [state.urn, state]));
  const left = states.filter((state) => !mayGo(state, may) && !plans.operated.has(state.urn));
  for (const state of left) {
    const condemned = [makeStep("same", state, state, { untargeted: true })];
    for (const step of state.delete ? condemned : keepingSteps(olds, plans, state))
      await perform(deploying, plans, step);
  }
}

/** Whatever goes along with a target must have been named too, or be meant by `--target-dependents`. */
function reportUnnamed(deploying: Deploying, doomed: readonly ResourceState[]): boolean {
  const { targets, targetDependents } = deploying.scope;
  const unnamed = targets.constrained && !targetDependents ? doomed.filter(({ urn }) => !targets.has(urn)) : [];
  for (const { urn } of unnamed)
    deploying.reporter.diagnostic({
      urn,
      severity: "error",
      message:
        `Resource '${urn}' will be destroyed but was not specified in --target list.\n` +
        "Either include resource in --target list or pass --target-dependents to proceed.",
    });
  if (unnamed.length > 0 && !deploying.preview) throw new PlanError("", "");
  return unnamed.length === 0;
}
