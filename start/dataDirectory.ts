import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { access, chmod, constants, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { TealError } from "../model/errors.ts";
import { identify, isRunning, type ProcessIdentity } from "./processes.ts";

/** Makes the data directory where it is missing. Throws `data_unusable` in one line where it can't be used. */
export async function openDataDirectory(path: string): Promise<void> {
  try {
    // Others may pass through (PostgreSQL's own user must reach its folder), but not look around.
    const made = await mkdir(path, { recursive: true });
    if (made !== undefined) await chmod(path, 0o711);
    await mkdir(join(path, "run"), { recursive: true, mode: 0o700 });
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
    await access(join(path, "run"), constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new TealError(
      "data_unusable",
      `TEAL_DATA: expected a directory that can be read and written, got ${path}: ${(cause as Error).message}.`,
      { cause },
    );
  }
}

/**
 * Takes the data directory for this process; returns how to give it back. A lock left by a process that has ended is
 * taken over. Throws `data_in_use` where another Teal is running on it.
 */
export function lockDataDirectory(path: string): () => void {
  const file = join(path, "run", "teal.lock");
  const mine = `${file}.${process.pid}`;
  const holder = lockHolder(file);
  if (holder && holder.pid !== process.pid && isRunning(holder)) {
    throw new TealError(
      "data_in_use",
      `TEAL_DATA: ${path} is in use by the Teal with process id ${holder.pid}. Stop it, or set another TEAL_DATA.`,
    );
  }
  writeFileSync(mine, JSON.stringify(identify(process.pid)), { mode: 0o600 });
  renameSync(mine, file);
  return () => rmSync(file, { force: true });
}

function lockHolder(file: string): ProcessIdentity | null {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as ProcessIdentity;
  } catch {
    // None, or half-written by a process that died then.
    return null;
  }
}

/** The text kept in the file `name` of the data directory; made by chance (base64url, 256 bits) the first time. */
export function keptSecret(path: string, name: string): string {
  const file = join(path, name);
  try {
    const kept = readFileSync(file, "utf8").trim();
    if (kept !== "") return kept;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const made = randomBytes(32).toString("base64url");
  const descriptor = openSync(`${file}.new`, "w", 0o600);
  writeFileSync(descriptor, made);
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(`${file}.new`, file);
  return made;
}
