import type { RDSClient } from "@aws-sdk/client-rds";
import type { S3Client } from "@aws-sdk/client-s3";
import type { SecondRegion } from "./copy.ts";
import type { Holding } from "../../backups/provider.ts";

/** Where a tenant's data is now. */
export interface TenantData {
  /** Identifier of the cluster in use, such as `production-acme-1`; null: it has none of its own. */
  cluster: string | null;
  /** Null: it has none. */
  bucket: string | null;
  /** How long the bucket keeps what was overwritten or deleted; absent: it has none. */
  oldVersionDays?: number;
  /** What of it was there before the tenant; absent: nothing. Teal may copy that, and knows nothing of how its owner keeps its past. */
  adopted?: readonly ("cluster" | "bucket")[];
}

export interface AwsBackupsOptions {
  rds: RDSClient;
  s3: S3Client;
  /** Bucket that markers of backups are kept in; not a tenant's. */
  bucket: string;
  /** Where each snapshot is kept once more; absent: nowhere. */
  second?: SecondRegion;
  /** What the tenant's data stack says; null: it has none. */
  find(of: Holding): Promise<TenantData | null>;
  /** Between two looks at what AWS is busy with; 15 s if not given. */
  pollMilliseconds?: number;
}
