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
  setStored,
  type PlainConfigValue,
} from "../workspace/config.ts";
import { withDefaults } from "../workspace/declared.ts";
import { openSecrets } from "../workspace/secrets.ts";
import { readSettings, writeSettings, type StackSettings, type StoredConfig } from "../workspace/settings.ts";
import { unsupported } from "../unsupported.ts";
import type { Command, Invocation } from "./command.ts";
import { json } from "./result.ts";
import { openStack, shownName, stackOf } from "./stackContext.ts";

async function settingsOf({ workspace, args }: Invocation): Promise<StackSettings> {
  const { id } = await openStack(workspace, await stackOf(workspace, args));
  return readSettings(workspace, id.stack, args.get("config-file"));
}

/** The key of the stack's secrets; asked for only by what reads or writes one. */
async function crypterOf({ workspace, args }: Invocation, settings: StackSettings): Promise<Crypter> {
  const stateSalt =
    settings.encryptionSalt === undefined
      ? saltOf((await openStack(workspace, await stackOf(workspace, args))).stored)
      : undefined;
  return (await openSecrets(workspace, settings, stateSalt)).crypter;
}

/** Writes changed config, with the salt that a secret among the changes may just have brought about. */
async function saveConfig(invocation: Invocation, config: StoredConfig): Promise<void> {
  await writeSettings({ ...(await settingsOf(invocation)), config });
}

/** As `--json` shows a value. */
export function shownConfigValue({ value, secret, object }: PlainConfigValue) {
  return { value, ...(object !== undefined && { objectValue: object }), secret };
}

/** A key as people write it: without the project's own name. */
function pretty(key: string, project: string): string {
  return key.startsWith(`${project}:`) ? key.slice(project.length + 1) : key;
}

const list: Command = {
  flags: { "show-secrets": "flag", open: "flag" },
  async run(invocation) {
    const { args, workspace } = invocation;
    const settings = await settingsOf(invocation);
    const config = withDefaults(settings.config, workspace);
    const secret = args.has("show-secrets") && Object.values(config).some(hasSecure);
    const crypter = secret ? await crypterOf(invocation, settings) : undefined;
    const all = Object.entries(plainConfig(config, crypter));
    if (args.has("json"))
      return json(
        Object.fromEntries(
          all.map(([key, value]) => [key, value.secret && !crypter ? { secret: true } : shownConfigValue(value)]),
        ),
      );
    const rows = [["KEY", "VALUE"], ...all.map(([key, { value }]) => [pretty(key, workspace.project), value])];
    const width = Math.max(...rows.map(([key]) => key!.length));
    return rows.map(([key, value]) => `${key!.padEnd(width)}  ${value}\n`).join("");
  },
};

const get: Command = {
  flags: { path: "flag", open: "flag" },
  async run(invocation) {
    const { args, workspace } = invocation;
    const settings = await settingsOf(invocation);
    const place = configPlace(keyArgument(args.positional), workspace.project, args.has("path"));
    const stored = getConfig(withDefaults(settings.config, workspace), place);
    if (stored === undefined)
      throw new TealError(
        "config_missing",
        `configuration key '${pretty(args.positional[0]!, workspace.project)}' not found for stack '${shownName(workspace, await stackOf(workspace, args))}'`,
      );
    const value = plainValue(stored, hasSecure(stored) ? await crypterOf(invocation, settings) : undefined);
    return args.has("json") ? json(shownConfigValue(value)) : `${value.value}\n`;
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
    if (value === undefined)
      throw new TealError("config_value", "config value must be specified in non-interactive mode");
    const settings = await settingsOf(invocation);
    const place = configPlace(keyArgument(args.positional), workspace.project, args.has("path"));
    const crypter = args.has("secret") ? await crypterOf(invocation, settings) : undefined;
    const type = args.get("type");
    const made =
      type === undefined
        ? setConfig(settings.config, place, value, crypter)
        : setStored(settings.config, place, typedValue(value, type));
    await saveConfig(invocation, made);
    return "";
  },
};

function typedValue(text: string, type: string): Json {
  if (type === "string") return text;
  if (type === "bool") return ["1", "t", "T", "true", "True", "TRUE"].includes(text);
  if (type !== "int" && type !== "float")
    throw new TealError("config_type", `invalid type "${type}"; must be one of string, int, bool, or float`);
  const number = Number(text);
  if (text.trim() === "" || !Number.isFinite(number) || (type === "int" && !Number.isInteger(number)))
    throw new TealError("config_type", `expected ${type === "int" ? "an integer" : "a number"}, got the text ${text}`);
  return number;
}

const setAll: Command = {
  flags: { path: "flag", secret: "list", plaintext: "list", json: "value" },
  async run(invocation) {
    const { args } = invocation;
    const settings = await settingsOf(invocation);
    const text = args.get("json");
    const pairs = args.options.filter(({ name }) => name === "secret" || name === "plaintext");
    if (text && (pairs.length > 0 || args.has("path")))
      throw new TealError(
        "config_options",
        "the --json option cannot be used with the --plaintext, --secret or --path options",
      );
    const given = [...pairs.map(fromOption), ...(text ? fromJson(text) : [])];
    const crypter = given.some(({ secret }) => secret) ? await crypterOf(invocation, settings) : undefined;
    const config = given.reduce((made, { key, value, secret, object }) => {
      const place = configPlace(key, invocation.workspace.project, args.has("path"));
      if (object !== undefined) return setStored(made, place, secret ? encryptedParts(object, crypter!) : object);
      return setConfig(made, place, value, secret ? crypter : undefined);
    }, settings.config);
    if (JSON.stringify(config) !== JSON.stringify(settings.config)) await saveConfig(invocation, config);
    return "";
  },
};

/** Which of its parts were secret, a value in the clear doesn't tell: all texts of it are from now on. */
function encryptedParts(value: Json, crypter: Crypter): Json {
  if (Array.isArray(value)) return value.map((item) => encryptedParts(item, crypter));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, encryptedParts(item, crypter)]));
  return typeof value === "string" ? { secure: crypter.encrypt(value) } : value;
}

interface Given {
  readonly key: string;
  readonly value: string;
  readonly secret: boolean;
  readonly object?: Json;
}

function fromOption({ name, value }: { name: string; value: string }): Given {
  // A key in quotes may itself hold a `=`.
  const [, , quoted, bare, given] = /^(?:(["'])(.*?)\1|([^=]*))=(.*)$/s.exec(value) ?? [];
  const key = quoted ?? bare;
  if (!key) throw new TealError("config_pair", "config value must be in the form [key]=[value]");
  return { key, value: given!, secret: name === "secret" };
}

/** The form that `pulumi config --json` prints. */
function fromJson(text: string): Given[] {
  const read = JSON.parse(text) as Record<string, { value?: string; objectValue?: Json; secret?: boolean }>;
  return Object.entries(read).map(([key, { value, objectValue, secret }]) => {
    if (value === undefined) throw new TealError("config_value", `value for --json object key "${key}" is nil`);
    return { key, value, secret: secret ?? false, ...(objectValue !== undefined && { object: objectValue }) };
  });
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

/** Environments are Pulumi Cloud's; file backends have none. */
const environments: Command = {
  flags: {},
  run: () => {
    throw unsupported("environments (`config env`)");
  },
};

export const configCommands: Readonly<Record<string, Command>> = {
  config: list,
  "config get": get,
  "config set": set,
  "config set-all": setAll,
  "config rm": rm,
  "config remove": rm,
  "config rm-all": rmAll,
  "config remove-all": rmAll,
  "config env": environments,
};
