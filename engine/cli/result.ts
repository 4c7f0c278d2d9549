/** What a command gives back, in the Automation API's forms. */
import errors from "@pulumi/pulumi/automation/errors.js";
import { TealError } from "../../model/errors.ts";

export interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
  readonly err?: Error;
  toString(): string;
}

export function commandResult(stdout: string, stderr = "", code = 0, err?: Error): CommandResult {
  return {
    stdout,
    stderr,
    code,
    ...(err && { err }),
    toString: () => `code: ${code}\n stdout: ${stdout}\n stderr: ${stderr}\n err?: ${err?.toString() ?? ""}\n`,
  };
}

/** As the CLI prints JSON. */
export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/**
 * A command that ended with exit code 1 after it had printed something. `said` is what it then said on standard error:
 * nothing, where the diagnostics that it printed tell all.
 */
export class CommandFailure extends Error {
  readonly stdout: string;
  readonly said: string;
  constructor(stdout: string, said: string, message = said) {
    super(message);
    this.name = "CommandFailure";
    this.stdout = stdout;
    this.said = said;
  }
}

/** What a failed command says on standard error. */
export function saidOf(error: unknown): string {
  const said = error instanceof CommandFailure ? error.said : error instanceof Error ? error.message : String(error);
  return said && `error: ${said}\n`;
}

const { createCommandError } = errors as unknown as { createCommandError: (result: CommandResult) => Error };

/**
 * The error that the Automation API makes of a failed command: its class follows from what the command said, as with
 * the CLI. What is for the CLI's engine to do stays what it is, so that its code can be seen.
 */
export function asCommandError(args: readonly string[], error: unknown): Error {
  if (error instanceof TealError && error.code === "engine_unsupported") return error;
  const cause = error instanceof Error ? error : new Error(String(error));
  const stdout = cause instanceof CommandFailure ? cause.stdout : "";
  const parts = [`Command failed with exit code 1: pulumi ${shown(args)}`, saidOf(cause).trimEnd(), stdout];
  const stderr = parts.filter(Boolean).join("\n");
  const made = createCommandError(commandResult("", stderr, -2, new Error(stderr)));
  made.cause = cause;
  return made;
}

/** Values of config may be secrets, so they are not repeated. */
function shown(args: readonly string[]): string {
  if (args[0] === "config") return args.slice(0, 2).join(" ");
  return [...args, ...(args.includes("--non-interactive") ? [] : ["--non-interactive"])].join(" ");
}
