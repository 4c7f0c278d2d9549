import { createCipheriv, createDecipheriv, pbkdf2, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { TealError } from "../../model/errors.ts";

/**
 * Pulumi's passphrase secrets, for config. Config could be set by `pulumi config set --secret`, but that shows secrets to
 * everyone who can list processes and ends at the longest argument that the system allows.
 */
export interface Encryption {
  /** As `encryptionsalt` in Pulumi.<stack>.yaml. */
  salt: string;
  /** As `secure` in Pulumi.<stack>.yaml. */
  encrypt(text: string): string;
}

/** What a salt carries, encrypted, so that a wrong passphrase is noticed. */
const witness = "pulumi";
const rounds = 1_000_000;

/** A new salt in Pulumi's form `v1:<salt>:v1:<nonce>:<ciphertext>`. */
export async function newSalt(passphrase: string): Promise<string> {
  const salt = randomBytes(8);
  return `v1:${salt.toString("base64")}:${encrypt(await derive(passphrase, salt), witness)}`;
}

/** Throws TealError `passphrase_mismatch` where the salt was made with another passphrase, `salt_invalid` where it is none. */
export async function openEncryption(salt: string, passphrase: string): Promise<Encryption> {
  const [version, bytes, ...message] = salt.split(":");
  if (version !== "v1" || !bytes || message.length !== 3) {
    throw new TealError("salt_invalid", "Expected an encryption salt of the form v1:<salt>:v1:<nonce>:<ciphertext>.");
  }
  const key = await derive(passphrase, Buffer.from(bytes, "base64"));
  if (decrypt(key, message.join(":")) !== witness) {
    throw new TealError(
      "passphrase_mismatch",
      "PULUMI_CONFIG_PASSPHRASE is not the one that this installation's stacks were made with. Set the one used before.",
    );
  }
  return { salt, encrypt: (text) => encrypt(key, text) };
}

/** 150 ms of one core: done once per thread. */
function derive(passphrase: string, salt: Buffer): Promise<Buffer> {
  return promisify(pbkdf2)(passphrase, salt, rounds, 32, "sha256");
}

function encrypt(key: Buffer, text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `v1:${nonce.toString("base64")}:${sealed.toString("base64")}`;
}

function decrypt(key: Buffer, message: string): string | null {
  const [, nonce = "", sealed = ""] = message.split(":");
  const bytes = Buffer.from(sealed, "base64");
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64"));
    decipher.setAuthTag(bytes.subarray(-16));
    return decipher.update(bytes.subarray(0, -16), undefined, "utf8") + decipher.final("utf8");
  } catch {
    return null;
  }
}
