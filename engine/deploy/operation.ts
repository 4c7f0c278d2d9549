/** One `up`, `preview`, `refresh` or `destroy`, from the state before to the state after. */
import type { Display } from "../events/display.ts";
import { openEventLog } from "../events/log.ts";
import type { Colorization } from "../events/text/colors.ts";
import type { Packages } from "../providers/packages.ts";
import type { Services } from "../providers/provider.ts";
import type { Deployment } from "../state/deployment.ts";
import type { ResourceState } from "../state/resource.ts";
import { isProviderType, stackType, type StackId } from "../state/urn.ts";
import type { PropertyMap } from "../values/property.ts";
import type { PlainConfigValue } from "../workspace/config.ts";
import type { Deploying } from "./context.ts";
import { deleteRest } from "./deletes.ts";
import type { Failure } from "./failure.ts";
import { Parallel } from "./parallel.ts";
import { noPlans } from "./plans.ts";
import { performRefreshes, statesMeant } from "./refresh.ts";
import { Registry } from "./registry.ts";
import { Reporter } from "./reporter.ts";
import { changes, Snapshot, type WriteDeployment } from "./snapshot.ts";
import { reportUnknownTargets } from "./targeting.ts";
import type { Scope } from "./targets.ts";
import { update } from "./updating.ts";

export type OperationKind = "update" | "preview" | "refresh" | "destroy";

export interface Operation {
  readonly kind: OperationKind;
  readonly id: StackId;
  /** Nothing is changed, only told. */
  readonly preview: boolean;
  /** Brings state up to date with what is there before anything else. */
  readonly refreshFirst: boolean;
  /** Forgets what an earlier run began to make, whether it is there or not. */
  readonly clearPendingCreates: boolean;
  readonly before: Deployment;
  /** Who held the stack's lock and has died. */
  readonly brokenOff: readonly string[];
  readonly write: WriteDeployment;
  readonly config: Readonly<Record<string, PlainConfigValue>>;
  readonly packages: Packages;
  readonly services: Services;
  readonly directory: string;
  /** Where the program is served; only an update or preview needs it. */
  readonly client: string | undefined;
  readonly parallel: number;
  readonly scope: Scope;
  /** Goes on with what does not depend on a resource that failed. */
  readonly continueOnError: boolean;
  readonly eventLog: string | undefined;
  readonly display: Display;
  readonly color: Colorization;
  readonly debug: boolean;
  readonly signal: AbortSignal;
}

export interface OperationResult {
  readonly failure: Failure | undefined;
  readonly changes: Readonly<Record<string, number>>;
  readonly errors: readonly string[];
}

export async function runOperation(operation: Operation): Promise<OperationResult> {
  await refuseUnsupported(operation);
  const log = openEventLog(operation.eventLog);
  const secrets = Object.values(operation.config).flatMap(({ secret, value }) => (secret ? [value] : []));
  const reporter = new Reporter({ ...operation, log, secrets });
  try {
    reporter.prelude(
      Object.fromEntries(
        Object.entries(operation.config).map(([key, { secret, value }]) => [key, secret ? "[secret]" : value]),
      ),
    );
    const { failure } = await perform(operation, reporter);
    if (failure?.kind === "step" || failure?.kind === "cancelled") {
      const ended = failure.kind === "step" ? "failed" : "canceled";
      reporter.diagnostic({
        urn: "",
        severity: "error",
        message: `${operation.preview ? "preview" : "update"} ${ended}`,
      });
    }
    reporter.finish(failure === undefined);
    return { failure, changes: reporter.changes, errors: reporter.errors.map((error) => error.message) };
  } finally {
    await log.close();
  }
}

/** What this engine can't act on is refused while nothing has been touched. */
async function refuseUnsupported(operation: Operation): Promise<void> {
  const registry = new Registry(operation.packages, operation.services, []);
  const types = new Set(operation.before.resources.filter((state) => state.custom).map((state) => state.type));
  for (const type of types) await registry.package(type);
}

/** How an operation went, and the stack's outputs then. */
export interface Ended {
  readonly failure: Failure | undefined;
  readonly outputs: PropertyMap;
}

async function perform(operation: Operation, reporter: Reporter): Promise<Ended> {
  for (const holder of operation.brokenOff) {
    const message = `The stack was left locked by ${holder}, whose process has ended; the lock was removed.`;
    reporter.diagnostic({ urn: "", severity: "warning", message });
  }
  let before = leftPending(operation, reporter);
  const missing = missingTargets(operation, reporter);
  if (missing) return { failure: missing, outputs: {} };
  const refreshes = operation.refreshFirst || operation.kind === "refresh";
  const unsure = operation.kind === "destroy" ? [] : changesLeftPending(before);
  if (refreshes || unsure.length > 0) {
    const deploying = startDeploying(operation, reporter, before, before.dirty);
    const went = await performRefreshes(deploying, refreshes ? statesMeant(deploying) : unsure);
    await deploying.snapshot.flush();
    const { resources } = deploying.snapshot.current();
    before = { resources, pendingOperations: deploying.snapshot.unsettled, dirty: false };
    if (!went) return { failure: { kind: "step" }, outputs: {} };
    if (operation.kind === "refresh") return { failure: cancelled(operation), outputs: rootOutputs(resources) };
  }
  const deploying = startDeploying(operation, reporter, before, before.dirty);
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

/** Before anything is done, those named must be in the stack; what an update is to touch the program may yet register. */
function missingTargets(operation: Operation, reporter: Reporter): Failure | undefined {
  const { targets, excludes, replace } = operation.scope;
  const named = { reporter, base: operation.before.resources };
  const early = operation.kind === "destroy" || operation.kind === "refresh" || operation.refreshFirst;
  const checked = early ? [targets, excludes, replace] : [replace];
  const missing = checked.map((each) => reportUnknownTargets(named, each, new Set()));
  return missing.includes(true) ? { kind: "plan" } : undefined;
}

/**
 * The state before, with the operations that a crash left pending. Creations may have made their object: it is adopted
 * when the program asks for it again, and until then the operation stays on record, as Pulumi keeps it.
 */
function leftPending(operation: Operation, reporter: Reporter): Deployment & { readonly dirty: boolean } {
  const { resources, pendingOperations: all } = operation.before;
  const pending = operation.clearPendingCreates ? all.filter(({ type }) => type !== "creating") : all;
  const creations = pending.filter(({ type }) => type === "creating");
  if (creations.length > 0) {
    // More than one run may have been interrupted at the same resource.
    const urns = [...new Set(creations.map(({ resource }) => resource.urn))];
    const list = urns.map((urn) => `  * ${urn}, interrupted while creating`).join("\n");
    reporter.diagnostic({
      urn: "",
      severity: "warning",
      message: `Attempting to deploy or update resources with ${urns.length} pending operations from previous deployment.\n${list}\nResources found to exist already are adopted.`,
    });
  }
  return { resources, pendingOperations: pending, dirty: all.length > 0 };
}

/** Resources that a crash left in the midst of a change or deletion: nobody knows what they are now. */
function changesLeftPending({ resources, pendingOperations }: Deployment): readonly ResourceState[] {
  return resources.filter((state) => pendingOperations.some((operation) => changes(operation, state)));
}

function startDeploying(
  operation: Operation,
  reporter: Reporter,
  { resources: base, pendingOperations: pending }: Deployment,
  dirty: boolean,
): Deploying {
  const creations = pending.filter(({ type }) => type === "creating");
  const write: WriteDeployment = operation.preview ? () => Promise.resolve() : operation.write;
  return {
    id: operation.id,
    preview: operation.preview,
    base,
    registry: new Registry(
      operation.packages,
      operation.services,
      base.filter((state) => isProviderType(state.type)),
    ),
    reporter,
    snapshot: new Snapshot(base, write, { pending, dirty }),
    signal: operation.signal,
    interrupted: new Map(creations.map(({ resource }) => [resource.urn, resource])),
    config: operation.config,
    scope: operation.scope,
    parallel: new Parallel(operation.parallel),
    continueOnError: operation.continueOnError,
  };
}

async function destroy(operation: Operation, deploying: Deploying): Promise<Ended> {
  const failure = await deleteRest(deploying, noPlans(), [], () => operation.signal.aborted);
  return {
    failure: cancelled(operation) ?? failure,
    outputs: rootOutputs(deploying.snapshot.current().resources),
  };
}
