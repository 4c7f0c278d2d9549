import type { Workspace } from "../workspace/project.ts";
import type { Arguments, Flags } from "./arguments.ts";

/** What one run of a command has around it. */
export interface Invocation {
  readonly workspace: Workspace;
  readonly args: Arguments;
  readonly onOutput: (text: string) => void;
  readonly signal: AbortSignal;
}

/** A command of the CLI, as far as the Automation API uses it. Gives what it prints. */
export interface Command {
  readonly flags: Flags;
  run(invocation: Invocation): Promise<string> | string;
}
