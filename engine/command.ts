/**
 * The embedded Pulumi engine, in the shape of the Automation API's `PulumiCommand`: `LocalWorkspace` and `Stack` use it
 * as if it were the CLI, and nothing else knows which of the two runs.
 */
import { SemVer } from "semver";
import type { PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { parseArguments } from "./cli/arguments.ts";
import type { Command } from "./cli/command.ts";
import { configCommands } from "./cli/configCommands.ts";
import { operationCommands } from "./cli/operationCommands.ts";
import { otherCommands } from "./cli/otherCommands.ts";
import { asCommandError, commandResult, type CommandResult } from "./cli/result.ts";
import { stackCommands } from "./cli/stackCommands.ts";
import { watchOwnServers } from "./ownServers.ts";
import { unsupported } from "./unsupported.ts";
import { pulumiVersion } from "./version.ts";
import { openWorkspace } from "./workspace/project.ts";

const commands: Readonly<Record<string, Command>> = {
  ...stackCommands,
  ...configCommands,
  ...operationCommands,
  ...otherCommands,
};

type Output = (text: string) => void;

/**
 * Gives a command for `LocalWorkspaceOptions.pulumiCommand`. It keeps no state of its own: one serves any number of
 * stacks, though within a thread the Automation API runs one inline program at a time.
 *
 * A failed run rejects with the Automation API's errors (`ConcurrentUpdateError`, `StackNotFoundError`, …). What this
 * engine does not do rejects with a `TealError` of code `engine_unsupported`, before anything is touched.
 */
export function createPulumiCommand(): Promise<PulumiCommand> {
  watchOwnServers();
  const command = {
    command: "pulumi",
    version: new SemVer(pulumiVersion),
    run: async (
      args: readonly string[],
      cwd: string,
      env: Readonly<Record<string, string>>,
      onOutput: Output = () => undefined,
      onError: Output = () => undefined,
      signal: AbortSignal = new AbortController().signal,
    ): Promise<CommandResult> => {
      try {
        return commandResult(await runCommand(args, cwd, env, onOutput, signal));
      } catch (error) {
        const failure = asCommandError(args, error);
        onError(`error: ${error instanceof Error ? error.message : String(error)}\n`);
        throw failure;
      }
    },
  };
  return Promise.resolve(command as unknown as PulumiCommand);
}

async function runCommand(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
  onOutput: Output,
  signal: AbortSignal,
): Promise<string> {
  const name = [args.slice(0, 2).join(" "), args[0] ?? ""].find((each) => Object.hasOwn(commands, each));
  if (name === undefined) throw unsupported(`the command \`pulumi ${args.slice(0, 2).join(" ")}\``);
  const command = commands[name]!;
  const parsed = parseArguments(name, args.slice(name.split(" ").length), command.flags);
  const workspace = await openWorkspace(parsed.get("cwd") ?? cwd, { ...process.env, ...env });
  return command.run({ workspace, args: parsed, onOutput, signal });
}
