/** Pulumi's own layout of state: `<root>/.pulumi/{stacks,history,backups,locks}/…`, in a directory or a bucket. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { TealError } from "../../model/errors.ts";
import { unsupported } from "../unsupported.ts";
import { compactJson } from "./blobs.ts";
import type { StoredDeployment } from "./deployment.ts";
import { fileStore } from "./fileStore.ts";
import { s3Store } from "./s3/store.ts";
import { parseS3Url } from "./s3/url.ts";
import type { Store } from "./store.ts";
import { fullName, type StackId } from "./urn.ts";

export interface Backend {
  /** As the user gave it: `file://…` or `s3://…`. */
  readonly url: string;
  /** The `.pulumi` directory, in the store. */
  readonly root: string;
  readonly store: Store;
}

/** Of one command: what it has read it replaces only while that is still there. Refuses any but `file://` and `s3://`. */
export function openBackend(url: string, cwd: string, home: string): Backend {
  if (url.startsWith("s3://")) {
    const place = parseS3Url(url);
    return { url, root: `${place.prefix}.pulumi`, store: s3Store(place) };
  }
  if (!url.startsWith("file://"))
    throw unsupported(`the backend ${JSON.stringify(url.split(":")[0])} (only file:// and s3:// ones)`);
  const [path = "", query = ""] = url.slice("file://".length).split("?");
  const directory = path.startsWith("~")
    ? join(home, path.slice(1))
    : path.startsWith("/")
      ? fileURLToPath(`file://${path}`)
      : join(cwd, path);
  const attributes = new URLSearchParams(query).get("metadata") !== "skip";
  return { url, root: join(directory, ".pulumi"), store: fileStore(attributes) };
}

export const paths = {
  stacks: (backend: Backend, project: string) => join(backend.root, "stacks", project),
  stack: (backend: Backend, id: StackId) => join(backend.root, "stacks", id.project, `${id.stack}.json`),
  tags: (backend: Backend, id: StackId) => join(backend.root, "stacks", id.project, `${id.stack}.pulumi-tags`),
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
  const text = await backend.store.read(path);
  if (text === undefined) return refuseCompressed(backend, id);
  const { version, checkpoint } = parseCheckpoint(text, backend.store.show(path));
  if (version !== 3) throw unsupported(`checkpoints of version ${version}`);
  return { deployment: checkpoint.latest };
}

async function refuseCompressed(backend: Backend, id: StackId): Promise<undefined> {
  const files = await backend.store.names(paths.stacks(backend, id.project));
  const compressed = [".gz", ".zst"].map((end) => `${id.stack}.json${end}`).find((name) => files.includes(name));
  if (compressed) throw unsupported(`compressed checkpoints (${compressed})`);
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
  await backend.store.write(path, compactJson(checkpoint), { keepAs: `${path}.bak` });
}

/**
 * Makes sure that the directory has the layout with projects, which `meta.yaml` marks; writes the file where it is
 * missing. Directories from before projects are refused.
 */
export async function ensureLayout({ root, store }: Backend): Promise<void> {
  const path = join(root, "meta.yaml");
  const text = await store.read(path);
  if (text === undefined) {
    const old = (await store.names(join(root, "stacks"))).find((name) => /\.json(\.gz|\.zst)?$/.test(name));
    if (old) throw unsupported(`state directories without projects (stacks/${old})`);
    return store.write(path, "version: 1\n");
  }
  const version = /^version:\s*(\d+)\s*$/m.exec(text)?.[1];
  if (version === undefined)
    throw new TealError(
      "state_unreadable",
      `expected \`version: 1\` in ${store.show(path)}, got ${JSON.stringify(text)}`,
    );
  if (version !== "1") throw unsupported(`state directories of version ${version} (${store.show(path)})`);
}

export async function listStacks(backend: Backend, project: string | undefined): Promise<StackId[]> {
  const projects = project === undefined ? await backend.store.names(join(backend.root, "stacks")) : [project];
  const stacks = await Promise.all(
    projects.map(async (each) =>
      (await backend.store.names(paths.stacks(backend, each)))
        .filter((name) => name.endsWith(".json"))
        .map((name) => ({ project: each, stack: name.slice(0, -".json".length) })),
    ),
  );
  return stacks.flat().sort((a, b) => (a.stack < b.stack ? -1 : a.stack > b.stack ? 1 : 0));
}

/** Ends the stack and its history. Its last checkpoint stays as `.bak`, and its backups, unless they are to go too. */
export async function removeStack(backend: Backend, id: StackId, options: { backups?: boolean } = {}): Promise<void> {
  const { store } = backend;
  const path = paths.stack(backend, id);
  if (options.backups) {
    await store.remove([`${path}.bak`]);
    await store.removeAll(paths.backups(backend, id));
  } else await store.keep(path, `${path}.bak`);
  await store.remove([path, paths.tags(backend, id)]);
  await store.removeAll(paths.history(backend, id));
}

/** What a writer that was killed left half done. To be called by whoever holds the stack's lock. */
export async function removeLeftovers(backend: Backend, id: StackId): Promise<void> {
  const { store } = backend;
  const directory = paths.stacks(backend, id.project);
  const isLeft = (name: string) => name.startsWith(`${id.stack}.json.`) && name.endsWith(".tmp");
  const left = (await store.names(directory)).filter(isLeft);
  await store.remove(left.map((name) => join(directory, name)));
}
