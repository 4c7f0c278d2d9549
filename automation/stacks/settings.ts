import type { StackSettings } from "@pulumi/pulumi/automation/index.js";
import type { StackConfig, StackConfigValue } from "../../tenant/config.ts";
import type { Encryption } from "./passphrase.ts";

/** Stack config as it stands in Pulumi.<stack>.yaml: secrets encrypted, structured values as mappings and lists. */
export function stackSettings(config: StackConfig, { salt, encrypt }: Encryption): StackSettings {
  const written = Object.entries(config).map(([key, entry]) => [key, rendered(entry, encrypt)]);
  return { encryptionSalt: salt, config: Object.fromEntries(written) as Record<string, unknown> };
}

function rendered({ value, secret, structured }: StackConfigValue, encrypt: Encryption["encrypt"]): unknown {
  if (secret) return { secure: encrypt(value) };
  if (!structured) return value;
  const parsed: unknown = JSON.parse(value);
  // Pulumi would take a tenant's own setting named `secure` for ciphertext: as text it is nothing but text.
  return namesSecure(parsed) ? value : parsed;
}

function namesSecure(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, item]) => key === "secure" || namesSecure(item));
}
