import { ScheduleKeyDeletionCommand, type KMSClient } from "@aws-sdk/client-kms";
import type { TenantKeys } from "../../offboarding/keys.ts";
import { explain, isNamed } from "../errors.ts";
import { leaving } from "../leftovers/concern.ts";
import { sortOf } from "../leftovers/sort.ts";
import { keyState, type KeyState } from "./state.ts";

/** The shortest that KMS allows: the backups that needed the key are deleted by then, after a retention of their own. */
const waitingDays = 7;

/** Tenants' keys in KMS. */
export function tenantKeys(kms: KMSClient): TenantKeys {
  return {
    async scheduleDeletion(kept) {
      const arns = kept.map(({ id }) => id).filter((arn) => sortOf(arn) === "key");
      const states: (KeyState | null)[] = [];
      for (const arn of arns) states.push(await deleting(kms, arn));
      return states.filter((key) => key !== null).map(({ arn, until }) => ({ what: "KMS key", id: arn, until }));
    },
  };
}

async function deleting(kms: KMSClient, arn: string): Promise<KeyState | null> {
  const state = await keyState(kms, arn);
  if (state === null || state.until !== null) return state;
  try {
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId: idOf(arn), PendingWindowInDays: waitingDays }));
  } catch (error) {
    // Another worker was faster.
    if (!isNamed(error, "KMSInvalidState")) throw explain(leaving, `to have key ${arn} deleted`, error);
  }
  return await keyState(kms, arn);
}

/** A key of this account and region goes by its id alone. */
function idOf(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
