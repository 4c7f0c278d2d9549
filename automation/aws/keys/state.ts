import { DescribeKeyCommand, type KMSClient } from "@aws-sdk/client-kms";
import { explain, isNamed } from "../errors.ts";
import { leaving } from "../leftovers/concern.ts";

/** A key that is there; `until`: when it is deleted (ISO 8601), null: nobody has said so. */
export interface KeyState {
  arn: string;
  until: string | null;
}

/** Null where the key is gone. */
export async function keyState(kms: KMSClient, arn: string): Promise<KeyState | null> {
  try {
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: arn }));
    return { arn, until: KeyMetadata?.DeletionDate?.toISOString() ?? null };
  } catch (error) {
    if (isNamed(error, "NotFound")) return null;
    throw explain(leaving, `what becomes of key ${arn}`, error);
  }
}
