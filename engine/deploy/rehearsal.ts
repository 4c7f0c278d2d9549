/**
 * A run of the program in which nothing happens, to see what it will ask for. It is for stacks of which state can't tell
 * that: what the engine does not do is then refused before anything is touched, even where the program comes to it only
 * with an output of what is yet to be made.
 */
import { silentDisplay } from "../events/display.ts";
import type { EventLog } from "../events/log.ts";
import { makeUrn } from "../state/urn.ts";
import type { PropertyMap } from "../values/property.ts";
import { unknownMarker } from "../values/signatures.ts";
import type { Deploying } from "./context.ts";
import type { Failure } from "./failure.ts";
import type { Goal } from "./goal.ts";
import type { FunctionCall } from "./invoking.ts";
import { serveMonitor, type Asked } from "./monitor.ts";
import { runProgram, type ProgramRun } from "./program.ts";
import type { Registered } from "./registrations.ts";
import { Reporter } from "./reporter.ts";

/** How long a program may say nothing before it is taken to wait for what only a real run gives, in milliseconds. */
const longestSilence = 100;

/** Gives why the program can't be run here, if so. Any other failure is for the real run to show. */
export async function rehearse(
  deploying: Deploying,
  run: Omit<ProgramRun, "monitor" | "preview">,
): Promise<Failure | undefined> {
  const quiet = { ...deploying, preview: true, reporter: silentReporter() };
  const asked = new Rehearsal(quiet);
  const monitor = await serveMonitor(quiet, asked, run.parallel, () => Promise.resolve());
  const program = runProgram({ ...run, preview: true, monitor: monitor.address });
  // One that is left waiting goes on being answered: an error of its own would be taken for one of the real run.
  void program.ended.then(() => monitor.close());
  await Promise.race([program.ended, asked.decided(deploying.signal)]);
  if (asked.failure) program.cancel();
  return asked.failure;
}

class Rehearsal implements Asked {
  failure: Failure | undefined;
  readonly #deploying: Deploying;
  #latest = performance.now();

  constructor(deploying: Deploying) {
    this.#deploying = deploying;
  }

  register(goal: Goal): Promise<Registered> {
    return this.#answer(goal, goal.custom ? unknownMarker : "");
  }

  read({ goal, id }: { goal: Goal; id: string }): Promise<Registered> {
    return this.#answer(goal, id);
  }

  registerOutputs(): Promise<void> {
    this.#latest = performance.now();
    return Promise.resolve();
  }

  /** What there is to call decodes manifests: none until the real run. */
  async invoke({ token }: FunctionCall): Promise<PropertyMap> {
    this.#latest = performance.now();
    await this.#deploying.registry.function(token);
    return { result: [] };
  }

  fail(failure: Failure): void {
    this.failure ??= failure;
  }

  /** Resolves when something was refused, the operation is given up, or nothing has been asked for some time. */
  async decided(signal: AbortSignal): Promise<void> {
    while (!this.failure && !signal.aborted && performance.now() - this.#latest < longestSilence)
      await new Promise((resolve) => setTimeout(resolve, 5));
  }

  async #answer(goal: Goal, id: string): Promise<Registered> {
    this.#latest = performance.now();
    if (goal.custom) await this.#deploying.registry.package(goal.type);
    const urn = makeUrn(this.#deploying.id, goal.parent, goal.type, goal.name);
    return { state: { urn, id, outputs: {} }, result: 0, unknown: false };
  }
}

function silentReporter(): Reporter {
  const log: EventLog = { send: () => undefined, close: () => Promise.resolve() };
  return new Reporter({
    kind: "preview",
    preview: true,
    log,
    display: silentDisplay,
    color: "never",
    debug: false,
    secrets: [],
  });
}
