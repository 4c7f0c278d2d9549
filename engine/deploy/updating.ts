/** An update: the program runs, what it wants is made so, and what it left out goes. */
import { isProviderType } from "../state/urn.ts";
import type { Deploying } from "./context.ts";
import { deleteRest } from "./deletes.ts";
import type { Failure } from "./failure.ts";
import { serveMonitor } from "./monitor.ts";
import type { Ended, Operation } from "./operation.ts";
import { runProgram } from "./program.ts";
import { Registrations } from "./registrations.ts";
import { rehearse } from "./rehearsal.ts";
import { reportUnknownTargets } from "./targeting.ts";

/**
 * How long a program is waited for when the operation has failed, in milliseconds. It may never end: the SDK leaves
 * whatever waits for a resource that will not come waiting. Nobody listens to it any more, so that does no harm.
 */
const programGrace = 100;

export async function update(operation: Operation, deploying: Deploying): Promise<Ended> {
  const refused = await refusedByRehearsal(operation, deploying);
  if (refused) return { failure: refused, outputs: {} };
  let stop: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  const registrations = new Registrations(deploying, () => stop());
  const abort = () => registrations.fail({ kind: "cancelled" });
  operation.signal.addEventListener("abort", abort);
  if (operation.signal.aborted) abort();
  let finished: Promise<void> | undefined;
  const finish = () => (finished ??= finishUpdate(deploying, registrations));
  const monitor = await serveMonitor(deploying, registrations, operation.parallel, finish);
  try {
    const program = runProgram({ ...operation, client: operation.client!, monitor: monitor.address });
    const end = await Promise.race([program.ended, stopped.then(() => endWithin(program.ended, programGrace))]);
    program.cancel();
    if (end && !end.ok && !registrations.failure) {
      deploying.reporter.diagnostic({ urn: "", severity: "error", message: end.message });
      registrations.fail({ kind: "program" });
    }
    await finish();
    return { failure: registrations.failure, outputs: registrations.finishRoot() };
  } finally {
    operation.signal.removeEventListener("abort", abort);
    monitor.close();
  }
}

/** State tells what packages a stack uses, unless it is new. */
async function refusedByRehearsal(operation: Operation, deploying: Deploying): Promise<Failure | undefined> {
  const known = deploying.base.some((state) => state.custom && !isProviderType(state.type));
  return operation.preview || known ? undefined : rehearse(deploying, { ...operation, client: operation.client! });
}

/** The program has said all it wants: what it left out goes. */
async function finishUpdate(deploying: Deploying, registrations: Registrations): Promise<void> {
  await registrations.settled();
  if (registrations.failure) return;
  const failure = await deleteRest(
    deploying,
    registrations.planner.plans,
    registrations.failedStates,
    () => registrations.failure !== undefined,
  );
  const { seen } = registrations.planner.plans;
  const missing = reportUnknownTargets(deploying, deploying.scope.targets, seen);
  if (failure) registrations.fail(failure);
  else if (missing) registrations.fail({ kind: "plan" });
  else if (!registrations.sound) registrations.fail({ kind: "step" });
}

async function endWithin<T>(ended: Promise<T>, milliseconds: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(resolve, milliseconds, undefined)));
  try {
    return await Promise.race([ended, late]);
  } finally {
    clearTimeout(timer);
  }
}
