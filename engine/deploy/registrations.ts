/** Takes registrations from the program, plans each in turn and performs them side by side. */
import { TealError } from "../../model/errors.ts";
import type { ResourceState } from "../state/resource.ts";
import { formatProviderReference, isProviderType, makeUrn, packageOf } from "../state/urn.ts";
import { equal, type PropertyMap } from "../values/property.ts";
import type { Deploying } from "./context.ts";
import { PlanError, Stopped, type Failure } from "./failure.ts";
import { directDependencies } from "./dependencies.ts";
import { Gate } from "./gate.ts";
import { inheriting, type Goal } from "./goal.ts";
import { callFunction, type FunctionCall } from "./invoking.ts";
import { perform, type Performed } from "./performer.ts";
import { Planner } from "./planner.ts";
import { isRootStack } from "./plans.ts";
import { defaultProvider, isDefaultDenied } from "./providerResources.ts";
import type { Step } from "./step.ts";

export interface ReadGoal {
  readonly goal: Goal;
  readonly id: string;
}

/** What the program is told of a resource. */
export interface Registered {
  readonly state: Pick<ResourceState, "urn" | "id" | "outputs">;
  /** Number of a `Result`; 0 for success. */
  readonly result: number;
  /** It was left out: nothing is known of it. */
  readonly unknown: boolean;
}

/** Numbers of `Result`. */
const [succeeded, failed, skipped] = [0, 1, 2] as const;

export class Registrations {
  readonly planner: Planner;
  readonly #deploying: Deploying;
  readonly #gate: Gate;
  readonly #goals = new Map<string, Goal>();
  /** Resources that failed, and those that could not be made for want of them. */
  readonly #lost = new Set<string>();
  readonly #failedStates: ResourceState[] = [];
  readonly #defaults = new Map<string, Promise<string>>();
  readonly #registered = new Map<string, Performed>();
  readonly #running = new Set<Promise<unknown>>();
  /** Deletions ahead of a replacement, by the state that goes: whether it went. */
  readonly #deletions = new Map<ResourceState, PromiseWithResolvers<boolean>>();
  #planning: Promise<unknown> = Promise.resolve();
  #failure: Failure | undefined;
  #rootOutputs: { urn: string; outputs: PropertyMap } | undefined;
  readonly #onFailure: () => void;

  constructor(deploying: Deploying, onFailure: () => void) {
    this.#deploying = deploying;
    this.#gate = new Gate(() => this.#running.size);
    this.#onFailure = onFailure;
    this.planner = new Planner(deploying);
  }

  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Ends the operation: what runs is finished, nothing more begins. The first reason counts. */
  fail(failure: Failure): void {
    if (this.#failure) return;
    this.#failure = failure;
    this.#onFailure();
  }

  /** Whether all that was begun has gone well so far. */
  get sound(): boolean {
    return this.#lost.size === 0 && this.planner.plans.errors === 0;
  }

  /** The resources that failed while others went on. */
  get failedStates(): readonly ResourceState[] {
    return this.#failedStates;
  }

  /** Registers a resource; answers when it is as wanted. */
  register(asked: Goal): Promise<Registered> {
    return this.#track(async () => {
      const goal = inheriting(asked, this.#goals.get(asked.parent));
      const provider = await this.#providerFor(goal);
      const registered = await this.#run(() => this.planner.plan({ ...goal, provider }));
      this.#goals.set(registered.state.urn, { ...goal, provider });
      return registered;
    });
  }

  /** Reads a resource that another owns. */
  read({ goal, id }: ReadGoal): Promise<Registered> {
    return this.#track(async () => {
      const provider = await this.#providerFor(goal);
      const registered = await this.#run(() => this.planner.planRead({ ...goal, provider }, id));
      // Who reads is told of nothing but success.
      if (registered.result !== succeeded) throw new Stopped();
      return registered;
    });
  }

  /** Calls a function of a package; fails as the function does. */
  async invoke(call: FunctionCall): Promise<PropertyMap> {
    const called = await this.#track(async () => {
      await this.#deploying.registry.function(call.token);
      const provider = call.provider || (await this.#defaultProvider(call.token, call.version, call.token));
      return callFunction(this.#deploying, { ...call, provider });
    });
    if ("error" in called) throw called.error;
    return called.result;
  }

  /** Sets the outputs of a component. The stack's own are kept until the end: only then is it known how it went. */
  async registerOutputs(urn: string, outputs: PropertyMap): Promise<void> {
    if (isRootStack(urn)) this.#rootOutputs = { urn, outputs };
    else await this.#track(() => Promise.resolve(this.#setOutputs(urn, outputs)));
  }

  /** The stack's outputs; those of before stay where a failed run did not come to set them. */
  finishRoot(): PropertyMap {
    const urn = makeUrn(
      this.#deploying.id,
      undefined,
      "pulumi:pulumi:Stack",
      `${this.#deploying.id.project}-${this.#deploying.id.stack}`,
    );
    const performed = this.#registered.get(urn);
    const before = performed?.step.old?.outputs ?? {};
    if (!performed || !this.#rootOutputs) return performed?.state?.outputs ?? before;
    const outputs = this.#failure ? { ...before, ...this.#rootOutputs.outputs } : this.#rootOutputs.outputs;
    this.#setOutputs(urn, outputs);
    return outputs;
  }

  /** Waits until no registration is under way. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  #setOutputs(urn: string, outputs: PropertyMap): void {
    const performed = this.#registered.get(urn);
    const state = performed?.state;
    if (performed?.step.skipped) return;
    if (!performed || !state)
      throw new PlanError(urn, `cannot complete a resource '${urn}' whose registration isn't pending`);
    const changed = equal(state.outputs, outputs) ? state : { ...state, outputs };
    if (changed !== state) this.#deploying.snapshot.amend(state, changed);
    const step = { ...performed.step, new: changed };
    this.#registered.set(urn, { ...performed, step, state: changed });
    this.#deploying.reporter.outputs(step);
  }

  #track<T>(work: () => Promise<T>): Promise<T> {
    this.#gate.asked();
    if (this.#failure) return Promise.reject(new Stopped());
    const run = work().catch((error: unknown) => {
      this.#explain(error);
      throw new Stopped();
    });
    this.#running.add(run);
    void run.catch(() => undefined).finally(() => this.#running.delete(run));
    return run;
  }

  /** Tells the user why a resource could not be planned, and ends the operation. */
  #explain(error: unknown): void {
    if (error instanceof Stopped) return;
    if (error instanceof TealError && error.code === "engine_unsupported") this.fail({ kind: "refused", error });
    const urn = error instanceof PlanError ? error.urn : "";
    const message = error instanceof Error ? error.message : String(error);
    if (message) this.#deploying.reporter.diagnostic({ urn, severity: "error", message });
    this.fail({ kind: "plan" });
  }

  async #run(plan: () => Promise<Step[]>): Promise<Registered> {
    const planned = this.#planning.then(async () => {
      if (this.#failure) throw new Stopped();
      return this.#announced(await plan());
    });
    this.#planning = planned.catch(() => undefined);
    const steps = await planned;
    try {
      return await this.#take(steps);
    } finally {
      for (const { old, deleteBeforeReplace } of steps)
        if (deleteBeforeReplace) this.#deletions.get(old!)!.resolve(false);
    }
  }

  /** Takes the steps of one resource, one after the other. */
  async #take(steps: readonly Step[]): Promise<Registered> {
    const about = steps.at(-1)!.new!;
    let last: Performed | undefined;
    for (const step of steps) {
      if (this.#wantsLost(step) || !(await this.#isFree(step))) return this.#lose(about, skipped);
      const done = await this.#perform(step);
      if (!done.failed && step.deleteBeforeReplace) this.#deletions.get(step.old!)!.resolve(true);
      if (done.failed && this.#deploying.continueOnError) {
        this.#failedStates.push(step.old ?? about);
        return this.#lose(about, failed);
      }
      if (done.failed) {
        this.fail({ kind: "step" });
        throw new Stopped();
      }
      if (done.state && step.op !== "replace") last = done;
    }
    this.#registered.set(last!.step.urn, last!);
    return { state: last!.state!, result: succeeded, unknown: last!.step.skipped ?? false };
  }

  #announced(steps: Step[]): Step[] {
    for (const { old, deleteBeforeReplace } of steps)
      if (deleteBeforeReplace) this.#deletions.set(old!, Promise.withResolvers<boolean>());
    return steps;
  }

  /**
   * Waits until what the step replaces is gone. Another's replacement may delete it, and a resource that no longer depends
   * on that other doesn't wait for it by itself. False where it didn't go.
   */
  async #isFree({ op, old }: Step): Promise<boolean> {
    const deletion = (op === "replace" || op === "create-replacement") && this.#deletions.get(old!);
    if (!deletion || this.#deploying.preview) return true;
    await this.#gate.pass();
    const went = await deletion.promise;
    if (!went && this.#failure) throw new Stopped();
    return went;
  }

  #wantsLost(step: Step): boolean {
    if (this.#lost.size === 0) return false;
    return [...directDependencies((step.new ?? step.old)!)].some((urn) => this.#lost.has(urn));
  }

  #lose(state: ResourceState, result: number): Registered {
    this.#lost.add(state.urn);
    return { state, result, unknown: false };
  }

  /** Steps that a provider takes part in are bounded, and wait until nothing speaks against touching anything. */
  async #perform(step: Step): Promise<Performed> {
    const work = () => {
      if (this.#failure) throw new Stopped();
      return perform(this.#deploying, this.planner.plans, step);
    };
    if (!step.with || step.op === "same") return work();
    if (!step.op.startsWith("read") && !this.#deploying.preview) await this.#gate.pass();
    return this.#deploying.parallel.run(work);
  }

  #providerFor(goal: Goal): Promise<string> | string {
    if (!goal.custom || isProviderType(goal.type) || goal.provider) return goal.provider;
    return this.#defaultProvider(
      goal.type,
      goal.version,
      makeUrn(this.#deploying.id, goal.parent, goal.type, goal.name),
    );
  }

  /** A reference to the provider of the package of `type`; `of` is what wants it. */
  #defaultProvider(type: string, version: string, of: string): Promise<string> {
    if (isDefaultDenied(type, this.#deploying.config))
      throw new PlanError(
        "",
        `Default provider for '${packageOf(type)}' disabled. '${of}' must use an explicit provider.`,
      );
    const wanted = defaultProvider(type, version, this.#deploying.config);
    const key = `${wanted.type} ${wanted.name}`;
    let reference = this.#defaults.get(key);
    if (!reference) {
      reference = this.#run(() => this.planner.plan(wanted)).then(({ state }) => formatProviderReference(state));
      this.#defaults.set(key, reference);
    }
    return reference;
  }
}
