import { RDSClient } from "@aws-sdk/client-rds";
import { S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { openClient } from "../clients.ts";
import type { AwsPlace } from "../../../tenant/plan/data/names.ts";
import type { SecondRegion } from "./copy.ts";
import type { AwsBackupsOptions } from "./place.ts";

/** Clients by the SDK's own environment variables; `copyKey` is the ARN of a key in the region that has each snapshot once more. */
export function backupClients(copyKey: string | undefined): Pick<AwsBackupsOptions, "rds" | "s3" | "second"> {
  // Markers and versions are in buckets of the region that Teal is in.
  const clients = { rds: openClient(RDSClient), s3: openClient(S3Client) };
  return copyKey === undefined ? clients : { ...clients, second: secondRegion(copyKey) };
}

function secondRegion(key: string): SecondRegion {
  const name = key.split(":")[3]!;
  return { name, rds: openClient(RDSClient, { region: name }), key };
}

/** Account and region of these credentials, asked once. */
export function ownPlace(): () => Promise<AwsPlace> {
  const sts = openClient(STSClient);
  let known: AwsPlace | null = null;
  return async () => {
    if (known) return known;
    const [{ Account: account }, region] = await Promise.all([
      sts.send(new GetCallerIdentityCommand({})),
      sts.config.region(),
    ]);
    if (account === undefined) throw new Error("AWS does not say whose these credentials are.");
    return (known = { account, region });
  };
}
