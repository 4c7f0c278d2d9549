import { createCipheriv, createDecipheriv, createHmac, randomBytes, scrypt } from "node:crypto";
import { promisify } from "node:util";
import { TealError } from "../model/errors.ts";

/** Encrypts tenants' secrets before they reach the ledger. */
export interface Secrets {
  /** `context` says whose they are: what was sealed for one can't be opened as another's. */
  seal(context: string, secrets: Record<string, string>): Buffer;
  /** Throws `secrets_unreadable`. */
  open(context: string, sealed: Buffer): Record<string, string>;
  /** Tells equal texts from unequal ones, in hex; without the key nobody can guess at the text. */
  fingerprint(text: string): string;
}

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt);

/** The context of a revision's secrets. */
export function revisionContext(tenantUid: string, revision: number): string {
  return `${tenantUid}/${revision}`;
}

/** The context of an environment's webhook's secret. */
export function webhookContext(environment: string): string {
  return `webhook/${environment}`;
}

/** AES-256-GCM with a key that scrypt derives from the installation's passphrase and salt. Takes about 0.1 s. */
export async function secretsFor(passphrase: string, salt: Buffer): Promise<Secrets> {
  const key = await derive(passphrase, salt, 32, { N: 2 ** 15, r: 8, p: 1, maxmem: 2 ** 26 });
  return {
    seal: (context, secrets) => seal(key, context, Buffer.from(JSON.stringify(secrets))),
    open: (context, sealed) => JSON.parse(open(key, context, sealed).toString()) as Record<string, string>,
    fingerprint: (text) => createHmac("sha256", key).update(text).digest("hex"),
  };
}

const nonceBytes = 12;
const tagBytes = 16;

/** Nonce, tag, ciphertext. */
function seal(key: Buffer, context: string, plain: Buffer): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(context));
  const encrypted = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), encrypted]);
}

function open(key: Buffer, context: string, sealed: Buffer): Buffer {
  try {
    const nonce = sealed.subarray(0, nonceBytes);
    const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: tagBytes })
      .setAAD(Buffer.from(context))
      .setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
    return Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]);
  } catch (cause) {
    const message = `The secrets of ${context} can't be decrypted: another passphrase sealed them, or they were changed in the database.`;
    throw new TealError("secrets_unreadable", message, { cause });
  }
}
