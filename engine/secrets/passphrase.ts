/**
 * Pulumi's passphrase secrets provider. A stack's salt is `v1:<salt>:<a ciphertext of "pulumi">`, so that a wrong
 * passphrase is noticed before anything is read.
 */
import { createCipheriv, createDecipheriv, pbkdf2, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { TealError } from "../../model/errors.ts";
import type { Crypter } from "./crypter.ts";

const rounds = 1_000_000;
const tagBytes = 16;
/** Enough for the salts of a worker's environments; each entry is a key and two short strings. */
const keptKeys = 256;

const deriveKey = promisify(pbkdf2);
/** By salt and passphrase, since deriving a key takes 150 ms. Promises, so that a key is derived once however many ask. */
const crypters = new Map<string, Promise<Crypter>>();

/** The crypter of a stack whose salt is known; refuses a passphrase that is not the stack's. */
export async function openCrypter(salt: string, passphrase: string): Promise<Crypter> {
  const [version, salted, ...check] = salt.split(":");
  if (version !== "v1" || !salted || check.length !== 3)
    throw new TealError(
      "secrets_salt_malformed",
      `expected an encryption salt \`v1:<salt>:v1:<nonce>:<text>\`, got ${salt}`,
    );
  const crypter = await crypterFor(salted, passphrase);
  try {
    if (crypter.decrypt(check.join(":")) === "pulumi") return crypter;
  } catch (cause) {
    throw new TealError("secrets_passphrase_wrong", "incorrect passphrase", { cause });
  }
  throw new TealError("secrets_passphrase_wrong", "incorrect passphrase");
}

/** A new salt for a stack, as it is written to its settings and its state. */
export async function newSalt(passphrase: string): Promise<string> {
  const salt = randomBytes(8).toString("base64");
  const crypter = await crypterFor(salt, passphrase);
  return `v1:${salt}:${crypter.encrypt("pulumi")}`;
}

function crypterFor(salt: string, passphrase: string): Promise<Crypter> {
  const name = JSON.stringify([salt, passphrase]);
  const known = crypters.get(name);
  if (known) return known;
  if (crypters.size >= keptKeys) crypters.delete(crypters.keys().next().value!);
  const made = deriveKey(passphrase, Buffer.from(salt, "base64"), rounds, 32, "sha256").then(aesCrypter);
  crypters.set(name, made);
  made.catch(() => crypters.delete(name));
  return made;
}

function aesCrypter(key: Buffer): Crypter {
  return {
    encrypt(plaintext) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      const sealed = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final(), cipher.getAuthTag()]);
      return `v1:${nonce.toString("base64")}:${sealed.toString("base64")}`;
    },
    decrypt(ciphertext) {
      const [version, nonce, sealed] = ciphertext.split(":");
      if (version !== "v1" || nonce === undefined || sealed === undefined)
        throw new TealError(
          "secrets_ciphertext_malformed",
          "expected a ciphertext `v1:<nonce>:<text>`, got another form",
        );
      const bytes = Buffer.from(sealed, "base64");
      const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64"));
      decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes));
      return Buffer.concat([decipher.update(bytes.subarray(0, bytes.length - tagBytes)), decipher.final()]).toString(
        "utf8",
      );
    },
  };
}
