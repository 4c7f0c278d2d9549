import { userInfo } from "node:os";
import { removeLocks } from "../state/lock.ts";
import { pulumiVersion } from "../version.ts";
import type { Command } from "./command.ts";
import { stackNamed, stackOf } from "./stackContext.ts";

const whoami: Command = {
  flags: {},
  run: ({ workspace, args }) => {
    const user = userInfo().username;
    return args.has("json") ? JSON.stringify({ user, url: workspace.backend.url }) + "\n" : `${user}\n`;
  },
};

const cancel: Command = {
  flags: {},
  async run({ workspace, args }) {
    const id = args.positional[0] ? stackNamed(workspace, args.positional[0]) : stackOf(workspace, args);
    await removeLocks(workspace.backend, id);
    return `The currently running update for '${id.stack}' has been canceled!\n`;
  },
};

/** Providers are part of the engine: there are no plugins to install, and none to list. */
const plugins: Command = {
  flags: { server: "value", exact: "flag", reinstall: "flag", checksum: "value", project: "flag" },
  run: ({ args }) => (args.has("json") ? "[]\n" : ""),
};

export const otherCommands: Readonly<Record<string, Command>> = {
  whoami,
  cancel,
  version: { flags: {}, run: () => `${pulumiVersion}\n` },
  "plugin install": plugins,
  "plugin ls": plugins,
  "plugin rm": plugins,
};
