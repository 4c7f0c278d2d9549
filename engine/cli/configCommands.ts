/** `pulumi config …` */
import { TealError } from "../../model/errors.ts";
import type { Crypter } from "../secrets/crypter.ts";
import { saltOf } from "../state/deployment.ts";
import type { Json } from "../values/property.ts";
import {
  configPlace,
  getConfig,
  hasSecure,
  plainConfig,
  plainValue,
  removeConfig,
  setConfig,
  type PlainConfigValue,
} from "../workspace/config.ts";
import { openSecrets } from "../workspace/secrets.ts";
import { readSettings, writeSettings, type StackSettings, type StoredConfig } from "../workspace/settings.ts";
import type { Command, Invocation } from "./command.ts";
import { openStack, stackOf } from "./stackContext.ts";

async function settingsOf({ workspace, args }: Invocation): Promise<StackSettings> {
  return readSettings(workspace, stackOf(workspace, args).stack, args.get("config-file"));
}

/** The key of the stack's secrets; asked for only by what reads or writes one. */
async function crypterOf({ workspace, args }: Invocation, settings: StackSettings): Promise<Crypter> {
  const stateSalt =
    settings.encryptionSalt === undefined
      ? saltOf((await openStack(workspace, stackOf(workspace, args))).stored)
      : undefined;
  return (await openSecrets(workspace, settings, stateSalt)).crypter;
}

/** Writes changed config, with the salt that a secret among the changes may just have brought about. */
async function saveConfig(invocation: Invocation, config: StoredConfig): Promise<void> {
  await writeSettings({ ...(await settingsOf(invocation)), config });
}

function shown({ value, secret, object }: PlainConfigValue) {
  return { value, ...(object !== undefined && { objectValue: object }), secret };
}

const list: Command = {
  flags: { "show-secrets": "flag", open: "flag" },
  async run(invocation) {
    const settings = await settingsOf(invocation);
    const secret = invocation.args.has("show-secrets") && Object.values(settings.config).some(hasSecure);
    const crypter = secret ? await crypterOf(invocation, settings) : undefined;
    const all = Object.entries(plainConfig(settings.config, crypter)).map(([key, value]) => [
      key,
      value.secret && !crypter ? { secret: true } : shown(value),
    ]);
    return JSON.stringify(Object.fromEntries(all), null, 2) + "\n";
  },
};

const get: Command = {
  flags: { path: "flag", open: "flag" },
  async run(invocation) {
    const { args, workspace } = invocation;
    const settings = await settingsOf(invocation);
    const place = configPlace(keyArgument(args.positional), workspace.project, args.has("path"));
    const stored = getConfig(settings.config, place);
    if (stored === undefined)
      throw new TealError(
        "config_missing",
        `configuration key '${args.positional[0]}' not found for stack '${args.get("stack")}'`,
      );
    const value = plainValue(stored, hasSecure(stored) ? await crypterOf(invocation, settings) : undefined);
    return args.has("json") ? JSON.stringify(shown(value), null, 2) + "\n" : `${value.value}\n`;
  },
};

function keyArgument(positional: readonly string[]): string {
  const [key] = positional;
  if (!key) throw new TealError("config_key", "expected a config key");
  return key;
}

const set: Command = {
  flags: { path: "flag", secret: "flag", plaintext: "flag", type: "value" },
  async run(invocation) {
    const { args, workspace } = invocation;
    const [, value] = args.positional;
    if (value === undefined) throw new TealError("config_value", "expected a config value after the key");
    const settings = await settingsOf(invocation);
    const place = configPlace(keyArgument(args.positional), workspace.project, args.has("path"));
    const crypter = args.has("secret") ? await crypterOf(invocation, settings) : undefined;
    await saveConfig(invocation, setConfig(settings.config, place, value, crypter));
    return "";
  },
};

const setAll: Command = {
  flags: { path: "flag", secret: "list", plaintext: "list", json: "value" },
  async run(invocation) {
    const { args } = invocation;
    const settings = await settingsOf(invocation);
    const json = args.get("json");
    const given = [
      ...args.options.filter(({ name }) => name === "secret" || name === "plaintext").map(fromOption),
      ...(json ? fromJson(json) : []),
    ];
    const crypter = given.some(({ secret }) => secret) ? await crypterOf(invocation, settings) : undefined;
    const config = given.reduce((made, { key, value, secret }) => {
      const place = configPlace(key, invocation.workspace.project, args.has("path"));
      return setConfig(made, place, value, secret ? crypter : undefined);
    }, settings.config);
    if (JSON.stringify(config) !== JSON.stringify(settings.config)) await saveConfig(invocation, config);
    return "";
  },
};

interface Given {
  readonly key: string;
  readonly value: string;
  readonly secret: boolean;
}

function fromOption({ name, value }: { name: string; value: string }): Given {
  const at = value.indexOf("=");
  if (at <= 0) throw new TealError("config_pair", "expected each config value as key=value");
  return { key: value.slice(0, at), value: value.slice(at + 1), secret: name === "secret" };
}

/** The form that `pulumi config --json` prints. */
function fromJson(text: string): Given[] {
  const read = JSON.parse(text) as Record<string, { value?: string; objectValue?: Json; secret?: boolean }>;
  return Object.entries(read).map(([key, { value, objectValue, secret }]) => ({
    key,
    value: value ?? JSON.stringify(objectValue ?? null),
    secret: secret ?? false,
  }));
}

const rm: Command = {
  flags: { path: "flag" },
  run: (invocation) => removeAll(invocation, [keyArgument(invocation.args.positional)]),
};

const rmAll: Command = {
  flags: { path: "flag" },
  run: (invocation) => removeAll(invocation, invocation.args.positional),
};

async function removeAll(invocation: Invocation, keys: readonly string[]): Promise<string> {
  const { args, workspace } = invocation;
  const settings = await settingsOf(invocation);
  const config = keys.reduce(
    (made, key) => removeConfig(made, configPlace(key, workspace.project, args.has("path"))),
    settings.config,
  );
  await saveConfig(invocation, config);
  return "";
}

export const configCommands: Readonly<Record<string, Command>> = {
  config: list,
  "config get": get,
  "config set": set,
  "config set-all": setAll,
  "config rm": rm,
  "config rm-all": rmAll,
};
