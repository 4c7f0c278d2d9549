/** The directory of Pulumi's file backend: `<root>/.pulumi/{stacks,history,backups,locks}/…`. */
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { TealError } from "../../model/errors.ts";
import { unsupported } from "../unsupported.ts";
import type { StoredDeployment } from "./deployment.ts";
import { isMissing, readIfThere, removeIfThere, writeAtomically } from "./files.ts";
import type { StackId } from "./urn.ts";

export interface Backend {
  /** As the user gave it: `file://…`. */
  readonly url: string;
  /** The `.pulumi` directory. */
  readonly root: string;
}

/** Refuses any backend but `file://`. `~` is the home directory. */
export function openBackend(url: string, cwd: string, home: string): Backend {
  if (!url.startsWith("file://")) throw unsupported(`the backend ${JSON.stringify(url)} (only file:// ones)`);
  const path = url.slice("file://".length);
  const directory = path.startsWith("~")
    ? join(home, path.slice(1))
    : path.startsWith("/")
      ? fileURLToPath(url)
      : join(cwd, path);
  return { url, root: join(directory, ".pulumi") };
}

export const paths = {
  stacks: (backend: Backend, project: string) => join(backend.root, "stacks", project),
  stack: (backend: Backend, id: StackId) => join(backend.root, "stacks", id.project, `${id.stack}.json`),
  history: (backend: Backend, id: StackId) => join(backend.root, "history", id.project, id.stack),
  backups: (backend: Backend, id: StackId) => join(backend.root, "backups", id.project, id.stack),
  locks: (backend: Backend, id: StackId) => join(backend.root, "locks", "organization", id.project, id.stack),
};

interface VersionedCheckpoint {
  readonly version: number;
  readonly checkpoint: { readonly stack: string; readonly latest?: StoredDeployment };
}

/** The stack's deployment as stored, `undefined` in `deployment` for a stack never updated; `undefined` if there is no stack. */
export async function readStack(
  backend: Backend,
  id: StackId,
): Promise<{ deployment: StoredDeployment | undefined } | undefined> {
  const path = paths.stack(backend, id);
  const text = await readIfThere(path);
  if (text === undefined) return undefined;
  const { version, checkpoint } = parseCheckpoint(text, path);
  if (version !== 3) throw unsupported(`checkpoints of version ${version}`);
  return { deployment: checkpoint.latest };
}

function parseCheckpoint(text: string, path: string): VersionedCheckpoint {
  try {
    return JSON.parse(text) as VersionedCheckpoint;
  } catch (cause) {
    throw new TealError(
      "state_unreadable",
      `expected a checkpoint in JSON in ${path}; restore it from the .bak file or the backups`,
      {
        cause,
      },
    );
  }
}

/** Replaces the stack's checkpoint; the one before stays as `.bak`. */
export async function writeStack(
  backend: Backend,
  id: StackId,
  deployment: StoredDeployment | undefined,
): Promise<void> {
  const path = paths.stack(backend, id);
  const checkpoint = { version: 3, checkpoint: { stack: fullName(id), ...(deployment && { latest: deployment }) } };
  await writeAtomically(path, JSON.stringify(checkpoint, null, 4) + "\n", { keepAs: `${path}.bak` });
  // The CLI keeps checksums beside its files; one that no longer fits is worse than none.
  await removeIfThere(`${path}.attrs`);
}

export function fullName(id: StackId): string {
  return `organization/${id.project}/${id.stack}`;
}

/** Writes `meta.yaml` where it is missing: what marks the layout with projects. */
export async function ensureMeta(backend: Backend): Promise<void> {
  const path = join(backend.root, "meta.yaml");
  if ((await readIfThere(path)) === undefined) await writeAtomically(path, "version: 1\n", { mode: 0o644 });
}

export async function listStacks(backend: Backend, project: string | undefined): Promise<StackId[]> {
  const projects = project === undefined ? await names(join(backend.root, "stacks")) : [project];
  const stacks = await Promise.all(
    projects.map(async (each) =>
      (await names(paths.stacks(backend, each)))
        .filter((name) => name.endsWith(".json"))
        .map((name) => ({ project: each, stack: name.slice(0, -".json".length) })),
    ),
  );
  return stacks.flat();
}

export async function names(directory: string): Promise<string[]> {
  try {
    return (await readdir(directory)).sort();
  } catch (cause) {
    if (isMissing(cause)) return [];
    throw cause;
  }
}

/** Removes the stack's checkpoint and its history; backups stay, as Pulumi leaves them. */
export async function removeStack(backend: Backend, id: StackId): Promise<void> {
  const path = paths.stack(backend, id);
  for (const file of [path, `${path}.bak`, `${path}.attrs`, `${path}.bak.attrs`]) await removeIfThere(file);
  await rm(paths.history(backend, id), { recursive: true, force: true });
}
