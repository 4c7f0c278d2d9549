import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { LocalWorkspace, type PulumiFn, type Stack } from "@pulumi/pulumi/automation/index.js";
import * as random from "@pulumi/random";
import { createPulumiCommand } from "../../engine/command.ts";
import type { Moto } from "../support/moto.ts";

/** A bucket for state in a stand-in for AWS, looked at as nobody of Teal's looks at it. */
export class Bucket {
  readonly name: string;
  readonly prefix = "live/teal/";
  readonly s3: S3Client;

  private constructor(client: Moto["client"], name: string) {
    this.name = name;
    this.s3 = new S3Client({ ...client, forcePathStyle: true });
  }

  static async make(client: Moto["client"]): Promise<Bucket> {
    const bucket = new Bucket(client, `state-${randomUUID().slice(0, 8)}`);
    const LocationConstraint = client.region as "eu-central-1";
    const CreateBucketConfiguration = { LocationConstraint };
    await bucket.s3.send(new CreateBucketCommand({ Bucket: bucket.name, CreateBucketConfiguration }));
    return bucket;
  }

  /** As a user writes it; credentials come from the environment. */
  url(endpoint: string, more = ""): string {
    const options = `region=eu-central-1&endpoint=${encodeURIComponent(endpoint)}&s3ForcePathStyle=true&awssdk=v2`;
    return `s3://${this.name}/${this.prefix.slice(0, -1)}?${options}${more}`;
  }

  async keys(below = ""): Promise<string[]> {
    const found = await this.s3.send(new ListObjectsV2Command({ Bucket: this.name, Prefix: this.prefix + below }));
    return (found.Contents ?? []).map(({ Key }) => Key!.slice(this.prefix.length)).sort();
  }

  async get(key: string): Promise<string> {
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: this.name, Key: this.prefix + key }));
    return Body!.transformToString();
  }

  async put(key: string, Body: string): Promise<void> {
    await this.s3.send(new PutObjectCommand({ Bucket: this.name, Key: this.prefix + key, Body }));
  }

  async delete(key: string): Promise<void> {
    await this.s3.send(new DeleteObjectCommand({ Bucket: this.name, Key: this.prefix + key }));
  }

  /** The names of what the stack's state holds, and of what it holds half done. */
  async state(stack = "dev"): Promise<{ names: string[]; pending: string[] }> {
    const { checkpoint } = JSON.parse(await this.get(`.pulumi/stacks/app/${stack}.json`)) as {
      checkpoint: {
        latest?: { resources?: { urn: string }[]; pending_operations?: { resource: { urn: string } }[] };
      };
    };
    const names = (resources: { urn: string }[] = []) => resources.map(({ urn }) => urn.split("::").at(-1)!);
    const { resources, pending_operations: pending = [] } = checkpoint.latest ?? {};
    return { names: names(resources), pending: names(pending.map(({ resource }) => resource)) };
  }
}

/** Names, one after the other: each is a step of its own. */
export function pets(count: number): PulumiFn {
  return () => {
    let before: random.RandomPet | undefined;
    for (let number = 1; number <= count; number++)
      before = new random.RandomPet(
        `pet${number}`,
        { keepers: { number: String(number) } },
        { ...(before && { dependsOn: before }) },
      );
    return Promise.resolve({ last: before?.id });
  };
}

/** The stack as a worker opens it, with a directory of its own. */
export async function open(url: string, home: string, program: PulumiFn, name = "dev"): Promise<Stack> {
  const workDir = join(home, "work");
  await mkdir(workDir, { recursive: true });
  return LocalWorkspace.createOrSelectStack(
    { stackName: name, projectName: "app", program },
    {
      pulumiCommand: await createPulumiCommand(),
      workDir,
      projectSettings: { name: "app", runtime: "nodejs", backend: { url } },
      envVars: { PULUMI_CONFIG_PASSPHRASE: "test", PULUMI_HOME: join(home, "pulumi"), PULUMI_BACKEND_URL: url },
    },
  );
}
