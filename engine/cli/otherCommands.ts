/** `pulumi whoami|cancel|version|plugin|install`, and `stack cancel`'s older forms. */
import { userInfo } from "node:os";
import { removeLocks } from "../state/lock.ts";
import { unsupported } from "../unsupported.ts";
import { pulumiVersion } from "../version.ts";
import type { Command } from "./command.ts";
import { json } from "./result.ts";
import { openStack, stackOf } from "./stackContext.ts";

const whoami: Command = {
  flags: { verbose: "flag" },
  short: { v: "verbose" },
  run: ({ workspace, args }) => {
    const user = userInfo().username;
    const { url } = workspace.backend;
    if (args.has("json")) return json({ user, url });
    if (!args.has("verbose")) return `${user}\n`;
    return `User: ${user}\nOrganizations: \nBackend URL: ${url}\nToken type: personal\n`;
  },
};

const cancel: Command = {
  flags: {},
  async run({ workspace, args }) {
    const { id } = await openStack(workspace, await stackOf(workspace, args, args.positional[0]));
    await removeLocks(workspace.backend, id);
    return `The currently running update for '${id.stack}' has been canceled!\n`;
  },
};

const builtIn = new Set(["kubernetes", "random", "pulumi"]);

/** Providers are part of the engine: those it has need no plugin, and of others it can't make use. */
const installPlugin: Command = {
  flags: { server: "value", exact: "flag", reinstall: "flag", checksum: "value", file: "value" },
  run: ({ args }) => {
    const [kind = "", name = ""] = args.positional;
    if (kind !== "resource" || !builtIn.has(name)) throw unsupported(`the plugin ${[kind, name].join(" ").trim()}`);
    return "";
  },
};

const listPlugins: Command = {
  flags: { project: "flag" },
  run: ({ args }) =>
    args.has("json") ? "[]\n" : "NAME  KIND  VERSION  SIZE  INSTALLED  LAST USED\n\nTOTAL plugin cache size: 0 B\n",
};

const removePlugin: Command = { flags: {}, run: () => "no plugins found to uninstall\n" };

/** A program's dependencies are for its package manager; an inline program has none of its own. */
const install: Command = {
  flags: { "no-plugins": "flag", "no-dependencies": "flag", reinstall: "flag", "use-language-version-tools": "flag" },
  run: ({ args }) => {
    if (!args.has("no-dependencies")) throw unsupported("installing a program's dependencies (`install`)");
    return "";
  },
};

export const otherCommands: Readonly<Record<string, Command>> = {
  whoami,
  cancel,
  install,
  version: { flags: {}, run: () => `${pulumiVersion}\n` },
  "plugin install": installPlugin,
  "plugin ls": listPlugins,
  "plugin list": listPlugins,
  "plugin rm": removePlugin,
  "plugin remove": removePlugin,
};
