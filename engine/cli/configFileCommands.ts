/** `pulumi config refresh|copy`: a stack's config as a whole. */
import { rename } from "node:fs/promises";
import { TealError } from "../../model/errors.ts";
import { saltOf } from "../state/deployment.ts";
import { readIfThere } from "../state/files.ts";
import { readHistory } from "../state/history.ts";
import { configPlace, getConfig, setStored } from "../workspace/config.ts";
import { readSettings, writeSettings, type StoredConfig } from "../workspace/settings.ts";
import type { Command, Invocation } from "./command.ts";
import { copyConfig } from "./configCopy.ts";
import { openStack, shownName, stackNamed, stackOf } from "./stackContext.ts";

/** Takes config and salt from the last update, for a directory that has lost them or never had them. */
const refresh: Command = {
  flags: { force: "flag" },
  short: { f: "force" },
  async run(invocation) {
    const { args, workspace } = invocation;
    const { id, stored } = await openStack(workspace, await stackOf(workspace, args));
    const [latest] = await readHistory(workspace.backend, id, 0, 1);
    if (!latest) throw new TealError("never_updated", "getting latest configuration: no previous deployment");
    const settings = await readSettings(workspace, id.stack, args.get("config-file"));
    const backup = args.has("force") ? undefined : await setAside(settings.path);
    const encryptionSalt = saltOf(stored) ?? settings.encryptionSalt;
    await writeSettings({ ...settings, encryptionSalt, config: latest.config });
    if (backup === undefined) return "";
    return `backed up existing configuration file to ${backup}\nrefreshed configuration for stack '${shownName(workspace, id)}'\n`;
  },
};

/** Renames the file to the first free name that ends in `.bak`; undefined if there is no file. */
async function setAside(path: string): Promise<string | undefined> {
  if ((await readIfThere(path)) === undefined) return undefined;
  let backup = `${path}.bak`;
  while ((await readIfThere(backup)) !== undefined) backup += ".bak";
  await rename(path, backup);
  return backup;
}

const copy: Command = {
  flags: { path: "flag", dest: "value" },
  short: { d: "dest" },
  async run(invocation) {
    const { args, workspace } = invocation;
    const from = await stackOf(workspace, args);
    const to = stackNamed(workspace, args.get("dest") ?? "");
    if (from.stack === to.stack && from.project === to.project)
      throw new TealError("config_copy", "current stack and destination stack are the same");
    await openStack(workspace, to);
    const [key] = args.positional;
    await copyConfig(invocation, from, to, (all) => (key === undefined ? all : onlyOf(all, key, invocation)));
    return "";
  },
};

function onlyOf(config: StoredConfig, key: string, { workspace, args }: Invocation): StoredConfig {
  const place = configPlace(key, workspace.project, args.has("path"));
  const value = getConfig(config, place);
  if (value === undefined)
    throw new TealError("config_missing", `configuration key '${key}' not found for the stack to copy from`);
  return setStored({}, place, value);
}

export const configFileCommands: Readonly<Record<string, Command>> = {
  "config refresh": refresh,
  "config copy": copy,
  "config cp": copy,
};
