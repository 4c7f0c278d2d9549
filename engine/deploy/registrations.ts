/** Takes registrations from the program, plans each in turn and performs them side by side. */
import { TealError } from "../../model/errors.ts";
import type { ResourceState } from "../state/resource.ts";
import { formatProviderReference, isProviderType, makeUrn } from "../state/urn.ts";
import { equal, type PropertyMap } from "../values/property.ts";
import type { Deploying } from "./context.ts";
import { PlanError, Stopped, type Failure } from "./failure.ts";
import type { Goal } from "./goal.ts";
import { perform, type Performed } from "./performer.ts";
import { Planner } from "./planner.ts";
import { isRootStack } from "./plans.ts";
import { defaultProvider } from "./providerResources.ts";
import type { Step } from "./step.ts";

export interface ReadGoal {
  readonly goal: Goal;
  readonly id: string;
}

export class Registrations {
  readonly planner: Planner;
  readonly #deploying: Deploying;
  readonly #parallel: number;
  readonly #defaults = new Map<string, Promise<string>>();
  readonly #registered = new Map<string, Performed>();
  readonly #running = new Set<Promise<unknown>>();
  readonly #waiting: (() => void)[] = [];
  #active = 0;
  #planning: Promise<unknown> = Promise.resolve();
  #failure: Failure | undefined;
  #rootOutputs: { urn: string; outputs: PropertyMap } | undefined;
  readonly #onFailure: () => void;

  constructor(deploying: Deploying, parallel: number, onFailure: () => void) {
    this.#deploying = deploying;
    this.#parallel = parallel;
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
    for (const go of this.#waiting.splice(0)) go();
    this.#onFailure();
  }

  /** Registers a resource; gives its state when it is as wanted. */
  register(goal: Goal): Promise<ResourceState> {
    return this.#track(async () => {
      const provider = await this.#providerFor(goal);
      return this.#run(() => this.planner.plan({ ...goal, provider }));
    });
  }

  /** Reads a resource that another owns. */
  read({ goal, id }: ReadGoal): Promise<ResourceState> {
    return this.#track(async () => {
      const provider = await this.#providerFor(goal);
      return this.#run(async () => [await this.planner.planRead({ ...goal, provider }, id)]);
    });
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
    if (!performed || !state)
      throw new PlanError(urn, `cannot complete a resource '${urn}' whose registration isn't pending`);
    const changed = equal(state.outputs, outputs) ? state : { ...state, outputs };
    if (changed !== state) this.#deploying.snapshot.amend(state, changed);
    const step = { ...performed.step, new: changed };
    this.#registered.set(urn, { ...performed, step, state: changed });
    this.#deploying.reporter.outputs(step);
  }

  #track<T>(work: () => Promise<T>): Promise<T> {
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
    this.fail({ kind: "step" });
  }

  async #run(plan: () => Promise<Step[]>): Promise<ResourceState> {
    const planned = this.#planning.then(() => {
      if (this.#failure) throw new Stopped();
      return plan();
    });
    this.#planning = planned.catch(() => undefined);
    const steps = await planned;
    let last: Performed | undefined;
    for (const step of steps) {
      const done = await this.#limited(step, () => perform(this.#deploying, this.planner.plans, step));
      if (done.failed) {
        this.fail({ kind: "step" });
        throw new Stopped();
      }
      if (done.state && step.op !== "replace") last = done;
    }
    this.#registered.set(last!.step.urn, last!);
    return last!.state!;
  }

  /** Bounds how many steps talk to providers at once; steps that don't go straight on. */
  async #limited<T>(step: Step, work: () => Promise<T>): Promise<T> {
    if (!step.with || step.op === "same") return work();
    while (this.#active >= this.#parallel && !this.#failure) await new Promise<void>((go) => this.#waiting.push(go));
    if (this.#failure) throw new Stopped();
    this.#active++;
    try {
      return await work();
    } finally {
      this.#active--;
      this.#waiting.shift()?.();
    }
  }

  #providerFor(goal: Goal): Promise<string> | string {
    if (!goal.custom || isProviderType(goal.type) || goal.provider) return goal.provider;
    const wanted = defaultProvider(goal.type, goal.version, this.#deploying.config);
    const key = `${wanted.type} ${wanted.name}`;
    let reference = this.#defaults.get(key);
    if (!reference) {
      reference = this.#run(() => this.planner.plan(wanted)).then((state) => formatProviderReference(state));
      this.#defaults.set(key, reference);
    }
    return reference;
  }
}
