import { createHash } from "node:crypto";
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { TealError } from "../../../model/errors.ts";
import type { TakenBackup } from "../provider.ts";
import { isCode } from "./failure.ts";
import type { Places } from "./places.ts";

const time = z.iso.datetime();
const mode = z.int().min(0).max(0o777);
/** From the root, with `/`, and never out of it. */
const path = z.string().refine((text) => text.split("/").every((part) => part !== "" && part !== "." && part !== ".."));

const contentSchema = z.strictObject({
  format: z.literal(1),
  id: z.string(),
  environment: z.string(),
  tenant: z.string(),
  claim: z.string(),
  takenAt: time,
  lastWriteAt: time.nullable(),
  schemaVersion: z.string().nullable(),
  directories: z.array(z.strictObject({ path: z.union([z.literal(""), path]), mode })),
  files: z.array(
    z.strictObject({
      path,
      kind: z.enum(["file", "sqlite"]),
      bytes: z.int().min(0),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      mode,
      modifiedAt: time,
    }),
  ),
});
const schema = contentSchema.extend({ checksum: z.string() });

export type ManifestContent = z.infer<typeof contentSchema>;
/** What a backup holds, in `manifest.json` beside its `data`. */
export type Manifest = z.infer<typeof schema>;
export type ManifestFile = Manifest["files"][number];

const fileName = "manifest.json";
/** In a backup: the files. */
export const dataOf = (backup: string): string => join(backup, "data");

export const withChecksum = (content: ManifestContent): Manifest => ({ ...content, checksum: checksumOf(content) });

/** Over everything in it, the files' own checksums included. Keys are in the schema's order, whoever wrote them. */
function checksumOf(content: ManifestContent): string {
  const { checksum: _, ...ordered } = schema.parse({ ...content, checksum: "" });
  return `sha256:${createHash("sha256").update(JSON.stringify(ordered)).digest("hex")}`;
}

export async function writeManifest(backup: string, manifest: Manifest): Promise<void> {
  await using file = await open(join(backup, fileName), "wx", 0o600);
  await file.writeFile(`${JSON.stringify(manifest, null, 2)}\n`);
  await file.sync();
}

/** @throws TealError `backup_missing`, `backup_damaged` */
export async function readManifest(places: Places): Promise<Manifest> {
  const text = await readFile(join(places.backup, fileName), "utf8").catch((error: unknown) => {
    if (isCode(error, "ENOENT")) return undefined;
    throw error;
  });
  if (text === undefined) throw missing(places);
  let manifest: Manifest;
  try {
    manifest = schema.parse(JSON.parse(text));
  } catch (cause) {
    throw damaged(places, ["its manifest can't be read"], cause);
  }
  const { checksum, ...content } = manifest;
  if (checksumOf(content) !== checksum) throw damaged(places, ["its manifest is not what was written"]);
  const { id, environment, tenant, claim } = manifest;
  const of = places.of;
  if (id !== places.id || environment !== of.environment || tenant !== of.tenant || claim !== of.claim)
    throw damaged(places, [`it is ${id}, of claim ${claim} of tenant ${tenant} in ${environment}`]);
  return manifest;
}

export function takenOf(manifest: Manifest, places: Places): TakenBackup {
  return {
    id: manifest.id,
    takenAt: manifest.takenAt,
    bytes: manifest.files.reduce((sum, file) => sum + file.bytes, 0),
    files: manifest.files.length,
    checksum: manifest.checksum,
    lastWriteAt: manifest.lastWriteAt,
    schemaVersion: manifest.schemaVersion,
    location: places.backup,
  };
}

function missing({ backup, id, of }: Places): TealError {
  const message = `Expected backup ${id} of tenant ${of.tenant} in ${backup}, but there is none: it was pruned, or never taken.`;
  return new TealError("backup_missing", message, { data: { id, location: backup, retriable: false } });
}

const shownAtMost = 5;

export function damaged({ backup, id }: Places, problems: readonly string[], cause?: unknown): TealError {
  const more = problems.length > shownAtMost ? `; and ${problems.length - shownAtMost} more` : "";
  const message = `Backup ${id} in ${backup} is not as it was taken: ${problems.slice(0, shownAtMost).join("; ")}${more}. Nothing was restored from it: use another.`;
  return new TealError("backup_damaged", message, {
    data: { id, location: backup, problems: problems.slice(0, 100), retriable: false },
    cause,
  });
}
