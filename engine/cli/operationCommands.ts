/** `pulumi up`, `preview`, `refresh` and `destroy`. */
import { availableParallelism } from "node:os";
import { TealError } from "../../model/errors.ts";
import type { Failure } from "../deploy/failure.ts";
import type { OperationKind, OperationResult } from "../deploy/operation.ts";
import { UrnTargets, type Scope } from "../deploy/targets.ts";
import { openDisplay } from "../events/openDisplay.ts";
import { colorizationOf } from "../events/text/colors.ts";
import { ensureLayout, writeStack } from "../state/backend.ts";
import { loadDeployment, storeDeployment, type Deployment } from "../state/deployment.ts";
import { addHistory, backUp, type HistoryEntry } from "../state/history.ts";
import { verifyIntegrity } from "../state/integrity.ts";
import { lockStack } from "../state/lock.ts";
import { makeUrn, stackType } from "../state/urn.ts";
import { unsupported } from "../unsupported.ts";
import type { PropertyMap } from "../values/property.ts";
import { clearConfig, plainConfig, type PlainConfigValue } from "../workspace/config.ts";
import { checkDeclared, withDefaults } from "../workspace/declared.ts";
import type { StoredConfig } from "../workspace/settings.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, Invocation } from "./command.ts";
import { updateMetadata } from "./metadata.ts";
import { operationFlags } from "./operationFlags.ts";
import { CommandFailure } from "./result.ts";
import { openStackWithSecrets, readStackNamed, shownName, stackOf, type StackWithSecrets } from "./stackContext.ts";

function operationCommand(kind: OperationKind): Command {
  return { ...operationFlags(kind), run: (invocation) => operate(kind, invocation) };
}

async function operate(kind: OperationKind, invocation: Invocation): Promise<string> {
  const { workspace, args } = invocation;
  checkArguments(kind, args);
  const preview = kind === "preview" || args.has("preview-only");
  const id = await stackOf(workspace, args);
  await ensureLayout(workspace.backend);
  // A preview changes nothing, so it takes no lock, and sees the stack as the last write left it.
  await using lock = preview ? undefined : await lockStack(workspace.backend, id);
  const stack = await openStackWithSecrets(workspace, id, args);
  const before = await deploymentBefore(invocation, stack, preview);
  const config = configOf(invocation, stack);
  const startTime = Date.now();
  let text = "";
  const write = (chunk: string) => {
    text += chunk;
    invocation.onOutput(chunk);
  };
  const { runOperation } = await import("../deploy/operation.ts");
  const result = await runOperation({
    kind,
    id,
    preview,
    refreshFirst: args.has("refresh"),
    clearPendingCreates: args.has("clear-pending-creates"),
    before,
    brokenOff: lock?.abandoned ?? [],
    write: writer(invocation, stack),
    config: config.plain,
    packages: invocation.packages,
    services: { env: workspace.env, stackOutputs: (name) => stackOutputs(invocation, name) },
    directory: workspace.directory,
    client: args.get("client"),
    parallel: Number(args.get("parallel") ?? 0) || availableParallelism() * 4,
    scope: scopeOf(args, before),
    continueOnError: args.has("continue-on-error"),
    eventLog: args.get("event-log"),
    display: displayOf(kind, preview, invocation, stack, write),
    color: colorizationOf(args.get("color")),
    debug: args.has("debug"),
    signal: lock ? AbortSignal.any([invocation.signal, lock.lost]) : invocation.signal,
  });
  lock?.lost.throwIfAborted();
  const refused = result.failure?.kind === "refused";
  if (!preview && !refused) await record(kind, invocation, stack, result, { startTime, config: config.stored });
  if (!result.failure && kind === "destroy") write(afterDestroy(invocation, stack, preview));
  return conclude(kind, result, text, args);
}

/** What can't be done is refused here, before anything is touched. */
function checkArguments(kind: OperationKind, args: Arguments): void {
  const runsProgram = kind === "update" || kind === "preview";
  if (runsProgram && !args.get("client")) throw unsupported("programs that are not inline (no --client)");
  if (args.has("run-program")) throw unsupported(`--run-program on ${kind}`);
  if (args.has("json")) throw unsupported(`--json on ${kind}`);
  if (args.positional.length > 0) throw unsupported(`the argument ${args.positional[0]} of ${kind}`);
  if (args.all("target").length > 0 && args.all("exclude").length > 0)
    throw new TealError("targets_both", "if any flags in the group [target exclude] are set none of the others can be");
  if (args.has("exclude-protected") && args.all("target").length > 0)
    throw new TealError("targets_both", "you cannot specify --target and --exclude-protected");
  const confirmed = ["yes", "skip-preview", "preview-only"].some((option) => args.has(option));
  if (kind !== "preview" && !confirmed)
    throw new TealError(
      "not_confirmed",
      "--yes or --skip-preview or --preview-only must be passed in to proceed when running in non-interactive mode",
    );
}

/** The state to start from; without the creations that a crash left pending, if they are to be forgotten. */
async function deploymentBefore(
  invocation: Invocation,
  stack: StackWithSecrets,
  preview: boolean,
): Promise<Deployment> {
  const deployment = loadDeployment(stack.stored, stack.crypter);
  if (!invocation.args.has("disable-integrity-checking")) verifyIntegrity(deployment.resources);
  if (!invocation.args.has("clear-pending-creates")) return deployment;
  const pendingOperations = deployment.pendingOperations.filter(({ type }) => type !== "creating");
  if (pendingOperations.length === deployment.pendingOperations.length) return deployment;
  const cleared = { ...deployment, pendingOperations };
  if (!preview) await writer(invocation, stack)(cleared);
  return cleared;
}

interface Config {
  readonly stored: StoredConfig;
  readonly plain: Readonly<Record<string, PlainConfigValue>>;
}

function configOf({ workspace, args }: Invocation, { settings, secrets, id }: StackWithSecrets): Config {
  const stored = withDefaults(settings.config, workspace);
  if (!args.has("skip-config-validation"))
    checkDeclared(stored, clearConfig(stored, secrets.crypter), workspace, id.stack);
  return { stored, plain: plainConfig(stored, secrets.crypter) };
}

function scopeOf(args: Arguments, { resources }: Deployment): Scope {
  const replaced = args.all("target-replace");
  const guarded = args.has("exclude-protected") ? resources.filter((state) => state.protect) : [];
  return {
    targets: new UrnTargets([...args.all("target"), ...replaced]),
    targetDependents: args.has("target-dependents"),
    excludes: new UrnTargets([...args.all("exclude"), ...guarded.map((state) => state.urn)]),
    excludeDependents: args.has("exclude-dependents"),
    replace: new UrnTargets([...args.all("replace"), ...replaced]),
  };
}

function displayOf(
  kind: OperationKind,
  preview: boolean,
  { workspace, args, onError }: Invocation,
  { id }: StackWithSecrets,
  write: (text: string) => void,
) {
  return openDisplay({
    stack: shownName(workspace, id),
    rootUrn: makeUrn(id, undefined, stackType, `${id.project}-${id.stack}`),
    kind,
    preview,
    diff: args.has("diff"),
    log: args.has("logtostderr") && Number(args.get("verbose") ?? 0) > 0,
    color: colorizationOf(args.get("color")),
    debug: args.has("debug"),
    suppressOutputs: args.has("suppress-outputs"),
    showConfig: args.has("show-config"),
    showSames: args.has("show-sames"),
    showReads: args.has("show-reads"),
    showReplacementSteps: args.has("show-replacement-steps"),
    showSecrets: args.has("show-secrets"),
    showUrns: args.has("urns"),
    truncate: !args.has("show-full-output"),
    write,
    writeError: onError,
  });
}

function writer({ workspace }: Invocation, stack: StackWithSecrets) {
  const { salt, crypter } = stack.secrets;
  return (deployment: Deployment) =>
    writeStack(workspace.backend, stack.id, storeDeployment(deployment, salt, { form: "encrypted", crypter }));
}

async function stackOutputs({ workspace, args }: Invocation, name: string): Promise<PropertyMap | undefined> {
  const found = await readStackNamed(workspace, name, args);
  return found && (found.resources.find((state) => state.type === stackType)?.outputs ?? {});
}

async function record(
  kind: OperationKind,
  { workspace, args }: Invocation,
  stack: StackWithSecrets,
  result: OperationResult,
  { startTime, config }: { startTime: number; config: StoredConfig },
): Promise<void> {
  const { message, environment } = await updateMetadata(workspace, args);
  const sorted = Object.entries(config).sort(([a], [b]) => (a < b ? -1 : 1));
  const entry: HistoryEntry = {
    kind,
    startTime: Math.floor(startTime / 1000),
    message,
    environment,
    config: Object.fromEntries(sorted),
    version: 0,
    result: result.failure ? "failed" : "succeeded",
    endTime: Math.floor(Date.now() / 1000),
    ...(Object.keys(result.changes).length > 0 && { resourceChanges: result.changes }),
  };
  await Promise.all([addHistory(workspace.backend, stack.id, entry), backUp(workspace.backend, stack.id)]);
}

function afterDestroy({ workspace, args }: Invocation, { id }: StackWithSecrets, preview: boolean): string {
  if (preview || args.has("exclude-protected") || args.all("target").length > 0) return "";
  return (
    "The resources in the stack have been deleted, but the history and configuration associated with the stack are still maintained. \n" +
    `If you want to remove the stack completely, run \`pulumi stack rm ${shownName(workspace, id)}\`.\n`
  );
}

/** Changes that are none: what Pulumi passes over when no changes are expected. */
const noChanges = new Set(["same", "read", "discard", "read-replacement"]);

function conclude(kind: OperationKind, result: OperationResult, text: string, args: Arguments): string {
  if (result.failure) throw failed(kind, result.failure, result.errors, text);
  const changed = Object.entries(result.changes).some(([op, count]) => !noChanges.has(op) && count > 0);
  if (args.has("expect-no-changes") && changed)
    throw new CommandFailure(text, `no changes were expected for ${kind} but changes were proposed`);
  return text;
}

/** Diagnostics have been printed already, so nothing is said again. */
function failed(kind: OperationKind, failure: Failure, errors: readonly string[], text: string): Error {
  if (failure.kind === "refused") return failure.error;
  if (failure.kind === "cancelled") return new CommandFailure(text, `${kind} cancelled`);
  return new CommandFailure(text, "", errors.join("\n") || `${kind} failed`);
}

export const operationCommands: Readonly<Record<string, Command>> = {
  up: operationCommand("update"),
  update: operationCommand("update"),
  preview: operationCommand("preview"),
  refresh: operationCommand("refresh"),
  destroy: operationCommand("destroy"),
};
