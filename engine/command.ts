/**
 * The embedded Pulumi engine, in the shape of the Automation API's `PulumiCommand`: `LocalWorkspace` and `Stack` use it
 * as if it were the CLI, and nothing else knows which of the two runs.
 */
import { SemVer } from "semver";
import type { PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { parseArguments } from "./cli/arguments.ts";
import type { Invocation } from "./cli/command.ts";
import { commands } from "./cli/commands.ts";
import { asCommandError, commandResult, saidOf, type CommandResult } from "./cli/result.ts";
import { watchOwnServers } from "./ownServers.ts";
import { packages as ownPackages, type Packages } from "./providers/packages.ts";
import { unsupported } from "./unsupported.ts";
import { pulumiVersion } from "./version.ts";
import { openWorkspace } from "./workspace/project.ts";

type Output = (text: string) => void;

export interface PulumiCommandOptions {
  /** The providers there are, by package; the engine's own by default. */
  readonly packages?: Packages;
}

/**
 * Gives a command for `LocalWorkspaceOptions.pulumiCommand`. It keeps no state of its own: one serves any number of
 * stacks, though within a thread the Automation API runs one inline program at a time.
 *
 * A failed run rejects with the Automation API's errors (`ConcurrentUpdateError`, `StackNotFoundError`, …). What this
 * engine does not do rejects with a `TealError` of code `engine_unsupported`, before anything is touched.
 */
export function createPulumiCommand({ packages = ownPackages }: PulumiCommandOptions = {}): Promise<PulumiCommand> {
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
        let stderr = "";
        const say = (text: string) => {
          stderr += text;
          onError(text);
        };
        const stdout = await runCommand(args, cwd, env, { packages, onOutput, onError: say, signal });
        return commandResult(stdout, stderr);
      } catch (error) {
        const said = saidOf(error);
        if (said) onError(said);
        throw asCommandError(args, error);
      }
    },
  };
  return Promise.resolve(command as unknown as PulumiCommand);
}

async function runCommand(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
  around: Pick<Invocation, "packages" | "onOutput" | "onError" | "signal">,
): Promise<string> {
  const name = [3, 2, 1].map((words) => args.slice(0, words).join(" ")).find((each) => Object.hasOwn(commands, each));
  if (name === undefined) throw unsupported(`the command \`pulumi ${args.slice(0, 2).join(" ")}\``);
  const command = commands[name]!;
  const parsed = parseArguments(name, args.slice(name.split(" ").length), command.flags, command.short);
  const workspace = await openWorkspace(parsed.get("cwd") ?? cwd, { ...process.env, ...env });
  return command.run({ workspace, args: parsed, ...around });
}
