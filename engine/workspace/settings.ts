/** A stack's settings file, `Pulumi.<stack>.yaml`: its salt and its config. */
import { join } from "node:path";
import { parseDocument } from "yaml";
import { readIfThere, writeAtomically } from "../state/files.ts";
import { unsupported } from "../unsupported.ts";
import type { Json } from "../values/property.ts";
import { parseYaml } from "./yaml.ts";
import type { Workspace } from "./project.ts";

/** Config as it is written: by full key (`project:name`); secrets as `{secure: ciphertext}`, at any depth. */
export type StoredConfig = Readonly<Record<string, Json>>;

export interface StackSettings {
  readonly path: string;
  readonly encryptionSalt: string | undefined;
  readonly config: StoredConfig;
}

export async function readSettings(workspace: Workspace, stack: string, file?: string): Promise<StackSettings> {
  const path = file ?? join(workspace.stackSettings, `Pulumi.${stack}.yaml`);
  const settings = parseYaml((await readIfThere(path)) ?? "", path);
  refuseForeign(settings);
  const salt = settings["encryptionsalt"];
  return {
    path,
    encryptionSalt: typeof salt === "string" ? salt : undefined,
    config: withFullKeys((settings["config"] ?? {}) as StoredConfig, workspace.project),
  };
}

/** Secrets of other providers, and environments of Pulumi Cloud: without them the config would not be what it says. */
function refuseForeign(settings: Readonly<Record<string, unknown>>): void {
  const provider = settings["secretsprovider"];
  if (typeof provider === "string" && !["", "default", "passphrase"].includes(provider))
    throw unsupported(`the secrets provider ${provider}`);
  if (settings["environment"] !== undefined) throw unsupported("environments in a stack's settings (`environment:`)");
}

function withFullKeys(config: StoredConfig, project: string): StoredConfig {
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [fullKey(key, project), value]));
}

/** `name` → `<project>:name`; `<namespace>:config:name`, an old form, → `<namespace>:name`. */
export function fullKey(key: string, project: string): string {
  const parts = key.split(":");
  if (parts.length === 1) return `${project}:${key}`;
  if (parts.length === 3 && parts[1] === "config") return `${parts[0]}:${parts[2]}`;
  return key;
}

/** Writes salt and config, and leaves the rest of the file, its comments too, as it is. */
export async function writeSettings(settings: StackSettings): Promise<void> {
  const text = (await readIfThere(settings.path)) ?? "";
  const document = parseDocument(text);
  if (settings.encryptionSalt !== undefined && document.get("encryptionsalt") !== settings.encryptionSalt)
    document.set("encryptionsalt", settings.encryptionSalt);
  const before = ((document.toJS() ?? {}) as { config?: StoredConfig }).config ?? {};
  for (const key of Object.keys(before)) if (!Object.hasOwn(settings.config, key)) document.deleteIn(["config", key]);
  for (const key of Object.keys(settings.config).sort())
    if (JSON.stringify(before[key]) !== JSON.stringify(settings.config[key]))
      document.setIn(["config", key], document.createNode(settings.config[key]));
  if (Object.keys(settings.config).length === 0) document.delete("config");
  await writeAtomically(settings.path, document.toString({ lineWidth: 0 }), { mode: 0o644 });
}
