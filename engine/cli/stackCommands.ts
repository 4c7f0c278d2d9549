/** `pulumi stack …` */
import { readFile } from "node:fs/promises";
import { TealError } from "../../model/errors.ts";
import { ensureMeta, listStacks, readStack, removeStack, writeStack } from "../state/backend.ts";
import { loadDeployment, saltOf, storeDeployment, type StoredDeployment } from "../state/deployment.ts";
import { removeIfThere } from "../state/files.ts";
import { readHistory, type HistoryEntry } from "../state/history.ts";
import { lockStack } from "../state/lock.ts";
import { stackType } from "../state/urn.ts";
import { unsupported } from "../unsupported.ts";
import { loadMap } from "../values/stored.ts";
import { hasSecrets, withoutSecrets, type Json, type JsonObject } from "../values/property.ts";
import { store } from "../values/stored.ts";
import { plainValue } from "../workspace/config.ts";
import { openCrypter } from "../secrets/passphrase.ts";
import { passphraseOf } from "../workspace/project.ts";
import { openSecrets } from "../workspace/secrets.ts";
import { readSettings } from "../workspace/settings.ts";
import type { Command } from "./command.ts";
import { openStack, openStackWithSecrets, stackNamed, stackOf } from "./stackContext.ts";

const init: Command = {
  flags: { "secrets-provider": "value", "no-select": "flag", "copy-config-from": "value" },
  async run({ workspace, args }) {
    const provider = args.get("secrets-provider");
    if (provider && provider !== "passphrase" && provider !== "default")
      throw unsupported(`the secrets provider ${provider}`);
    if (args.get("copy-config-from")) throw unsupported("`stack init --copy-config-from`");
    const id = args.positional[0] ? stackNamed(workspace, args.positional[0]) : stackOf(workspace, args);
    if (await readStack(workspace.backend, id))
      throw new TealError("stack_exists", `stack '${id.stack}' already exists`);
    await openSecrets(workspace, await readSettings(workspace, id.stack), undefined);
    await ensureMeta(workspace.backend);
    await writeStack(workspace.backend, id, undefined);
    return `Created stack '${id.stack}'\n`;
  },
};

const select: Command = {
  flags: { create: "flag", "secrets-provider": "value" },
  async run(invocation) {
    const { workspace, args } = invocation;
    const id = args.positional[0] ? stackNamed(workspace, args.positional[0]) : stackOf(workspace, args);
    if (args.has("create") && !(await readStack(workspace.backend, id))) return init.run(invocation);
    await openStack(workspace, id);
    return "";
  },
};

const ls: Command = {
  flags: { all: "flag", project: "value" },
  async run({ workspace, args }) {
    const project = args.has("all") ? undefined : (args.get("project") ?? workspace.project);
    const stacks = await listStacks(workspace.backend, project || undefined);
    const selected = args.get("stack");
    const rows = await Promise.all(
      stacks.map(async (id) => {
        const deployment = (await readStack(workspace.backend, id))?.deployment;
        return {
          name: id.project === workspace.project ? id.stack : `organization/${id.project}/${id.stack}`,
          current: id.stack === selected,
          ...(deployment && {
            lastUpdate: deployment.manifest?.["time"],
            resourceCount: deployment.resources?.length ?? 0,
          }),
        };
      }),
    );
    return JSON.stringify(rows, null, 2) + "\n";
  },
};

const rm: Command = {
  flags: { force: "flag", "preserve-config": "flag", "remove-backups": "flag" },
  async run({ workspace, args }) {
    const id = args.positional[0] ? stackNamed(workspace, args.positional[0]) : stackOf(workspace, args);
    const { stored } = await openStack(workspace, id);
    if ((stored?.resources?.length ?? 0) > 0 && !args.has("force"))
      throw new TealError(
        "stack_not_empty",
        `'${id.stack}' still has resources; removal rejected. Possible actions:\n- Make sure that '${id.stack}' is the stack that you want to remove\n- Run \`pulumi destroy\` to delete the resources, then run \`pulumi stack rm\`\n- Run \`pulumi stack rm --force\` to override this error`,
      );
    await using _lock = await lockStack(workspace.backend, id);
    await removeStack(workspace.backend, id);
    if (!args.has("preserve-config")) await removeIfThere((await readSettings(workspace, id.stack)).path);
    return `Stack '${id.stack}' has been removed!\n`;
  },
};

const exportStack: Command = {
  flags: { "show-secrets": "flag", file: "value", version: "value" },
  async run({ workspace, args }) {
    if (args.get("version") || args.get("file")) throw unsupported("`stack export` with --version or --file");
    if (!args.has("show-secrets")) {
      const { stored } = await openStack(workspace, stackOf(workspace, args));
      return JSON.stringify({ version: 3, deployment: stored ?? emptyExport() }, null, 4) + "\n";
    }
    const { stored, crypter, secrets } = await openStackWithSecrets(workspace, stackOf(workspace, args), args);
    if (!stored) return JSON.stringify({ version: 3, deployment: emptyExport() }, null, 4) + "\n";
    const shown = storeDeployment(loadDeployment(stored, crypter), saltOf(stored) ?? secrets.salt, {
      form: "plaintext",
    });
    return (
      JSON.stringify({ version: 3, deployment: { ...shown, manifest: stored.manifest ?? shown.manifest } }, null, 4) +
      "\n"
    );
  },
};

/** What Pulumi gives for a stack that has never been updated. */
const emptyExport = () => ({ manifest: { time: "0001-01-01T00:00:00Z", magic: "", version: "" }, metadata: {} });

const importStack: Command = {
  flags: { file: "value", force: "flag" },
  async run({ workspace, args }) {
    const file = args.get("file");
    if (!file) throw new TealError("import_file", "expected the deployment to import in --file");
    const given = JSON.parse(await readFile(file, "utf8")) as { version?: number; deployment?: StoredDeployment };
    if (given.version !== 3 || !given.deployment) throw unsupported(`deployments of version ${given.version}`);
    const opened = await openStackWithSecrets(workspace, stackOf(workspace, args), args);
    await using _lock = await lockStack(workspace.backend, opened.id);
    const salt = saltOf(given.deployment);
    const from =
      salt === undefined || salt === opened.secrets.salt
        ? opened.secrets.crypter
        : await openCrypter(salt, await passphraseOf(workspace.env));
    const deployment = loadDeployment(given.deployment, from);
    refuseForeign(deployment.resources, opened.id.stack, args.has("force"));
    await writeStack(
      workspace.backend,
      opened.id,
      storeDeployment(deployment, opened.secrets.salt, { form: "encrypted", crypter: opened.secrets.crypter }),
    );
    return "Import complete.\n";
  },
};

function refuseForeign(resources: readonly { urn: string }[], stack: string, forced: boolean): void {
  const foreign = resources.find(({ urn }) => !urn.startsWith(`urn:pulumi:${stack}::`));
  if (foreign && !forced)
    throw new TealError(
      "import_foreign",
      `resource '${foreign.urn}' does not belong to stack '${stack}'; importing it takes --force`,
    );
}

const output: Command = {
  flags: { "show-secrets": "flag", shell: "flag" },
  async run({ workspace, args }) {
    const { stored } = await openStack(workspace, stackOf(workspace, args));
    const root = stored?.resources?.find((resource) => resource["type"] === stackType);
    const outputs = (root?.["outputs"] ?? {}) as JsonObject;
    if (!args.has("show-secrets")) return JSON.stringify(masked(outputs), null, 2) + "\n";
    return JSON.stringify(await inTheClear(outputs, saltOf(stored), workspace), null, 2) + "\n";
  },
};

/** Outputs that hold a secret anywhere show as `[secret]` whole: so the Automation API knows them. */
function masked(outputs: JsonObject): JsonObject {
  const noCrypter = { encrypt: () => "", decrypt: () => "null" };
  return Object.fromEntries(
    Object.entries(loadMap(outputs, noCrypter)).map(([key, value]): [string, Json] => [
      key,
      hasSecrets(value) ? "[secret]" : store(value, { form: "masked" }),
    ]),
  );
}

async function inTheClear(
  outputs: JsonObject,
  salt: string | undefined,
  workspace: Parameters<Command["run"]>[0]["workspace"],
): Promise<Json> {
  if (!JSON.stringify(outputs).includes("ciphertext") || salt === undefined) return outputs;
  const crypter = await openCrypter(salt, await passphraseOf(workspace.env));
  return store(withoutSecrets(loadMap(outputs, crypter)), { form: "plaintext" });
}

const history: Command = {
  flags: { "show-secrets": "flag", "page-size": "value", page: "value", "full-dates": "flag" },
  async run({ workspace, args }) {
    const id = stackOf(workspace, args);
    const { settings } = await withSettings(workspace, id.stack, args);
    const size = Number(args.get("page-size") ?? Infinity);
    const page = Math.max(1, Number(args.get("page") ?? 1));
    const entries = await readHistory(workspace.backend, id, Number.isFinite(size) ? (page - 1) * size : 0, size);
    const secret =
      args.has("show-secrets") && entries.some((entry) => JSON.stringify(entry.config).includes('"secure"'));
    const crypter =
      secret && settings.encryptionSalt
        ? await openCrypter(settings.encryptionSalt, await passphraseOf(workspace.env))
        : undefined;
    return (
      JSON.stringify(
        entries.map((entry) => shownEntry(entry, crypter)),
        null,
        2,
      ) + "\n"
    );
  },
};

async function withSettings(
  workspace: Parameters<Command["run"]>[0]["workspace"],
  stack: string,
  args: Parameters<Command["run"]>[0]["args"],
) {
  return { settings: await readSettings(workspace, stack, args.get("config-file")) };
}

function shownEntry(entry: HistoryEntry, crypter: Parameters<typeof plainValue>[1]) {
  const time = (seconds: number) => new Date(seconds * 1000).toISOString();
  const config = Object.entries(entry.config).map(([key, stored]) => {
    const { value, secret } = plainValue(stored, crypter);
    return [key, secret && !crypter ? { secret } : { value, secret }];
  });
  return {
    version: entry.version,
    kind: entry.kind,
    startTime: time(entry.startTime),
    message: entry.message,
    environment: entry.environment,
    config: Object.fromEntries(config) as unknown,
    result: entry.result,
    ...(entry.result !== "in-progress" && { endTime: time(entry.endTime), resourceChanges: entry.resourceChanges }),
  };
}

export const stackCommands: Readonly<Record<string, Command>> = {
  "stack init": init,
  "stack select": select,
  "stack ls": ls,
  "stack rm": rm,
  "stack export": exportStack,
  "stack import": importStack,
  "stack output": output,
  "stack history": history,
  history,
};
