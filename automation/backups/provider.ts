import type { ClusterOrigin } from "../../tenant/data/spec.ts";

/** What a backup is of: one tenant's volume claim. */
export interface Holding {
  environment: string;
  tenant: string;
  namespace: string;
  claim: string;
}

export interface TakenBackup {
  id: string;
  /** RFC 3339: when taking it was finished. */
  takenAt: string;
  bytes: number;
  files: number;
  /** `sha256:<hex>` over every file's path, mode and content. */
  checksum: string;
  /** RFC 3339: when the tenant had last written before it was taken; null: never. */
  lastWriteAt: string | null;
  /** The schema version that the data says it has; null where it says none. */
  schemaVersion: string | null;
  /** Where a person finds it: a path or URL. */
  location: string;
}

/** What came back in a drill. */
export interface Drilled {
  /** RFC 3339: all that was written by then came back. */
  restoredTo: string;
  /** RFC 3339: the newest write that came back; null: there never was one, or nobody can tell. */
  newestWriteAt: string | null;
  /** Of the backup, as in `TakenBackup`. */
  checksum: string;
  bytes: number;
  files: number;
  /** From the beginning until the data was there and checked; making room and cleaning up left out. */
  seconds: number;
}

/** A moment to go back to, in the past of a tenant's cluster. */
export interface PointInTime {
  /** ISO 8601, UTC, to the second. */
  at: string;
  /** Identifier of the cluster. */
  cluster: string;
}

/** From when to when the data can be brought back to any moment, RFC 3339. */
export interface Restorable {
  /** Identifier of the cluster whose past it is. */
  cluster: string;
  earliest: string;
  latest: string;
}

/**
 * Has the tenant's data stack make another cluster from a snapshot, or of a moment of another's past, and take it into use, the old one kept until somebody confirms: so the
 * stack's state stays the truth. Asked again for the same operation it does nothing more.
 */
export type SwapCluster = (origin: ClusterOrigin) => Promise<void>;

/**
 * Takes and gives back a tenant's data. Every call may be made again after a crash at any point, and ends as if it had
 * been made once. An error that trying again can't mend has `retriable: false` in its data. Aborting the signal rejects with its reason and leaves what was there before.
 */
export interface BackupProvider {
  name: string;
  /** `data`: backs up what tenants have on AWS. Absent: their volumes. */
  source?: "data";
  /**
   * Idempotent by id: asked again after a crash it gives the same backup, whole.
   * @throws TealError `backup_source_missing`, `backup_source_refused`, `backup_failed`, `backup_no_space`, `backup_quota_full`
   */
  take(of: Holding, id: string, signal: AbortSignal): Promise<TakenBackup>;
  /**
   * Opens it and checks it against its checksums.
   * @throws TealError `backup_missing`, `backup_damaged`
   */
  verify(of: Holding, id: string): Promise<TakenBackup>;
  /**
   * Replaces the tenant's data by the backup's, whole or not at all; idempotent. Nothing may have the data open. `swap` is for data in a
   * cluster of the tenant's own.
   * @throws TealError `backup_missing`, `backup_damaged`, `backup_failed`, `backup_no_space`
   */
  restore(of: Holding, id: string, signal: AbortSignal, swap?: SwapCluster): Promise<void>;
  /** Absent: the data can be brought back to backups alone; null: this tenant's can. @throws TealError `point_in_time_unavailable` with why as a phrase, `backup_source_refused`, `backup_failed` */
  restorable?(of: Holding): Promise<Restorable | null>;
  /**
   * As `restore`, to a moment that is restorable. There where `restorable` is.
   * @throws TealError `backup_failed`
   */
  restoreTo?(of: Holding, point: PointInTime, signal: AbortSignal, swap: SwapCluster): Promise<void>;
  /**
   * Restores it into a scratch place that nobody uses, checks what came back, and removes that again, whatever comes of it.
   * Touches nothing live. A tenant has one at a time: what an earlier one that crashed had left is removed first.
   * @throws TealError `backup_missing`, `backup_damaged`, `backup_failed`, `backup_no_space`
   */
  drill(of: Holding, id: string, signal: AbortSignal): Promise<Drilled>;
  /**
   * Has a backup kept where it outlives all that the tenant has, for a tenant that is leaving. Idempotent. Absent: it is already.
   * @throws TealError `backup_missing`, `backup_damaged`, `backup_failed`
   */
  keep?(of: Holding, id: string, signal: AbortSignal): Promise<void>;
  /** Removes it; removing what is gone is fine. */
  prune(of: Holding, id: string): Promise<void>;
  /** When the tenant last wrote (RFC 3339); null: never. */
  lastWrite(of: Holding): Promise<string | null>;
}
