import * as pulumi from "@pulumi/pulumi";
import type { Bucket } from "@pulumi/aws/s3/bucket.js";
import type { PlatformConfig } from "../config/schema.ts";
import { prefixOf } from "../names.ts";
import { privateBucket } from "../security/storage.ts";
import { accessLogWriter } from "./plan.ts";

/** Where the load balancer writes a line per request. It can write with S3's own key only, not with one of ours. */
export function accessLogs(
  config: PlatformConfig,
  options: pulumi.CustomResourceOptions,
): { bucket: Bucket["id"]; ready: Bucket } {
  const days = config.edge.accessLogDays;
  const bucket = privateBucket(
    "access-logs",
    {
      prefix: `${prefixOf(config.environment)}-access-logs`,
      key: null,
      lifecycle: [
        {
          id: "expire",
          status: "Enabled",
          filter: { prefix: "" },
          expiration: { days },
          noncurrentVersionExpiration: { noncurrentDays: 1 },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
        },
      ],
      statements: (arn) => [
        {
          Sid: "LoadBalancer",
          Principal: { Service: accessLogWriter },
          Action: ["s3:PutObject"],
          Resource: pulumi.interpolate`${arn}/AWSLogs/${config.account}/*`,
          Condition: { StringEquals: { "aws:SourceAccount": config.account } },
        },
      ],
    },
    options,
  );
  return { bucket: bucket.id, ready: bucket };
}
