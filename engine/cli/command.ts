import type { Packages } from "../providers/packages.ts";
import type { Workspace } from "../workspace/project.ts";
import type { Arguments, Flags } from "./arguments.ts";

/** What one run of a command has around it. */
export interface Invocation {
  readonly workspace: Workspace;
  readonly args: Arguments;
  /** The providers there are. */
  readonly packages: Packages;
  /** Takes what the command prints as it goes: to standard output, and to standard error. */
  readonly onOutput: (text: string) => void;
  readonly onError: (text: string) => void;
  readonly signal: AbortSignal;
}

/** A command of the CLI, as far as the Automation API uses it. Gives what it prints. */
export interface Command {
  readonly flags: Flags;
  /** Short forms of its options, where they are not everybody's. */
  readonly short?: Readonly<Record<string, string>>;
  run(invocation: Invocation): Promise<string> | string;
}
