/** What history says of the surroundings of an update: options, variables (never their values), and where the program is from. */
import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { pulumiVersion } from "../version.ts";
import type { Workspace } from "../workspace/project.ts";
import type { Arguments } from "./arguments.ts";

export interface UpdateMetadata {
  readonly message: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Variables of which Pulumi notes whether they are on; of others only that they are set. */
const switches = new Set(
  (
    "EXPERIMENTAL SKIP_UPDATE_CHECK DEV SKIP_CHECKPOINTS DEBUG_COMMANDS ENABLE_LEGACY_DIFF ENABLE_LEGACY_REFRESH_DIFF " +
    "DISABLE_PROVIDER_PREVIEW DISABLE_RESOURCE_REFERENCES DISABLE_OUTPUT_VALUES ERROR_OUTPUT_STRING " +
    "IGNORE_AMBIENT_PLUGINS DISABLE_AUTOMATIC_PLUGIN_ACQUISITION SKIP_CONFIRMATIONS ERROR_ON_DEPENDENCY_CYCLES " +
    "AUTOMATION_API_SKIP_VERSION_CHECK CONTINUE_ON_ERROR SUPPRESS_NEO_LINK NEO FALLBACK_TO_STATE_SECRETS_MANAGER " +
    "DISABLE_SECRET_CACHE PARALLEL_DIFF RUN_PROGRAM ENABLE_STREAMING_JSON_PREVIEW DIY_BACKEND_NO_LEGACY_WARNING " +
    "DIY_BACKEND_IGNORE_DEPRECATION_ERROR DIY_BACKEND_LEGACY_LAYOUT DIY_BACKEND_GZIP DIY_BACKEND_ZSTD " +
    "DIY_BACKEND_RETAIN_CHECKPOINTS DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS DISABLE_REGISTRY_RESOLVE " +
    "DISABLE_JOURNALING GOROUTINE_PANIC_RECOVERY"
  )
    .split(" ")
    .map((name) => `PULUMI_${name}`),
);

/** Node's names of processors, as Go has them. */
const architectures: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" };
const execKinds = new Set(["auto.inline", "auto.local", "cli"]);

export async function updateMetadata(workspace: Workspace, args: Arguments): Promise<UpdateMetadata> {
  const kind = args.get("exec-kind") ?? "cli";
  const agent = args.get("exec-agent");
  const git = await gitMetadata(workspace.directory);
  const environment = {
    ...variables({ ...workspace.env, PULUMI_AUTOMATION_API: "true" }),
    ...flags(args),
    ...git.environment,
    "pulumi.version": pulumiVersion,
    "pulumi.os": process.platform,
    "pulumi.arch": architectures[process.arch] ?? process.arch,
    "exec.kind": execKinds.has(kind) ? kind : "cli",
    ...(agent && { "exec.agent": agent }),
    updatePlan: "false",
    "stack.environments": "[]",
  };
  const sorted = Object.entries(environment).sort(([a], [b]) => (a < b ? -1 : 1));
  return { message: args.get("message") ?? git.message, environment: Object.fromEntries(sorted) };
}

function variables(env: Workspace["env"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env)
      .filter(([name, value]) => name.startsWith("PULUMI_") && value !== undefined)
      .map(([name, value]) => [`pulumi.env.${name}`, switches.has(name) ? String(isTruthy(value!)) : "set"]),
  );
}

function isTruthy(value: string): boolean {
  return value === "1" || value.toLowerCase() === "true";
}

function flags(args: Arguments): Record<string, string> {
  const given = new Set(args.options.map(({ name }) => name)).add("non-interactive");
  return Object.fromEntries(
    [...given].map((name) => [
      `pulumi.flag.${name}`,
      name === "non-interactive" ? "true" : args.isFlag(name) ? String(args.has(name)) : "set",
    ]),
  );
}

const run = promisify(execFile);
const nothing: UpdateMetadata = { message: "", environment: {} };

/** The commit that the project's directory is at. A program that lies in no repository, or no `git` here: nothing. */
async function gitMetadata(directory: string): Promise<UpdateMetadata> {
  const root = await repositoryAbove(directory);
  if (root === undefined) return nothing;
  const git = async (...args: string[]) => (await run("git", ["-C", directory, ...args])).stdout.trim();
  try {
    const format = ["%H", "%cn", "%ce", "%an", "%ae", "%s"].join("%n");
    const [commit, head, dirty] = await Promise.all([
      git("log", "-1", `--format=${format}`),
      git("rev-parse", "--symbolic-full-name", "HEAD"),
      git("status", "--porcelain"),
    ]);
    const [hash, committer, committerEmail, author, authorEmail, title] = commit.split("\n");
    return {
      message: title ?? "",
      environment: {
        "git.head": hash ?? "",
        ...(head !== "HEAD" && { "git.headName": head }),
        "git.dirty": String(dirty !== ""),
        "git.committer": committer ?? "",
        "git.committer.email": committerEmail ?? "",
        "git.author": author ?? "",
        "git.author.email": authorEmail ?? "",
      },
    };
  } catch {
    // As with the CLI: a repository that can't be read is no reason to fail an update.
    return nothing;
  }
}

async function repositoryAbove(directory: string): Promise<string | undefined> {
  for (let at = directory; ; at = dirname(at)) {
    if (await exists(join(at, ".git"))) return at;
    if (at === dirname(at)) return undefined;
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
