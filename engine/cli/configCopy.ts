/** Copies config from one stack to another; its secrets are encrypted anew, for each stack has a key of its own. */
import type { Crypter } from "../secrets/crypter.ts";
import { readStack } from "../state/backend.ts";
import { saltOf } from "../state/deployment.ts";
import type { StackId } from "../state/urn.ts";
import type { Json } from "../values/property.ts";
import { hasSecure, recrypted } from "../workspace/config.ts";
import { openSecrets } from "../workspace/secrets.ts";
import { readSettings, writeSettings, type StoredConfig } from "../workspace/settings.ts";
import type { Invocation } from "./command.ts";
import { openStack } from "./stackContext.ts";

/** `only` is the key of the one setting to copy; all of them without it. */
export async function copyConfig(
  { workspace }: Pick<Invocation, "workspace">,
  from: StackId,
  to: StackId,
  change: (all: StoredConfig) => StoredConfig = (all) => all,
): Promise<void> {
  await openStack(workspace, from);
  const source = await readSettings(workspace, from.stack);
  const wanted = change(source.config);
  const target = await readSettings(workspace, to.stack);
  if (Object.keys(wanted).length === 0) return;
  const secret = Object.values(wanted).some(hasSecure);
  const config = secret ? await encryptedAnew(workspace, from, to, wanted) : wanted;
  const now = secret ? await readSettings(workspace, to.stack) : target;
  await writeSettings({ ...now, config: { ...now.config, ...config } });
}

async function encryptedAnew(
  workspace: Invocation["workspace"],
  from: StackId,
  to: StackId,
  config: StoredConfig,
): Promise<StoredConfig> {
  const before = await crypterOf(workspace, from);
  const after = await crypterOf(workspace, to);
  const entries = Object.entries(config).map(([key, value]): [string, Json] => [key, recrypted(value, before, after)]);
  return Object.fromEntries(entries);
}

async function crypterOf(workspace: Invocation["workspace"], id: StackId): Promise<Crypter> {
  const salt = saltOf((await readStack(workspace.backend, id))?.deployment);
  return (await openSecrets(workspace, await readSettings(workspace, id.stack), salt)).crypter;
}
