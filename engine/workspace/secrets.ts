import { newSalt, openCrypter } from "../secrets/passphrase.ts";
import type { Crypter } from "../secrets/crypter.ts";
import { passphraseOf, type Workspace } from "./project.ts";
import { writeSettings, type StackSettings } from "./settings.ts";

export interface StackSecrets {
  readonly salt: string;
  readonly crypter: Crypter;
}

/**
 * The stack's secrets: by the salt of its settings, else of its state, else by a new one, which the settings then get.
 */
export async function openSecrets(
  workspace: Workspace,
  settings: StackSettings,
  stateSalt: string | undefined,
): Promise<StackSecrets> {
  const passphrase = await passphraseOf(workspace.env);
  const known = settings.encryptionSalt ?? stateSalt;
  const salt = known ?? (await newSalt(passphrase));
  if (settings.encryptionSalt === undefined) await writeSettings({ ...settings, encryptionSalt: salt });
  return { salt, crypter: await openCrypter(salt, passphrase) };
}

/** The crypter for reading state, whose salt may differ from the settings' after a change of passphrase. */
export async function stateCrypter(
  workspace: Workspace,
  secrets: StackSecrets,
  stateSalt: string | undefined,
): Promise<Crypter> {
  if (stateSalt === undefined || stateSalt === secrets.salt) return secrets.crypter;
  return openCrypter(stateSalt, await passphraseOf(workspace.env));
}
