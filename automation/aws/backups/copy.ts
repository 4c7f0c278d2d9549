import { CopyDBClusterSnapshotCommand, type DBClusterSnapshot, type RDSClient } from "@aws-sdk/client-rds";
import { isNamed } from "../errors.ts";
import { awaitSnapshot, findSnapshot, snapshotOf } from "./snapshots.ts";

/** Another region, in which each snapshot is kept once more. */
export interface SecondRegion {
  name: string;
  /** Of that region. */
  rds: RDSClient;
  /** ARN of a key there: keys don't leave their region. */
  key: string;
}

/** Has AWS copy the snapshot of a backup there by its ARN, where it hasn't, and waits until all of it is there. */
export async function copySnapshot(
  { rds, key }: SecondRegion,
  { arn, id }: { arn: string; id: string },
  pollMilliseconds: number,
  signal: AbortSignal,
): Promise<DBClusterSnapshot> {
  if (!(await findSnapshot(rds, id))) {
    const copy = new CopyDBClusterSnapshotCommand({
      SourceDBClusterSnapshotIdentifier: arn,
      TargetDBClusterSnapshotIdentifier: snapshotOf(id),
      KmsKeyId: key,
      CopyTags: true,
    });
    try {
      await rds.send(copy);
    } catch (error) {
      // Another attempt was quicker.
      if (!isNamed(error, "DBClusterSnapshotAlreadyExistsFault")) throw error;
    }
  }
  return awaitSnapshot(rds, id, pollMilliseconds, signal);
}
