import { KMSClient } from "@aws-sdk/client-kms";
import { RDSClient } from "@aws-sdk/client-rds";
import { S3Client } from "@aws-sdk/client-s3";
import type { DataThere } from "../../adopting/dataThere.ts";
import { openClient } from "../clients.ts";
import { awsKinds, explained, type Concern } from "../errors.ts";
import { describeBucket, type BucketClients } from "./bucket.ts";
import { describeCluster } from "./cluster.ts";

const ofAll = <T>(value: T) => Object.fromEntries(awsKinds.map(({ kind }) => [kind, value]));

/** Whatever AWS has against it, the data could not be looked at: nothing is adopted unseen. */
const looking: Concern = {
  codes: ofAll("adopted_data_unreadable"),
  what: {
    ...ofAll("Try again; Teal has by now, a few times."),
    credentials: "Give Teal's server credentials of AWS that are valid, and see that its clock is right.",
    denied:
      "Name it in controlPlane.tenantData.adopted of the platform's config, which gives Teal's role the rights (docs/adopting.md), and see that its own policy lets that role in.",
  },
};

export function dataOnAws({ rds, ...others }: BucketClients & { rds: RDSClient }): DataThere {
  return {
    cluster: (identifier) => explained(looking, `about cluster ${identifier}`, () => describeCluster(rds, identifier)),
    bucket: (name) => explained(looking, `about bucket ${name}`, () => describeBucket(others, name)),
  };
}

/** By the SDK's own environment variables. */
export function adoptingClients(): BucketClients & { rds: RDSClient } {
  return { rds: openClient(RDSClient), s3: openClient(S3Client), kms: openClient(KMSClient) };
}
