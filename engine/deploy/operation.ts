/** One `up`, `preview`, `refresh` or `destroy`, from the state before to the state after. */
import { openEventLog } from "../events/log.ts";
import type { Services } from "../providers/provider.ts";
import type { Deployment } from "../state/deployment.ts";
import type { ResourceState } from "../state/resource.ts";
import { isProviderType, makeUrn, stackType, type StackId } from "../state/urn.ts";
import type { PropertyMap } from "../values/property.ts";
import type { PlainConfigValue } from "../workspace/config.ts";
import type { Deploying } from "./context.ts";
import { performDeletes } from "./deletes.ts";
import type { Failure } from "./failure.ts";
import { serveMonitor } from "./monitor.ts";
import { noPlans } from "./plans.ts";
import { runProgram } from "./program.ts";
import { performRefreshes } from "./refresh.ts";
import { Registrations } from "./registrations.ts";
import { Registry } from "./registry.ts";
import { Reporter } from "./reporter.ts";
import { Snapshot, type WriteDeployment } from "./snapshot.ts";

export type OperationKind = "update" | "preview" | "refresh" | "destroy";

export interface Operation {
  readonly kind: OperationKind;
  readonly id: StackId;
  /** Nothing is changed, only told. */
  readonly preview: boolean;
  /** Brings state up to date with what is there before anything else. */
  readonly refreshFirst: boolean;
  readonly before: Deployment;
  readonly write: WriteDeployment;
  readonly config: Readonly<Record<string, PlainConfigValue>>;
  readonly services: Services;
  readonly directory: string;
  /** Where the program is served; only an update or preview needs it. */
  readonly client: string | undefined;
  readonly parallel: number;
  readonly eventLog: string | undefined;
  readonly onOutput: (text: string) => void;
  readonly debug: boolean;
  readonly signal: AbortSignal;
}

export interface OperationResult {
  readonly failure: Failure | undefined;
  readonly changes: Readonly<Record<string, number>>;
  readonly errors: readonly string[];
}

/**
 * How long a program is waited for when the operation has failed, in milliseconds. It may never end: the SDK leaves
 * whatever waits for a resource that will not come waiting. Nobody listens to it any more, so that does no harm.
 */
const programGrace = 100;

export async function runOperation(operation: Operation): Promise<OperationResult> {
  await refuseUnsupported(operation);
  const log = openEventLog(operation.eventLog);
  const rootUrn = makeUrn(operation.id, undefined, stackType, `${operation.id.project}-${operation.id.stack}`);
  const secrets = Object.values(operation.config).flatMap(({ secret, value }) => (secret ? [value] : []));
  const reporter = new Reporter({
    ...operation,
    stack: operation.id.stack,
    rootUrn,
    log,
    write: operation.onOutput,
    secrets,
  });
  try {
    reporter.prelude(
      Object.fromEntries(
        Object.entries(operation.config).map(([key, { secret, value }]) => [key, secret ? "[secret]" : value]),
      ),
    );
    const { failure, outputs } = await perform(operation, reporter);
    if (failure?.kind === "step")
      reporter.diagnostic({
        urn: "",
        severity: "error",
        message: operation.preview ? "preview failed" : "update failed",
      });
    reporter.finish(failure === undefined, outputs);
    return { failure, changes: reporter.changes, errors: reporter.errors.map((error) => error.message) };
  } finally {
    await log.close();
  }
}

/** What this engine can't act on is refused while nothing has been touched. */
async function refuseUnsupported(operation: Operation): Promise<void> {
  const registry = new Registry(operation.services, []);
  const types = new Set(operation.before.resources.filter((state) => state.custom).map((state) => state.type));
  for (const type of types) await registry.package(type);
}

interface Ended {
  readonly failure: Failure | undefined;
  readonly outputs: PropertyMap;
}

async function perform(operation: Operation, reporter: Reporter): Promise<Ended> {
  const repaired = repairPending(operation, reporter);
  let base = repaired.base;
  if (operation.refreshFirst || operation.kind === "refresh") {
    const deploying = startDeploying(operation, reporter, base, repaired.interrupted, repaired.dirty);
    const went = await performRefreshes(deploying);
    await deploying.snapshot.flush();
    base = deploying.snapshot.current().resources;
    if (!went) return { failure: { kind: "step" }, outputs: {} };
    if (operation.kind === "refresh") return { failure: cancelled(operation), outputs: rootOutputs(base) };
  }
  const deploying = startDeploying(operation, reporter, base, repaired.interrupted, repaired.dirty);
  const ended = operation.kind === "destroy" ? await destroy(operation, deploying) : await update(operation, deploying);
  await deploying.snapshot.flush();
  return ended;
}

function cancelled(operation: Operation): Failure | undefined {
  return operation.signal.aborted ? { kind: "cancelled" } : undefined;
}

function rootOutputs(resources: readonly ResourceState[]): PropertyMap {
  return resources.find((state) => state.type === stackType)?.outputs ?? {};
}

interface Repaired {
  readonly base: readonly ResourceState[];
  readonly interrupted: ReadonlyMap<string, ResourceState>;
  readonly dirty: boolean;
}

/**
 * Operations that a crash left pending. Creations may have made their object: it is adopted when the program asks for
 * it again. Updates and deletions are simply done again.
 */
function repairPending(operation: Operation, reporter: Reporter): Repaired {
  const pending = operation.before.pendingOperations;
  const creations = pending.filter(({ type }) => type === "creating");
  if (creations.length > 0) {
    const list = creations.map(({ resource }) => `  * ${resource.urn}, interrupted while creating`).join("\n");
    reporter.diagnostic({
      urn: "",
      severity: "warning",
      message: `Attempting to deploy or update resources with ${creations.length} pending operations from previous deployment.\n${list}\nResources found to exist already are adopted.`,
    });
  }
  return {
    base: operation.before.resources,
    interrupted: new Map(creations.map(({ resource }) => [resource.urn, resource])),
    dirty: pending.length > 0,
  };
}

function startDeploying(
  operation: Operation,
  reporter: Reporter,
  base: readonly ResourceState[],
  interrupted: Repaired["interrupted"],
  dirty: boolean,
): Deploying {
  const write: WriteDeployment = operation.preview ? () => Promise.resolve() : operation.write;
  return {
    id: operation.id,
    preview: operation.preview,
    base,
    registry: new Registry(
      operation.services,
      base.filter((state) => isProviderType(state.type)),
    ),
    reporter,
    snapshot: new Snapshot(base, write, dirty),
    signal: operation.signal,
    interrupted,
    config: Object.fromEntries(Object.entries(operation.config).map(([key, { value }]) => [key, value])),
  };
}

async function destroy(operation: Operation, deploying: Deploying): Promise<Ended> {
  const went = await performDeletes(deploying, noPlans(), () => operation.signal.aborted);
  const failure = cancelled(operation) ?? (went ? undefined : ({ kind: "step" } as const));
  return { failure, outputs: rootOutputs(deploying.snapshot.current().resources) };
}

async function update(operation: Operation, deploying: Deploying): Promise<Ended> {
  let stop: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  const registrations = new Registrations(deploying, operation.parallel, () => stop());
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

/** The program has said all it wants: what it left out goes. */
async function finishUpdate(deploying: Deploying, registrations: Registrations): Promise<void> {
  await registrations.settled();
  if (registrations.failure) return;
  const went = await performDeletes(deploying, registrations.planner.plans, () => registrations.failure !== undefined);
  if (!went) registrations.fail({ kind: "step" });
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
