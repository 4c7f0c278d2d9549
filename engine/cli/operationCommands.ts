/** `pulumi up`, `preview`, `refresh` and `destroy`. */
import { availableParallelism } from "node:os";
import { TealError } from "../../model/errors.ts";
import type { OperationKind, OperationResult } from "../deploy/operation.ts";
import { ensureMeta, writeStack } from "../state/backend.ts";
import { loadDeployment, storeDeployment } from "../state/deployment.ts";
import { addHistory, backUp } from "../state/history.ts";
import { lockStack } from "../state/lock.ts";
import { stackType } from "../state/urn.ts";
import { unsupported } from "../unsupported.ts";
import type { PropertyMap } from "../values/property.ts";
import { pulumiVersion } from "../version.ts";
import { plainConfig } from "../workspace/config.ts";
import type { Flags } from "./arguments.ts";
import type { Command, Invocation } from "./command.ts";
import { CommandFailure } from "./result.ts";
import { openStackWithSecrets, readStackNamed, stackOf, type StackWithSecrets } from "./stackContext.ts";

const flags: Flags = {
  "skip-preview": "flag",
  "preview-only": "flag",
  "expect-no-changes": "flag",
  diff: "flag",
  refresh: "flag",
  message: "value",
  parallel: "value",
  client: "value",
  "event-log": "value",
  "exec-kind": "value",
  "exec-agent": "value",
  "suppress-outputs": "flag",
  "suppress-progress": "flag",
  "suppress-permalink": "flag",
  "run-program": "flag",
  "clear-pending-creates": "flag",
};

function operationCommand(kind: OperationKind): Command {
  return { flags, run: (invocation) => operate(kind, invocation) };
}

async function operate(given: OperationKind, invocation: Invocation): Promise<string> {
  const { workspace, args } = invocation;
  const client = args.get("client");
  const preview = given === "preview" || args.has("preview-only");
  const runsProgram = given === "update" || given === "preview";
  if (runsProgram && !client) throw unsupported("programs that are not inline (no --client)");
  if (!runsProgram && args.has("run-program")) throw unsupported(`running the program on ${given}`);
  const id = stackOf(workspace, args);
  // A preview changes nothing, so it takes no lock, and sees the stack as the last write left it.
  await using _lock = preview ? undefined : await lockStack(workspace.backend, id);
  const stack = await openStackWithSecrets(workspace, id, args);
  const startTime = Date.now();
  let text = "";
  const { runOperation } = await import("../deploy/operation.ts");
  const result = await runOperation({
    kind: given,
    id,
    preview,
    refreshFirst: args.has("refresh"),
    before: loadDeployment(stack.stored, stack.crypter),
    write: writer(invocation, stack),
    config: plainConfig(stack.settings.config, stack.secrets.crypter),
    services: { env: workspace.env, stackOutputs: (name) => stackOutputs(invocation, name) },
    directory: workspace.directory,
    client,
    parallel: Number(args.get("parallel") ?? 0) || availableParallelism() * 4,
    eventLog: args.get("event-log"),
    onOutput: (chunk) => {
      text += chunk;
      if (chunk) invocation.onOutput(chunk);
    },
    debug: args.has("debug"),
    signal: invocation.signal,
  });
  if (!preview) await record(given, invocation, stack, result, startTime);
  return conclude(result, text, invocation);
}

function writer({ workspace }: Invocation, stack: StackWithSecrets) {
  const { salt, crypter } = stack.secrets;
  return (deployment: Parameters<typeof storeDeployment>[0]) =>
    writeStack(workspace.backend, stack.id, storeDeployment(deployment, salt, { form: "encrypted", crypter }));
}

async function stackOutputs({ workspace, args }: Invocation, name: string): Promise<PropertyMap | undefined> {
  const found = await readStackNamed(workspace, name, args);
  return found && (found.resources.find((state) => state.type === stackType)?.outputs ?? {});
}

async function record(
  kind: OperationKind,
  invocation: Invocation,
  stack: StackWithSecrets,
  result: OperationResult,
  startTime: number,
): Promise<void> {
  const { workspace, args } = invocation;
  await ensureMeta(workspace.backend);
  await addHistory(workspace.backend, stack.id, {
    kind,
    startTime: Math.floor(startTime / 1000),
    message: args.get("message") ?? "",
    environment: {
      "exec.kind": args.get("exec-kind") ?? "auto.inline",
      "pulumi.os": process.platform,
      "pulumi.version": pulumiVersion,
    },
    config: { ...stack.settings.config },
    version: 0,
    result: result.failure ? "failed" : "succeeded",
    endTime: Math.floor(Date.now() / 1000),
    resourceChanges: result.changes,
  });
  await backUp(workspace.backend, stack.id);
}

function conclude(result: OperationResult, text: string, { args }: Invocation): string {
  if (result.failure?.kind === "refused") throw result.failure.error;
  if (result.failure?.kind === "cancelled") throw new CommandFailure(text, "error: update canceled");
  if (result.failure) throw new CommandFailure(text, `error: ${result.errors.join("\nerror: ") || "update failed"}`);
  const changed = Object.entries(result.changes).some(([op, count]) => op !== "same" && count > 0);
  if (args.has("expect-no-changes") && changed)
    throw new TealError("changes_unexpected", "no changes were expected but changes occurred");
  return text;
}

export const operationCommands: Readonly<Record<string, Command>> = {
  up: operationCommand("update"),
  preview: operationCommand("preview"),
  refresh: operationCommand("refresh"),
  destroy: operationCommand("destroy"),
};
