import { randomUUID } from "node:crypto";
import {
  CreateDBClusterCommand,
  DeleteDBClusterSnapshotCommand,
  DescribeDBClustersCommand,
  DescribeDBClusterSnapshotsCommand,
  RDSClient,
  RestoreDBClusterFromSnapshotCommand,
  RestoreDBClusterToPointInTimeCommand,
} from "@aws-sdk/client-rds";
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { awsBackups } from "../../automation/aws/backups/backups.ts";
import type { AwsBackupsOptions, TenantData } from "../../automation/aws/backups/place.ts";
import { findCluster } from "../../automation/aws/backups/scratchCluster.ts";
import type { Holding, PointInTime } from "../../automation/backups/provider.ts";
import type { ClusterOrigin } from "../../tenant/data/spec.ts";
import { clusterIdentifierOf } from "../../tenant/plan/data/names.ts";

export const never = new AbortController().signal;

export interface Client {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
}

/** A tenant's cluster and bucket in a stand-in for AWS, and Teal's own bucket for markers. */
export class Ground {
  readonly tenant: string;
  readonly of: Holding;
  readonly data: TenantData;
  readonly rds: RDSClient;
  readonly s3: S3Client;
  readonly markers = "teal-backups";
  generation = 1;

  private constructor(client: Client, tenant: string, data?: TenantData) {
    this.tenant = tenant;
    this.of = { environment: "production", tenant, namespace: `production-${tenant}`, claim: "data" };
    this.data = data ?? { cluster: `production-${tenant}-1`, bucket: `production-${tenant}-abc` };
    const config = { ...client, maxAttempts: 4 };
    this.rds = new RDSClient(config);
    this.s3 = new S3Client({ ...config, forcePathStyle: true });
  }

  /** What is there already, as another process finds it. */
  static at(client: Client, tenant: string): Ground {
    return new Ground(client, tenant);
  }

  /** `named`: what it has was there before it. */
  static async make(client: Client, named?: TenantData): Promise<Ground> {
    const ground = new Ground(client, `t${randomUUID().slice(0, 8)}`, named);
    const { rds, s3, data, markers } = ground;
    await rds.send(
      new CreateDBClusterCommand({
        DBClusterIdentifier: data.cluster!,
        Engine: "aurora-postgresql",
        MasterUsername: "teal_admin",
        MasterUserPassword: "correct horse",
        StorageEncrypted: true,
      }),
    );
    const LocationConstraint = client.region as "eu-central-1";
    for (const Bucket of [data.bucket!, markers])
      await s3
        .send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint } }))
        .catch((error: Error) => {
          if (error.name !== "BucketAlreadyOwnedByYou") throw error;
        });
    const VersioningConfiguration = { Status: "Enabled" } as const;
    await s3.send(new PutBucketVersioningCommand({ Bucket: data.bucket!, VersioningConfiguration }));
    return ground;
  }

  get options(): AwsBackupsOptions {
    const { rds, s3, markers: bucket } = this;
    return {
      ...{ rds, s3, bucket, pollMilliseconds: 20 },
      find: async () => this.data,
    };
  }

  get provider() {
    const provider = awsBackups(this.options);
    return {
      ...provider,
      restore: (of: Holding, id: string, signal: AbortSignal) =>
        provider.restore(of, id, signal, (origin) => this.swap(origin)),
      restoreTo: (of: Holding, point: PointInTime, signal: AbortSignal) =>
        provider.restoreTo!(of, point, signal, (origin) => this.swap(origin)),
    };
  }

  /** As the tenant's data stack does it: another generation, made once, and the old one kept. */
  async swap(origin: ClusterOrigin): Promise<void> {
    const next = clusterIdentifierOf({ environment: "production", id: this.tenant }, this.generation + 1);
    if (await findCluster(this.rds, next)) return;
    const made = { DBClusterIdentifier: next, Engine: "aurora-postgresql" };
    if ("snapshot" in origin)
      await this.rds.send(new RestoreDBClusterFromSnapshotCommand({ ...made, SnapshotIdentifier: origin.snapshot }));
    else
      await this.rds.send(
        new RestoreDBClusterToPointInTimeCommand({
          DBClusterIdentifier: next,
          SourceDBClusterIdentifier: origin.cluster,
          RestoreToTime: new Date(origin.at),
        }),
      );
  }

  async put(key: string, text: string): Promise<void> {
    await this.s3.send(new PutObjectCommand({ Bucket: this.data.bucket!, Key: key, Body: text }));
  }

  async delete(key: string): Promise<void> {
    await this.s3.send(new DeleteObjectCommand({ Bucket: this.data.bucket!, Key: key }));
  }

  /** What the tenant's pods read now. */
  async contents(): Promise<Record<string, string>> {
    const Bucket = this.data.bucket!;
    const { Contents = [] } = await this.s3.send(new ListObjectsV2Command({ Bucket }));
    const entries = Contents.map(async ({ Key }) => {
      const { Body } = await this.s3.send(new GetObjectCommand({ Bucket, Key: Key! }));
      return [Key, await Body!.transformToString()];
    });
    return Object.fromEntries(await Promise.all(entries));
  }

  async snapshots(): Promise<string[]> {
    const { DBClusterSnapshots = [] } = await this.rds.send(new DescribeDBClusterSnapshotsCommand({}));
    return DBClusterSnapshots.map(({ DBClusterSnapshotIdentifier }) => DBClusterSnapshotIdentifier!);
  }

  /** The stand-in keeps the automated snapshots of clusters that are gone, one a minute for each name. */
  async forgetAutomated(): Promise<void> {
    for (const DBClusterSnapshotIdentifier of await this.snapshots())
      if (DBClusterSnapshotIdentifier.startsWith("rds:"))
        await this.rds.send(new DeleteDBClusterSnapshotCommand({ DBClusterSnapshotIdentifier }));
  }

  async clusters(): Promise<string[]> {
    const { DBClusters = [] } = await this.rds.send(new DescribeDBClustersCommand({}));
    return DBClusters.map(({ DBClusterIdentifier }) => DBClusterIdentifier!).filter((id) => id.includes(this.tenant));
  }

  close(): void {
    this.rds.destroy();
    this.s3.destroy();
  }
}
