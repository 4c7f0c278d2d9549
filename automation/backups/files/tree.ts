import { constants } from "node:fs";
import { lstat, open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { TealError } from "../../../model/errors.ts";
import { isCode } from "./failure.ts";

export interface Tree {
  /** Parents before children; the first is the root, `""`. */
  directories: { path: string; mode: number }[];
  files: TreeFile[];
}

export interface TreeFile {
  /** From the root, with `/`. */
  path: string;
  kind: "file" | "sqlite";
  mode: number;
  modifiedMs: number;
}

const sqliteMagic = Buffer.from("SQLite format 3\0", "latin1");
const permissions = 0o777;
const shownAtMost = 5;

/**
 * What there is to copy below `root`: databases without the files that SQLite keeps beside them.
 * @throws TealError `backup_source_missing`, `backup_source_refused` for what a copy couldn't be true to
 */
export async function survey(root: string, signal?: AbortSignal): Promise<Tree> {
  const tree: Tree = { directories: [], files: [] };
  const odd: string[] = [];
  await rootOf(root);
  await walk(root, "", tree, odd, signal);
  if (odd.length > 0) throw refused(root, odd);
  return tree;
}

async function rootOf(root: string): Promise<void> {
  const found = await lstat(root).catch((error: unknown) => {
    if (isCode(error, "ENOENT")) return undefined;
    throw error;
  });
  if (found?.isDirectory() === true) return;
  const came = found === undefined ? "nothing is there" : "it is none";
  const message = `Expected the tenant's data in the directory ${root}, but ${came}. A claim gets its directory when a pod first mounts it.`;
  throw new TealError("backup_source_missing", message, { data: { volume: root } });
}

async function walk(root: string, path: string, tree: Tree, odd: string[], signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  const entries = await gone(readdir(join(root, path), { withFileTypes: true }));
  const found = await gone(lstat(join(root, path)));
  // Removed since its parent was read, by a tenant who goes on working.
  if (entries === undefined || found === undefined) return;
  tree.directories.push({ path, mode: found.mode & permissions });
  const files = new Map<string, TreeFile>();
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const at = path === "" ? entry.name : `${path}/${entry.name}`;
    if (entry.name.includes("\uFFFD")) odd.push(`${at} (its name is not UTF-8)`);
    else if (entry.isDirectory()) await walk(root, at, tree, odd, signal);
    else if (!entry.isFile()) odd.push(`${at} (${kindOf(entry)})`);
    else {
      const file = await lookAt(root, at);
      if (file !== undefined) files.set(entry.name, file);
    }
  }
  tree.files.push(...withoutSidecars(files));
}

async function lookAt(root: string, path: string): Promise<TreeFile | undefined> {
  const handle = await gone(open(join(root, path), constants.O_RDONLY | constants.O_NOFOLLOW));
  if (handle === undefined) return undefined;
  try {
    const { mode, mtimeMs } = await handle.stat();
    const head = Buffer.alloc(sqliteMagic.length);
    await handle.read(head, 0, head.length, 0);
    const kind = head.equals(sqliteMagic) ? "sqlite" : "file";
    return { path, kind, mode: mode & permissions, modifiedMs: Math.floor(mtimeMs) };
  } finally {
    await handle.close();
  }
}

/** A database's log, index and journal are part of it: its copy has all that they hold. */
function withoutSidecars(files: ReadonlyMap<string, TreeFile>): TreeFile[] {
  return [...files].flatMap(([name, file]) => {
    const base = /^(.+)-(?:wal|shm|journal)$/s.exec(name)?.[1];
    return base !== undefined && files.get(base)?.kind === "sqlite" ? [] : [file];
  });
}

function kindOf(entry: { isSymbolicLink(): boolean; isFIFO(): boolean; isSocket(): boolean }): string {
  if (entry.isSymbolicLink()) return "a symbolic link";
  if (entry.isFIFO()) return "a named pipe";
  return entry.isSocket() ? "a socket" : "a device";
}

function refused(root: string, odd: string[]): TealError {
  const more = odd.length > shownAtMost ? ` and ${odd.length - shownAtMost} more` : "";
  const message = `A backup holds files and directories only, but ${root} has ${odd.slice(0, shownAtMost).join(", ")}${more}. Remove them, or keep them outside the volume.`;
  return new TealError("backup_source_refused", message, {
    data: { volume: root, refused: odd.slice(0, 100), retriable: false },
  });
}

async function gone<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isCode(error, "ENOENT")) return undefined;
    throw error;
  }
}
