import type { Command } from "./command.ts";
import { configCommands } from "./configCommands.ts";
import { configFileCommands } from "./configFileCommands.ts";
import { operationCommands } from "./operationCommands.ts";
import { otherCommands } from "./otherCommands.ts";
import { stackCommands } from "./stackCommands.ts";
import { stackDataCommands } from "./stackDataCommands.ts";
import { stackReadCommands } from "./stackReadCommands.ts";
import { stackTagCommands } from "./stackTagCommands.ts";
import { stateCommands } from "./stateCommands.ts";

/** Every command that this engine knows, by its words; docs/engine.md lists them. */
export const commands: Readonly<Record<string, Command>> = {
  ...operationCommands,
  ...stackCommands,
  ...stackDataCommands,
  ...stackReadCommands,
  ...stackTagCommands,
  ...stateCommands,
  ...configCommands,
  ...configFileCommands,
  ...otherCommands,
};
