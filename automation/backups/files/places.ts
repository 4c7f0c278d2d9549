import { randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { TealError } from "../../../model/errors.ts";
import type { Holding } from "../provider.ts";

/** Where things are and go, for one backup of one claim. */
export interface Places {
  of: Holding;
  id: string;
  /** The tenant's data. */
  volume: string;
  /** Has the volume, and beside it what a restore is about to put in its place. */
  namespace: string;
  backup: string;
  /** Has the tenant's backups, and beside them those that are being taken or removed. */
  shelf: string;
}

/** No dots: names of unfinished things are told apart by them. */
const idPattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/;
const namePattern = /^[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?$/;

/** @throws TealError `backup_name_invalid` for what could lead out of the directories */
export function placesOf(roots: { volumes: string; backups: string }, of: Holding, id: string): Places {
  const names = { environment: of.environment, tenant: of.tenant, namespace: of.namespace, claim: of.claim };
  for (const [what, name] of Object.entries(names)) if (!namePattern.test(name)) throw invalidName(what, name);
  if (!idPattern.test(id)) throw invalidName("id", id);
  const namespace = join(roots.volumes, of.namespace);
  const shelf = join(roots.backups, of.environment, of.tenant);
  return { of, id, namespace, volume: join(namespace, of.claim), shelf, backup: join(shelf, id) };
}

export type BackupStage = "taking" | "pruning";

/** A name on the shelf for a backup that isn't whole, another at every call. */
export function unfinishedBackup({ shelf, id }: Places, stage: BackupStage): string {
  return join(shelf, `.${stage}.${id}.${randomBytes(6).toString("hex")}`);
}

/** What earlier attempts at this backup left on the shelf. */
export async function unfinishedBackups({ shelf, id }: Places): Promise<string[]> {
  return matching(shelf, (name) => name.startsWith(`.taking.${id}.`) || name.startsWith(`.pruning.${id}.`));
}

/** A name on the shelf for what a drill restores, another at every call. */
export function drillScratch({ shelf, id }: Places): string {
  return join(shelf, `.drilling.${id}.${randomBytes(6).toString("hex")}`);
}

/** What drills of this tenant, of whichever backup, left on the shelf. */
export async function drillScratches({ shelf }: Places): Promise<string[]> {
  return matching(shelf, (name) => name.startsWith(".drilling."));
}

/**
 * `staging`: files are being put there. `restoring`: all are, and from here on the restore is finished by whoever comes
 * across it. `replaced`: what was the volume before.
 */
export type VolumeStage = "staging" | "restoring" | "replaced";

/** A place beside the volume, on the same file system; `mark` keeps several of a stage apart. */
export function besideVolume({ namespace, of }: Places, stage: VolumeStage, mark: string): string {
  return join(namespace, `.${stage}.${mark}.${of.claim}`);
}

export const someMark = (): string => randomBytes(6).toString("hex");

/** What restores have beside this claim's volume. */
export async function allBeside({ namespace, of }: Places, stage: VolumeStage): Promise<string[]> {
  return matching(namespace, (name) => {
    const [empty, is, , ...claim] = name.split(".");
    return empty === "" && is === stage && claim.join(".") === of.claim;
  });
}

async function matching(directory: string, fits: (name: string) => boolean): Promise<string[]> {
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return names.filter(fits).map((name) => join(directory, name));
}

function invalidName(what: string, name: string): TealError {
  const message = `Expected the ${what} of a backup to be a name without dots at its ends or slashes, got ${JSON.stringify(name)}.`;
  return new TealError("backup_name_invalid", message, { data: { what, name, retriable: false } });
}
