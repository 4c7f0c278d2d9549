import * as pulumi from "@pulumi/pulumi";
import type { Bucket } from "@pulumi/aws/s3/bucket.js";
import type { PlatformConfig } from "../config/schema.ts";
import type { Statement } from "../identity/policy.ts";
import { prefixOf } from "../names.ts";
import { keepOldVersions, privateBucket } from "../security/storage.ts";

export interface State {
  backendUrl: pulumi.Output<string>;
  /** What Teal's pods need to use it. */
  statements: Statement[];
}

/** Where stacks' state is kept: a bucket with every version of it, or Pulumi Cloud. */
export function stackState(
  { config, key }: { config: PlatformConfig; key: pulumi.Input<string> },
  options: pulumi.CustomResourceOptions,
): State {
  if (config.controlPlane.state.kind === "pulumi-cloud") {
    return { backendUrl: pulumi.output("https://api.pulumi.com"), statements: [] };
  }
  const bucket = privateBucket(
    "state",
    {
      prefix: `${prefixOf(config.environment)}-state`,
      key,
      lifecycle: [keepOldVersions(90)],
    },
    options,
  );
  return {
    backendUrl: pulumi.interpolate`s3://${bucket.id}?region=${config.region}&awssdk=v2`,
    statements: stateRights(bucket, key),
  };
}

function stateRights({ arn }: Bucket, key: pulumi.Input<string>): Statement[] {
  return [
    { Sid: "FindStacks", Action: ["s3:ListBucket", "s3:GetBucketLocation"], Resource: arn },
    {
      Sid: "KeepStacks",
      Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
      Resource: pulumi.interpolate`${arn}/.pulumi/*`,
    },
    { Sid: "ReadAndWriteThem", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: key },
  ];
}
