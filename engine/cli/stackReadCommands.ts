/** `pulumi stack output|history` */
import { TealError } from "../../model/errors.ts";
import { openCrypter } from "../secrets/passphrase.ts";
import type { Crypter } from "../secrets/crypter.ts";
import { saltOf } from "../state/deployment.ts";
import { readHistory, type HistoryEntry } from "../state/history.ts";
import { stackType } from "../state/urn.ts";
import { hasSecrets, withoutSecrets, type Json, type JsonObject } from "../values/property.ts";
import { loadMap, store } from "../values/stored.ts";
import { hasSecure, plainValue } from "../workspace/config.ts";
import { passphraseOf, type Workspace } from "../workspace/project.ts";
import { openSecrets } from "../workspace/secrets.ts";
import { readSettings } from "../workspace/settings.ts";
import { shownConfigValue } from "./configCommands.ts";
import type { Command } from "./command.ts";
import { json } from "./result.ts";
import { openStack, stackOf } from "./stackContext.ts";

const output: Command = {
  flags: { "show-secrets": "flag", shell: "flag" },
  async run({ workspace, args }) {
    const { stored } = await openStack(workspace, await stackOf(workspace, args));
    const root = stored?.resources?.find((resource) => resource["type"] === stackType);
    const given = (root?.["outputs"] ?? {}) as JsonObject;
    const outputs = args.has("show-secrets") ? await inTheClear(given, saltOf(stored), workspace) : masked(given);
    const [name] = args.positional;
    if (name === undefined) return args.has("json") ? json(outputs) : text(outputs, args.has("shell"));
    if (!Object.hasOwn(outputs, name))
      throw new TealError("output_missing", `current stack does not have output property '${name}'`);
    if (args.has("json")) return json(outputs[name]);
    return args.has("shell") ? text({ [name]: outputs[name]! }, true) : `${plain(outputs[name]!)}\n`;
  },
};

/** Outputs that hold a secret anywhere show as `[secret]` whole: so the Automation API knows them. */
function masked(outputs: JsonObject): JsonObject {
  const noCrypter = { encrypt: () => "", decrypt: () => "null" };
  return Object.fromEntries(
    Object.entries(loadMap(outputs, noCrypter)).map(([key, value]): [string, Json] => [
      key,
      hasSecrets(value) ? "[secret]" : store(value, { form: "masked" }),
    ]),
  );
}

async function inTheClear(outputs: JsonObject, salt: string | undefined, workspace: Workspace): Promise<JsonObject> {
  if (!JSON.stringify(outputs).includes("ciphertext") || salt === undefined) return outputs;
  const crypter = await openCrypter(salt, await passphraseOf(workspace.env));
  return store(withoutSecrets(loadMap(outputs, crypter)), { form: "plaintext" }) as JsonObject;
}

function plain(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function text(outputs: JsonObject, shell: boolean): string {
  const names = Object.keys(outputs).sort();
  const quoted = (value: string) => (/^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`);
  if (shell) return names.map((name) => `${name}=${quoted(plain(outputs[name]!))}\n`).join("");
  if (names.length === 0) return "Current stack outputs (0):\n    No output values currently in this stack\n";
  const width = Math.max("OUTPUT".length, ...names.map((name) => name.length));
  const rows = names.map((name) => `    ${name.padEnd(width)}  ${plain(outputs[name]!)}\n`);
  return `Current stack outputs (${names.length}):\n    ${"OUTPUT".padEnd(width)}  VALUE\n${rows.join("")}`;
}

const history: Command = {
  flags: { "show-secrets": "flag", "page-size": "value", page: "value", "full-dates": "flag" },
  async run({ workspace, args }) {
    const { id, stored } = await openStack(workspace, await stackOf(workspace, args));
    const size = Number(args.get("page-size") ?? 10);
    const page = Math.max(1, Number(args.get("page") ?? 1));
    const entries = await readHistory(
      workspace.backend,
      id,
      size > 0 ? (page - 1) * size : 0,
      size > 0 ? size : Infinity,
    );
    const secret = args.has("show-secrets") && entries.some((entry) => Object.values(entry.config).some(hasSecure));
    const settings = await readSettings(workspace, id.stack, args.get("config-file"));
    const crypter = secret ? (await openSecrets(workspace, settings, saltOf(stored))).crypter : undefined;
    return args.has("json") ? json(entries.map((entry) => shownEntry(entry, crypter))) : told(entries, page);
  },
};

function shownEntry(entry: HistoryEntry, crypter: Crypter | undefined) {
  const time = (seconds: number) => new Date(seconds * 1000).toISOString();
  return {
    version: entry.version,
    kind: entry.kind,
    startTime: time(entry.startTime),
    message: entry.message,
    environment: entry.environment,
    config: Object.fromEntries(
      Object.entries(entry.config).map(([key, stored]) => [key, shownSetting(stored, crypter)]),
    ) as unknown,
    result: entry.result,
    ...(entry.result !== "in-progress" && {
      endTime: time(entry.endTime),
      resourceChanges: entry.resourceChanges ?? {},
    }),
  };
}

/** A secret of a time before the passphrase was changed can't be read any more; that is no reason to show nothing. */
function shownSetting(stored: Json, crypter: Crypter | undefined) {
  if (hasSecure(stored) && !crypter) return { secret: true };
  try {
    return shownConfigValue(plainValue(stored, crypter));
  } catch {
    return { value: "ERROR_UNABLE_TO_DECRYPT", secret: true };
  }
}

function told(entries: readonly HistoryEntry[], page: number): string {
  if (entries.length === 0)
    return page > 1 ? `No stack updates found on page '${page}'\n` : "Stack has never been updated\n";
  return entries.map(toldEntry).join("");
}

function toldEntry(entry: HistoryEntry): string {
  const count = (op: string) => entry.resourceChanges?.[op] ?? 0;
  const changes = `+${count("create")}-${count("delete")}~${count("update")} ${count("same")}`;
  const started = new Date(entry.startTime * 1000).toISOString();
  const environment = Object.keys(entry.environment)
    .sort()
    .map((key) => `    ${key}: ${entry.environment[key]}\n`);
  return (
    `Version: ${entry.version}\nUpdateKind: ${entry.kind}\nStatus: ${entry.result}\nMessage: ${entry.message}\n` +
    `${changes} Updated ${started} took ${entry.endTime - entry.startTime}s\n${environment.join("")}\n`
  );
}

export const stackReadCommands: Readonly<Record<string, Command>> = {
  "stack output": output,
  "stack history": history,
  history,
};
