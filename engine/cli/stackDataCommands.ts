/** `pulumi stack export|import` */
import { readFile, writeFile } from "node:fs/promises";
import { TealError } from "../../model/errors.ts";
import { writeStack } from "../state/backend.ts";
import { openCrypter } from "../secrets/passphrase.ts";
import { loadDeployment, saltOf, storeDeployment, type StoredDeployment } from "../state/deployment.ts";
import { brokenRule } from "../state/integrity.ts";
import { lockStack } from "../state/lock.ts";
import { unsupported } from "../unsupported.ts";
import { passphraseOf } from "../workspace/project.ts";
import type { Command } from "./command.ts";
import { openStack, openStackWithSecrets, stackOf } from "./stackContext.ts";

/** File backends number no versions; the checkpoints of earlier updates lie in `history/`. */
const noVersions = "the current backend does not provide the ability to export previous deployments";

const exportStack: Command = {
  flags: { "show-secrets": "flag", file: "value", version: "value" },
  async run({ workspace, args }) {
    const id = await stackOf(workspace, args);
    if (args.get("version")) throw new TealError("export_version", noVersions);
    const { stored } = await openStack(workspace, id);
    const deployment = args.has("show-secrets") ? await inTheClear(stored, () => passphraseOf(workspace.env)) : stored;
    const text = JSON.stringify({ version: 3, deployment: deployment ?? null }, null, 4) + "\n";
    const file = args.get("file");
    if (!file) return text;
    await writeFile(file, text, { mode: 0o600 });
    return "";
  },
};

async function inTheClear(
  stored: StoredDeployment | undefined,
  passphrase: () => Promise<string>,
): Promise<StoredDeployment | undefined> {
  const salt = saltOf(stored);
  if (!stored || salt === undefined) return stored;
  const deployment = loadDeployment(stored, await openCrypter(salt, await passphrase()));
  const shown = storeDeployment(deployment, salt, { form: "plaintext" });
  return { ...shown, ...(stored.manifest && { manifest: stored.manifest }) };
}

const importStack: Command = {
  flags: { file: "value", force: "flag" },
  short: { f: "force" },
  async run({ workspace, args, onError }) {
    const file = args.get("file");
    if (!file) throw new TealError("import_file", "expected the deployment to import in --file");
    const given = JSON.parse(await readFile(file, "utf8")) as {
      version?: number;
      deployment?: StoredDeployment | null;
    };
    if (given.version !== 3) throw unsupported(`deployments of version ${given.version}`);
    const opened = await openStackWithSecrets(workspace, await stackOf(workspace, args), args);
    const salt = saltOf(given.deployment ?? undefined);
    const from =
      salt === undefined || salt === opened.secrets.salt
        ? opened.secrets.crypter
        : await openCrypter(salt, await passphraseOf(workspace.env));
    // A crypter of its own: resources that were read by the one that writes are written as they were read, and these
    // may hold their secrets in the clear.
    const deployment = loadDeployment(given.deployment ?? undefined, { ...from });
    const faults = faultsOf(deployment.resources, opened.id.stack);
    if (faults.length > 0 && !args.has("force"))
      throw new TealError(
        "import_dangerous",
        `${[...faults, "importing this file could be dangerous; rerun with --force to proceed anyway"].join("\n")}`,
      );
    for (const fault of faults) onError(`warning: ${fault}\n`);
    for (const { type, resource } of deployment.pendingOperations)
      onError(`warning: removing pending operation '${type}' on '${resource.urn}' from snapshot\n`);

    await using _lock = await lockStack(workspace.backend, opened.id);
    const encrypted = { form: "encrypted", crypter: opened.secrets.crypter } as const;
    const kept = { ...deployment, pendingOperations: [] };
    await writeStack(workspace.backend, opened.id, storeDeployment(kept, opened.secrets.salt, encrypted));
    return "Import complete.\n";
  },
};

function faultsOf(resources: ReturnType<typeof loadDeployment>["resources"], stack: string): string[] {
  const foreign = resources
    .map(({ urn }) => ({ urn, of: urn.split("::")[0]!.slice("urn:pulumi:".length) }))
    .filter(({ of }) => of !== stack)
    .map(({ urn, of }) => `resource '${urn}' is from a different stack (${of} != ${stack})`);
  const broken = brokenRule(resources);
  return broken === undefined ? foreign : [...foreign, `state file contains errors: ${broken}`];
}

export const stackDataCommands: Readonly<Record<string, Command>> = {
  "stack export": exportStack,
  "stack import": importStack,
};
