import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { dirname } from "node:path";
import { TealError } from "../model/errors.ts";

export interface PostgresUser {
  uid: number;
  gid: number;
}

/**
 * PostgreSQL refuses to run as root. As root it runs as the owner of the data it has already, else as the user
 * `postgres` or `nobody`. Null: as whoever runs Teal.
 */
export function postgresUser(data: string): PostgresUser | null {
  if (process.getuid?.() !== 0) return null;
  const owner = statSync(data, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  for (const name of ["postgres", "nobody"]) {
    const uid = idOf("-u", name);
    const gid = idOf("-g", name);
    if (uid !== null && gid !== null) return { uid, gid };
  }
  throw new TealError(
    "postgres_user_missing",
    "Teal runs as root, as which PostgreSQL refuses to run, and found no user postgres or nobody to run it as. Add one, run Teal as another user, or set DATABASE_URL.",
  );
}

/** Throws `directory_rights` when `user` can't get to `path`, naming the first folder that is closed to it. */
export function checkReachable(path: string, user: PostgresUser): void {
  const closed = closedTo(user, path);
  if (closed === undefined) return;
  throw new TealError(
    "directory_rights",
    `PostgreSQL runs as user ${user.uid} and can't get to ${path}: ${closed} is closed to it. Run chmod o+x ${closed}, use another directory (TEAL_DATA), or run Teal as a user that isn't root.`,
  );
}

/** The first folder on the way to `path` that is closed to `user`; undefined when none is. */
export function closedTo(user: PostgresUser, path: string): string | undefined {
  return ancestors(path).find((folder) => !mayEnter(folder, user));
}

function ancestors(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [...ancestors(parent), path];
}

function mayEnter(folder: string, user: PostgresUser): boolean {
  const stat = statSync(folder);
  if (!stat.isDirectory()) return true;
  if (stat.uid === user.uid) return (stat.mode & 0o100) !== 0;
  if (stat.gid === user.gid) return (stat.mode & 0o010) !== 0;
  return (stat.mode & 0o001) !== 0;
}

function idOf(flag: "-u" | "-g", name: string): number | null {
  try {
    return Number(execFileSync("id", [flag, name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  } catch {
    // `id` ends with 1 where there is no such user: the next name is tried.
    return null;
  }
}
