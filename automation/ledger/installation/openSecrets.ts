import { randomBytes, randomUUID } from "node:crypto";
import { TealError } from "../../../model/errors.ts";
import { secretsFor, type Secrets } from "../../secrets.ts";
import type { Queries } from "../database.ts";
import { writeOnce } from "./value.ts";

const context = "installation";

/** The installation's secrets, the passphrase checked against the one it began with. Throws `wrong_passphrase`. */
export async function openSecrets(db: Queries, passphrase: string): Promise<Secrets> {
  await writeOnce(db, "id", randomUUID());
  const salt = await writeOnce(db, "secrets_salt", randomBytes(16).toString("base64"));
  const secrets = await secretsFor(passphrase, Buffer.from(salt, "base64"));
  const check = await writeOnce(db, "secrets_check", secrets.seal(context, { teal: "ok" }).toString("base64"));
  try {
    secrets.open(context, Buffer.from(check, "base64"));
  } catch (cause) {
    const message =
      "Expected the passphrase (PULUMI_CONFIG_PASSPHRASE) with which this ledger's secrets were sealed; another one came. Start with the first one: without it the tenants' secrets can't be read.";
    throw new TealError("wrong_passphrase", message, { cause });
  }
  return secrets;
}
