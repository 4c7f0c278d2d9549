import { CreateKeyCommand, DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { AddTagsToResourceCommand, DeleteDBClusterCommand } from "@aws-sdk/client-rds";
import { ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import {
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketTaggingCommand,
} from "@aws-sdk/client-s3";
import { allVersions } from "../../automation/aws/backups/versions.ts";
import { findCluster } from "../../automation/aws/backups/scratchCluster.ts";
import { openClient } from "../../automation/aws/clients.ts";
import { tenantKeys } from "../../automation/aws/keys/tenantKeys.ts";
import { onAws } from "../../automation/aws/leftovers/onAws.ts";
import type { KeptThing } from "../../model/offboarding.ts";
import { Ground, never, type Client } from "../backups/ground.ts";

/** A tenant with cluster, bucket and key that leaves, by the same calls of AWS as a worker makes. */
export class Leaving {
  readonly ground: Ground;
  readonly kms: KMSClient;
  readonly tagging: ResourceGroupsTaggingAPIClient;
  /** ARN. */
  readonly key: string;

  private constructor(client: Client, ground: Ground, key: string) {
    this.ground = ground;
    this.key = key;
    this.kms = openClient(KMSClient, client);
    this.tagging = openClient(ResourceGroupsTaggingAPIClient, client);
  }

  /** As another process finds it. */
  static at(client: Client, tenant: string, key: string): Leaving {
    return new Leaving(client, Ground.at(client, tenant), key);
  }

  static async make(client: Client): Promise<Leaving> {
    const ground = await Ground.make(client);
    const { of, data, rds, s3 } = ground;
    const TagSet = [
      { Key: "teal:environment", Value: of.environment },
      { Key: "teal:tenant", Value: of.tenant },
    ];
    await s3.send(new PutBucketTaggingCommand({ Bucket: data.bucket!, Tagging: { TagSet } }));
    const { DBClusterArn } = (await findCluster(rds, data.cluster!))!;
    await rds.send(new AddTagsToResourceCommand({ ResourceName: DBClusterArn, Tags: TagSet }));
    const kms = new KMSClient(client);
    const Tags = TagSet.map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value }));
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Tags }));
    kms.destroy();
    return new Leaving(client, ground, KeyMetadata!.Arn!);
  }

  /** What the phase `exporting` has done there. */
  async export(id: string): Promise<void> {
    const { provider, of } = this.ground;
    await provider.take(of, id, never);
    await provider.verify(of, id);
    await provider.keep!(of, id, never);
  }

  /** As the tenant's data stack is destroyed, which is Pulumi's: cluster and bucket go, the key stays. */
  async destroyCluster(): Promise<void> {
    const { rds, data } = this.ground;
    await rds.send(new DeleteDBClusterCommand({ DBClusterIdentifier: data.cluster!, SkipFinalSnapshot: true }));
    await this.ground.forgetAutomated();
  }

  async destroyBucket(): Promise<void> {
    const { s3, data } = this.ground;
    const Bucket = data.bucket!;
    for await (const { key, version } of allVersions(s3, Bucket))
      await s3.send(new DeleteObjectCommand({ Bucket, Key: key, VersionId: version }));
    await s3.send(new DeleteBucketCommand({ Bucket }));
  }

  look() {
    const { environment, tenant: id } = this.ground.of;
    return onAws({ tagging: this.tagging, kms: this.kms }).look({ environment, id });
  }

  /** What is done once the retention is over. */
  async end(id: string): Promise<KeptThing[]> {
    await this.ground.provider.prune(this.ground.of, id);
    return await tenantKeys(this.kms).scheduleDeletion([{ what: "KMS key", id: this.key, until: null }]);
  }

  /** All that Teal's own bucket has of the tenant, by key. */
  async shelf(): Promise<Record<string, string>> {
    const { s3, markers: Bucket, tenant } = this.ground;
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: `production/${tenant}/` }));
    const entries = Contents.map(async ({ Key }) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: Key! }));
      return [Key, await Body!.transformToString()];
    });
    return Object.fromEntries(await Promise.all(entries));
  }

  async keyState(): Promise<string> {
    const { KeyMetadata } = await this.kms.send(new DescribeKeyCommand({ KeyId: this.key }));
    return KeyMetadata!.KeyState!;
  }

  close(): void {
    this.ground.close();
    this.kms.destroy();
    this.tagging.destroy();
  }
}
