import { TealError } from "../../model/errors.ts";
import type { Crypter } from "../secrets/crypter.ts";
import { readStack } from "../state/backend.ts";
import { openCrypter } from "../secrets/passphrase.ts";
import { loadDeployment, saltOf, type Deployment, type StoredDeployment } from "../state/deployment.ts";
import type { StackId } from "../state/urn.ts";
import { openSecrets, stateCrypter, type StackSecrets } from "../workspace/secrets.ts";
import { readSettings, type StackSettings } from "../workspace/settings.ts";
import { passphraseOf, type Workspace } from "../workspace/project.ts";
import type { Arguments } from "./arguments.ts";

/** The stack that a command is about: `[organization/[project/]]stack`. */
export function stackNamed(workspace: Workspace, name: string): StackId {
  const parts = name.split("/");
  const stack = parts.at(-1)!;
  const project = parts.length >= 2 && parts.at(-2) !== "organization" ? parts.at(-2)! : workspace.project;
  if (!/^[\w.-]{1,100}$/.test(stack) || !/^[\w.-]{1,100}$/.test(project) || parts.length > 3)
    throw new TealError(
      "stack_name",
      `expected a stack name of letters, digits, '.', '-' and '_', in a project; got ${JSON.stringify(name)} in ${JSON.stringify(workspace.project)}`,
    );
  return { project, stack };
}

export function stackOf(workspace: Workspace, args: Arguments): StackId {
  const name = args.get("stack") ?? workspace.env["PULUMI_STACK"];
  if (!name) throw new TealError("stack_missing", "no stack selected; name one with --stack");
  return stackNamed(workspace, name);
}

export interface OpenStack {
  readonly id: StackId;
  readonly stored: StoredDeployment | undefined;
}

/** Reads a stack that must exist; the words are those by which the Automation API knows that it doesn't. */
export async function openStack(workspace: Workspace, id: StackId): Promise<OpenStack> {
  const found = await readStack(workspace.backend, id);
  if (!found) throw new TealError("stack_not_found", `no stack named '${id.stack}' found`);
  return { id, stored: found.deployment };
}

export interface StackWithSecrets extends OpenStack {
  readonly settings: StackSettings;
  readonly secrets: StackSecrets;
  /** Decrypts the state, which may have been written with another salt. */
  readonly crypter: Crypter;
}

export async function openStackWithSecrets(
  workspace: Workspace,
  id: StackId,
  args: Arguments,
): Promise<StackWithSecrets> {
  const opened = await openStack(workspace, id);
  const settings = await readSettings(workspace, id.stack, args.get("config-file"));
  const salt = saltOf(opened.stored);
  const secrets = await openSecrets(workspace, settings, salt);
  return { ...opened, settings, secrets, crypter: await stateCrypter(workspace, secrets, salt) };
}

/** The state of another stack of the backend, decrypted; undefined if there is none of that name. */
export async function readStackNamed(
  workspace: Workspace,
  name: string,
  args: Arguments,
): Promise<Deployment | undefined> {
  const id = stackNamed(workspace, name);
  const found = await readStack(workspace.backend, id);
  if (!found) return undefined;
  const salt = saltOf(found.deployment);
  if (salt !== undefined)
    return loadDeployment(found.deployment, await openCrypter(salt, await passphraseOf(workspace.env)));
  return loadDeployment(found.deployment, (await openStackWithSecrets(workspace, id, args)).crypter);
}
