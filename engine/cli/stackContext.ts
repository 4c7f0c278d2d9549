import { TealError } from "../../model/errors.ts";
import type { Crypter } from "../secrets/crypter.ts";
import { readStack } from "../state/backend.ts";
import { openCrypter } from "../secrets/passphrase.ts";
import { loadDeployment, saltOf, type Deployment, type StoredDeployment } from "../state/deployment.ts";
import { fullName, type StackId } from "../state/urn.ts";
import { openSecrets, stateCrypter, type StackSecrets } from "../workspace/secrets.ts";
import { selectedStack } from "../workspace/selection.ts";
import { readSettings, type StackSettings } from "../workspace/settings.ts";
import { passphraseOf, type Workspace } from "../workspace/project.ts";
import type { Arguments } from "./arguments.ts";

/** The stack of a name: `[organization/[project/]]stack`. */
export function stackNamed(workspace: Workspace, name: string): StackId {
  const parts = name.split("/");
  const stack = parts.at(-1)!;
  if (parts.length > 1 && parts[0] !== "organization")
    throw new TealError("stack_name", "organization name must be 'organization'");
  const project = parts.length === 3 ? parts[1]! : workspace.project;
  if (!/^[\w.-]{1,100}$/.test(stack) || !/^[\w.-]{1,100}$/.test(project) || parts.length > 3)
    throw new TealError(
      "stack_name",
      `expected a stack name of letters, digits, '.', '-' and '_', in a project; got ${JSON.stringify(name)} in ${JSON.stringify(workspace.project)}`,
    );
  return { project, stack };
}

/** The stack that a command is about: by argument, `--stack`, `PULUMI_STACK`, or the one selected. */
export async function stackOf(workspace: Workspace, args: Arguments, argument?: string): Promise<StackId> {
  const given = args.get("stack");
  if (argument && given)
    throw new TealError("stack_twice", "only one of --stack or argument stack name may be specified, not both");
  const name = argument || given || (await selectedStack(workspace));
  if (!name) throw new TealError("stack_missing", "no stack selected; specify a stack name with --stack");
  return stackNamed(workspace, name);
}

/** As Pulumi shows a stack: in full only where it is another project's. */
export function shownName(workspace: Workspace, id: StackId): string {
  return id.project === workspace.project ? id.stack : fullName(id);
}

export interface OpenStack {
  readonly id: StackId;
  readonly stored: StoredDeployment | undefined;
}

/** Reads a stack that must exist; the words are those by which the Automation API knows that it doesn't. */
export async function openStack(workspace: Workspace, id: StackId): Promise<OpenStack> {
  const found = await readStack(workspace.backend, id);
  if (!found) throw new TealError("stack_not_found", `no stack named '${shownName(workspace, id)}' found`);
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
