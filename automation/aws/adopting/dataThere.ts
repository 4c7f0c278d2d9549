import { KMSClient } from "@aws-sdk/client-kms";
import { RDSClient } from "@aws-sdk/client-rds";
import { S3Client } from "@aws-sdk/client-s3";
import { TealError } from "../../../model/errors.ts";
import type { DataThere } from "../../adopting/dataThere.ts";
import { describeBucket, type BucketClients } from "./bucket.ts";
import { describeCluster } from "./cluster.ts";

export function dataOnAws({ rds, ...others }: BucketClients & { rds: RDSClient }): DataThere {
  return {
    cluster: (identifier) => told(`cluster ${identifier}`, describeCluster(rds, identifier)),
    bucket: (name) => told(`bucket ${name}`, describeBucket(others, name)),
  };
}

/** By the SDK's own environment variables. */
export function adoptingClients(): BucketClients & { rds: RDSClient } {
  return { rds: new RDSClient(), s3: new S3Client(), kms: new KMSClient() };
}

interface ServiceError {
  name: string;
  message: string;
  $metadata?: { httpStatusCode?: number };
}

async function told<T>(what: string, asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (cause) {
    const { name, message, $metadata } = cause as ServiceError;
    const denied = $metadata?.httpStatusCode === 403;
    const todo = denied
      ? "Name it in controlPlane.tenantData.adopted of the platform's config, which gives Teal's role the rights (docs/adopting.md), and see that its own policy lets that role in."
      : "Try again; Teal has by now, as often as the SDK does.";
    const text = `AWS, asked about ${what}, answered ${name}: ${message.replace(/\.$/, "")}. ${todo}`;
    throw new TealError("adopted_data_unreadable", text, { data: { aws: name, retriable: !denied }, cause });
  }
}
