import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { TealError } from "../../model/errors.ts";
import { openBackend, type Backend } from "../state/backend.ts";
import { isMissing } from "../state/files.ts";
import { parseYaml } from "./yaml.ts";

/** What surrounds one command: where it runs, with which environment, for which project. */
export interface Workspace {
  /** Directory of the project's settings. */
  readonly directory: string;
  readonly project: string;
  /** Path of the project's settings; undefined outside of a project. */
  readonly projectFile: string | undefined;
  /** Config that the project's settings declare, by key. */
  readonly declaredConfig: Readonly<Record<string, unknown>>;
  /** Directory of the stacks' settings files. */
  readonly stackSettings: string;
  readonly backend: Backend;
  readonly env: Readonly<Record<string, string | undefined>>;
}

type Environment = Workspace["env"];

/** Finds `Pulumi.yaml` in `cwd` or above it and opens the backend it (or PULUMI_BACKEND_URL) names. */
export async function openWorkspace(cwd: string, env: Environment): Promise<Workspace> {
  const found = await findProject(resolve(cwd));
  const settings = found?.settings ?? {};
  const directory = found?.directory ?? resolve(cwd);
  const backendOf = settings["backend"] as { url?: string } | undefined;
  const url = env["PULUMI_BACKEND_URL"] ?? backendOf?.url;
  if (!url)
    throw new TealError(
      "backend_missing",
      "expected a file:// or s3:// backend in PULUMI_BACKEND_URL or in Pulumi.yaml (`backend: {url: file://…}`), found none",
    );
  const configDirectory = settings["stackConfigDir"];
  return {
    directory,
    project: typeof settings["name"] === "string" ? settings["name"] : "",
    projectFile: found?.path,
    declaredConfig: declared(settings["config"]),
    stackSettings: typeof configDirectory === "string" ? join(directory, configDirectory) : directory,
    backend: openBackend(url, directory, homedir()),
    env,
  };
}

async function findProject(
  start: string,
): Promise<{ path: string; directory: string; settings: Record<string, unknown> } | undefined> {
  for (let directory = start; ; directory = dirname(directory)) {
    for (const name of ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"]) {
      const path = join(directory, name);
      const settings = await readYaml(path);
      if (settings) return { path, directory, settings };
    }
    if (directory === dirname(directory)) return undefined;
  }
}

/** `config` was once the path of a directory. */
function declared(config: unknown): Readonly<Record<string, unknown>> {
  return typeof config === "object" && config !== null ? (config as Record<string, unknown>) : {};
}

async function readYaml(path: string): Promise<Record<string, unknown> | undefined> {
  try {
    return parseYaml(await readFile(path, "utf8"), path);
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw cause;
  }
}

/** The passphrase of the stack's secrets; asked for only where a secret is read or written. */
export async function passphraseOf(env: Environment): Promise<string> {
  const passphrase = env["PULUMI_CONFIG_PASSPHRASE"];
  if (passphrase !== undefined) return passphrase;
  const file = env["PULUMI_CONFIG_PASSPHRASE_FILE"];
  if (file) return (await readFile(file, "utf8")).trim();
  throw new TealError(
    "secrets_passphrase_missing",
    "passphrase must be set with PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE environment variables",
  );
}
