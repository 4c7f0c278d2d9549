import {
  ChangeResourceRecordSetsCommand,
  ListResourceRecordSetsCommand,
  type Change,
  type ResourceRecordSet,
  type Route53Client,
} from "@aws-sdk/client-route-53";
import type { ValidationRecord } from "../../../model/certificate.ts";
import { explained } from "../errors.ts";
import { certificates } from "./concern.ts";

/** Seconds that others may remember a record. */
const timeToLive = 300;
/** What Route 53 takes in one call. */
const most = 500;

/** Sets records of a hosted zone; those that are set already stay as they are. */
export async function setRecords(
  route53: Route53Client,
  zone: string,
  records: readonly ValidationRecord[],
): Promise<void> {
  for (let i = 0; i < records.length; i += most) await change(route53, zone, records.slice(i, i + most).map(upsert));
}

/** Removes records of a hosted zone; those that are gone, or changed by others, are left. */
export async function removeRecords(
  route53: Route53Client,
  zone: string,
  records: readonly ValidationRecord[],
): Promise<void> {
  for (const record of records) {
    // As it is, to the second of its life: Route 53 removes nothing else.
    const found = await findRecord(route53, zone, record);
    if (found) await change(route53, zone, [{ Action: "DELETE", ResourceRecordSet: found }]);
  }
}

async function findRecord(
  route53: Route53Client,
  zone: string,
  { name, type, value }: ValidationRecord,
): Promise<ResourceRecordSet | undefined> {
  const command = new ListResourceRecordSetsCommand({
    HostedZoneId: zone,
    StartRecordName: `${name}.`,
    StartRecordType: type,
    MaxItems: 1,
  });
  const [found] =
    (await explained(certificates, `for a record of hosted zone ${zone}`, () => route53.send(command)))
      .ResourceRecordSets ?? [];
  const isIt = found?.Name === `${name}.` && found.Type === type && found.ResourceRecords?.[0]?.Value === `${value}.`;
  return isIt ? found : undefined;
}

function upsert({ name, type, value }: ValidationRecord): Change {
  const ResourceRecords = [{ Value: `${value}.` }];
  return { Action: "UPSERT", ResourceRecordSet: { Name: `${name}.`, Type: type, TTL: timeToLive, ResourceRecords } };
}

async function change(route53: Route53Client, zone: string, Changes: Change[]): Promise<void> {
  const Comment = "Teal: who host names belong to";
  const command = new ChangeResourceRecordSetsCommand({ HostedZoneId: zone, ChangeBatch: { Comment, Changes } });
  await explained(certificates, `to change records of hosted zone ${zone}`, () => route53.send(command));
}
