import { GetObjectCommand } from "@aws-sdk/client-s3";
import { TealError } from "../../../model/errors.ts";
import type { BackupProvider, Drilled, Holding, SwapCluster, TakenBackup } from "../../backups/provider.ts";
import { Room } from "../../room.ts";
import { copySnapshot } from "./copy.ts";
import { asFailure } from "./failure.ts";
import {
  damaged,
  listText,
  readList,
  readMarker,
  removeMarker,
  requireMarker,
  takenOf,
  writeMarker,
  type Marker,
  type Shelf,
} from "./marker.ts";
import { keepObjects, removeKept } from "./keep.ts";
import { bringBack } from "./objects.ts";
import type { AwsBackupsOptions, TenantData } from "./place.ts";
import { restorable, restoreTo } from "./pointInTime.ts";
import { findCluster, removeScratch, restoreScratch } from "./scratchCluster.ts";
import { awaitSnapshot, beginSnapshot, deleteSnapshot, findSnapshot, snapshotOf } from "./snapshots.ts";
import { allVersions, heldAt, type ObjectVersion } from "./versions.ts";

/** In this process: RDS takes few snapshots at once. */
const snapshotsAtOnce = 5;
/** Objects that a drill reads through. */
const readAtMost = 20;

/**
 * Backups of what a tenant has on AWS: a snapshot of its cluster, and which versions its bucket held at that same moment, joined by
 * a marker in a bucket of Teal's own. A backup counts once its marker is there.
 */
export function awsBackups(options: AwsBackupsOptions): BackupProvider {
  const room = new Room(snapshotsAtOnce);
  const shelf = (of: Holding, id: string): Shelf => ({ s3: options.s3, bucket: options.bucket, of, id });
  const doing = async <T>(
    what: string,
    of: Holding,
    id: string,
    signal: AbortSignal | null,
    work: () => Promise<T>,
  ) => {
    try {
      return await work();
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw asFailure(error, `for ${what} of tenant ${of.tenant}`, { id });
    }
  };
  return {
    name: "aws",
    source: "data",
    take: (of, id, signal) =>
      doing("the backup", of, id, signal, () => room.within(signal, () => take(options, shelf(of, id), signal))),
    verify: (of, id) => doing("checking a backup", of, id, null, () => verify(options, shelf(of, id))),
    restore: (of, id, signal, swap) =>
      doing("restoring", of, id, signal, () => restore(options, shelf(of, id), signal, swap)),
    restorable: (of) => doing("looking for restorable times", of, "none", null, () => restorable(options, of)),
    restoreTo: (of, point, signal, swap) =>
      doing(`restoring to ${point.at}`, of, "none", signal, () => restoreTo(options, of, point, signal, swap)),
    drill: (of, id, signal) => doing("the restore drill", of, id, signal, () => drill(options, shelf(of, id), signal)),
    keep: (of, id, signal) => doing("keeping a backup", of, id, signal, () => keep(options, shelf(of, id), signal)),
    prune: (of, id) =>
      doing("removing a backup", of, id, null, async () => {
        await removeMarker(shelf(of, id));
        await removeKept(shelf(of, id), new AbortController().signal);
        for (const rds of [options.rds, options.second?.rds]) if (rds) await deleteSnapshot(rds, id);
      }),
    lastWrite: (of) => doing("looking for the last write", of, "none", null, () => lastWrite(options, of)),
  };
}

async function take(options: AwsBackupsOptions, shelf: Shelf, signal: AbortSignal): Promise<TakenBackup> {
  const { of, id, s3 } = shelf;
  const there = await readMarker(shelf);
  if (there) return takenOf(there, shelf);
  const data = await options.find(of);
  if (!data) throw noSource(of);
  const { asOf, database } = await snapshotted(options, shelf, data, signal);
  const held = data.bucket === null ? null : await heldAt(s3, data.bucket, asOf, signal);
  const list = held && listText(held.objects);
  const objects = held && {
    bucket: data.bucket!,
    count: held.objects.length,
    bytes: held.objects.reduce((sum, { bytes }) => sum + bytes, 0),
    sha256: list!.sha256,
  };
  signal.throwIfAborted();
  const content = {
    format: 1 as const,
    ...{ id, environment: of.environment, tenant: of.tenant },
    takenAt: new Date().toISOString(),
    asOf: asOf.toISOString(),
    // Nobody can tell when a database was last written to: as late as it may have been.
    lastWriteAt: database ? asOf.toISOString() : (held?.lastWriteAt?.toISOString() ?? null),
    ...{ database, objects },
  };
  return takenOf(await writeMarker(shelf, content, list && list.text), shelf);
}

/** The database's snapshot, and the moment that it is of; without a database: now. */
async function snapshotted(
  { rds, second, pollMilliseconds = 15_000 }: AwsBackupsOptions,
  { of, id }: Shelf,
  { cluster }: TenantData,
  signal: AbortSignal,
): Promise<{ asOf: Date; database: Marker["database"] }> {
  if (cluster === null) return { asOf: new Date(), database: null };
  await beginSnapshot(rds, cluster, { of, id });
  const snapshot = await awaitSnapshot(rds, id, pollMilliseconds, signal);
  const { SnapshotCreateTime: asOf, DBClusterSnapshotArn: arn, AllocatedStorage = 0, DBClusterIdentifier } = snapshot;
  if (asOf === undefined || arn === undefined) throw new Error(`AWS does not say of when ${snapshotOf(id)} is.`);
  if (second) await copySnapshot(second, { arn, id }, pollMilliseconds, signal);
  const from = { snapshot: snapshotOf(id), cluster: DBClusterIdentifier ?? cluster, second: second?.name ?? null };
  return { asOf, database: { ...from, bytes: AllocatedStorage * 2 ** 30 } };
}

/** All that the marker speaks of is there still. */
async function verify(options: AwsBackupsOptions, shelf: Shelf): Promise<TakenBackup> {
  const marker = await requireMarker(shelf);
  await held(options, shelf, marker);
  return takenOf(marker, shelf);
}

async function held({ rds, s3, second }: AwsBackupsOptions, shelf: Shelf, marker: Marker): Promise<ObjectVersion[]> {
  const problems: string[] = [];
  if (marker.database) {
    const snapshot = await findSnapshot(rds, shelf.id);
    if (snapshot?.Status !== "available")
      problems.push(`snapshot ${marker.database.snapshot} is ${snapshot?.Status ?? "gone"}`);
    if (second && marker.database.second === second.name && !(await findSnapshot(second.rds, shelf.id)))
      problems.push(`the copy of snapshot ${marker.database.snapshot} in ${second.name} is gone`);
  }
  const objects = await readList(shelf, marker);
  if (marker.objects) {
    const missing = new Map(objects.map((one) => [one.version, one.key]));
    for await (const { version, deleted } of allVersions(s3, marker.objects.bucket))
      if (!deleted) missing.delete(version);
    problems.push(...[...missing.values()].map((key) => `the version of ${key} that it holds is gone`));
  }
  if (problems.length > 0) throw damaged(shelf, problems);
  return objects;
}

/** The snapshot outlives its cluster; versions of objects go with their bucket. */
async function keep(options: AwsBackupsOptions, shelf: Shelf, signal: AbortSignal): Promise<void> {
  const marker = await requireMarker(shelf);
  const objects = await held(options, shelf, marker);
  if (marker.objects) await keepObjects(shelf, marker.objects.bucket, objects, signal);
}

/** The database first: while it isn't there, nothing else was changed. */
async function restore(
  options: AwsBackupsOptions,
  shelf: Shelf,
  signal: AbortSignal,
  swap: SwapCluster | undefined,
): Promise<void> {
  const marker = await requireMarker(shelf);
  if (marker.database && !swap) throw new Error("Nobody says how another cluster is taken into use.");
  const objects = await held(options, shelf, marker);
  signal.throwIfAborted();
  if (marker.database) await swap!({ snapshot: marker.database.snapshot });
  if (marker.objects) await bringBack(shelf.s3, marker.objects.bucket, objects, signal);
}

async function drill(options: AwsBackupsOptions, shelf: Shelf, signal: AbortSignal): Promise<Drilled> {
  const { rds, pollMilliseconds = 15_000 } = options;
  const began = performance.now();
  const marker = await requireMarker(shelf);
  const { database } = marker;
  let clearing = 0;
  if (database) {
    await removeScratch(rds, shelf.of, pollMilliseconds);
    clearing = performance.now() - began;
  }
  try {
    const objects = await held(options, shelf, marker);
    if (database) {
      const key = (await findSnapshot(rds, shelf.id))?.KmsKeyId;
      // The cluster of then may be gone by now: the walls are those of the one in use.
      const like = (await options.find(shelf.of))?.cluster ?? database.cluster;
      const from = { of: shelf.of, cluster: database.cluster, like, snapshot: database.snapshot, key };
      await restoreScratch(rds, from, pollMilliseconds, signal);
    }
    for (const one of objects.slice(0, readAtMost)) await readThrough(options, shelf, marker.objects!.bucket, one);
    const seconds = (performance.now() - began - clearing) / 1000;
    const { bytes, files, checksum, lastWriteAt } = takenOf(marker, shelf);
    return { restoredTo: marker.asOf, newestWriteAt: lastWriteAt, checksum, bytes, files, seconds };
  } finally {
    if (database) await removeScratch(rds, shelf.of, pollMilliseconds);
  }
}

async function readThrough({ s3 }: AwsBackupsOptions, shelf: Shelf, Bucket: string, one: ObjectVersion): Promise<void> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: one.key, VersionId: one.version }));
  let bytes = 0;
  for await (const chunk of Body as AsyncIterable<Uint8Array>) bytes += chunk.length;
  if (bytes !== one.bytes) throw damaged(shelf, [`${one.key} came back with ${bytes} bytes instead of ${one.bytes}`]);
}

async function lastWrite({ rds, s3, find }: AwsBackupsOptions, of: Holding): Promise<string | null> {
  const data = await find(of);
  if (!data) return null;
  const cluster = data.cluster === null ? undefined : await findCluster(rds, data.cluster);
  const bucket = data.bucket === null ? null : (await heldAt(s3, data.bucket, new Date())).lastWriteAt;
  const times = [cluster && (cluster.LatestRestorableTime ?? new Date()), bucket].flatMap((time) => time ?? []);
  return times.length === 0 ? null : new Date(Math.max(...times.map((time) => time.getTime()))).toISOString();
}

function noSource({ environment, tenant }: Holding): TealError {
  const message = `Tenant ${tenant} in ${environment} has no stack tenant-data that was ever brought up: there is nothing to back up.`;
  return new TealError("backup_source_missing", message, { data: { retriable: false } });
}
