/** `pulumi stack init|select|ls|rm|rename` */
import { rename as renameFile } from "node:fs/promises";
import { TealError } from "../../model/errors.ts";
import { ensureLayout, listStacks, paths, readStack, removeStack, writeStack } from "../state/backend.ts";
import { emptyDeployment, storeDeployment } from "../state/deployment.ts";
import { isMissing, removeIfThere } from "../state/files.ts";
import { renameHistory } from "../state/history.ts";
import { lockStack } from "../state/lock.ts";
import { renameDeployment } from "../state/rename.ts";
import { fullName, stackType, type StackId } from "../state/urn.ts";
import { unsupported } from "../unsupported.ts";
import { openSecrets } from "../workspace/secrets.ts";
import { selectedStack, selectStack } from "../workspace/selection.ts";
import { readSettings } from "../workspace/settings.ts";
import type { Command, Invocation } from "./command.ts";
import { copyConfig } from "./configCopy.ts";
import { json } from "./result.ts";
import { openStack, shownName, stackNamed, stackOf } from "./stackContext.ts";

function checkSecretsProvider(provider: string | undefined): void {
  if (provider && provider !== "passphrase" && provider !== "default")
    throw unsupported(`the secrets provider ${provider}`);
}

const init: Command = {
  flags: { "secrets-provider": "value", "no-select": "flag", "copy-config-from": "value" },
  async run(invocation) {
    const { workspace, args } = invocation;
    const id = await stackOf(workspace, args, args.positional[0]);
    const text = await create(invocation, id);
    const source = args.get("copy-config-from");
    if (source) await copyConfig(invocation, stackNamed(workspace, source), id);
    if (!args.has("no-select")) await selectStack(workspace, id);
    return text;
  },
};

async function create({ workspace, args }: Invocation, id: StackId): Promise<string> {
  checkSecretsProvider(args.get("secrets-provider"));
  if (workspace.project !== "" && id.project !== workspace.project)
    throw new TealError(
      "stack_project",
      `provided project name "${id.project}" doesn't match Pulumi.yaml, which names "${workspace.project}"`,
    );
  await ensureLayout(workspace.backend);
  await using _lock = await lockStack(workspace.backend, id);
  if (await readStack(workspace.backend, id))
    throw new TealError("stack_exists", `stack '${fullName(id)}' already exists`);
  const { salt, crypter } = await openSecrets(workspace, await readSettings(workspace, id.stack), undefined);
  // Twice, as Pulumi does it: first that there is a stack, then what its secrets are kept with.
  await writeStack(workspace.backend, id, undefined);
  const start = storeDeployment(emptyDeployment, salt, { form: "encrypted", crypter });
  await writeStack(workspace.backend, id, start);
  return `Created stack '${shownName(workspace, id)}'\n`;
}

const select: Command = {
  flags: { create: "flag", "secrets-provider": "value" },
  short: { c: "create" },
  async run(invocation) {
    const { workspace, args } = invocation;
    const id = await stackOf(workspace, args, args.positional[0]);
    checkSecretsProvider(args.get("secrets-provider"));
    const missing = args.has("create") && !(await readStack(workspace.backend, id));
    const text = missing ? await createIfMissing(invocation, id) : "";
    await openStack(workspace, id);
    await selectStack(workspace, id);
    return text;
  },
};

/** Another worker may make it between the look and the lock. */
async function createIfMissing(invocation: Invocation, id: StackId): Promise<string> {
  try {
    return await create(invocation, id);
  } catch (error) {
    if (error instanceof TealError && error.code === "stack_exists") return "";
    throw error;
  }
}

const unselect: Command = {
  flags: {},
  async run({ workspace }) {
    await selectStack(workspace, undefined);
    return "Stack was unselected\n";
  },
};

/** As many as S3 is asked for at once. */
const readAtOnce = 32;

const ls: Command = {
  flags: { all: "flag", project: "value" },
  async run({ workspace, args }) {
    const project = args.has("all") ? undefined : (args.get("project") ?? workspace.project);
    const stacks = await listStacks(workspace.backend, project || undefined);
    const selected = await selectedStack(workspace);
    const current = selected && shownName(workspace, stackNamed(workspace, selected));
    const present: StackRow[] = [];
    for (let at = 0; at < stacks.length; at += readAtOnce) {
      const rows = stacks.slice(at, at + readAtOnce).map((id) => summary({ workspace }, id, current));
      present.push(...(await Promise.all(rows)).filter((row) => row !== undefined));
    }
    return args.has("json") ? json(present) : table(present);
  },
};

interface StackRow {
  readonly name: string;
  readonly current: boolean;
  readonly lastUpdate?: string;
  readonly resourceCount?: number;
}

/** Undefined for a stack that went away meanwhile. */
async function summary(
  { workspace }: Pick<Invocation, "workspace">,
  id: StackId,
  current: string | undefined,
): Promise<StackRow | undefined> {
  const found = await readStack(workspace.backend, id);
  if (!found) return undefined;
  const name = shownName(workspace, id);
  const time = found.deployment?.manifest?.["time"];
  return {
    name,
    current: name === current,
    ...(typeof time === "string" && { lastUpdate: new Date(time).toISOString() }),
    ...(found.deployment && { resourceCount: found.deployment.resources?.length ?? 0 }),
  };
}

function table(rows: readonly StackRow[]): string {
  const cells = [
    ["NAME", "LAST UPDATE", "RESOURCE COUNT"],
    ...rows.map(({ name, current, lastUpdate, resourceCount }) => [
      current ? `${name}*` : name,
      lastUpdate ?? "n/a",
      String(resourceCount ?? "n/a"),
    ]),
  ];
  const widths = [0, 1].map((column) => Math.max(...cells.map((row) => row[column]!.length)));
  return cells.map(([a, b, c]) => `${a!.padEnd(widths[0]!)}  ${b!.padEnd(widths[1]!)}  ${c}\n`).join("");
}

const rm: Command = {
  flags: { force: "flag", "preserve-config": "flag", "remove-backups": "flag" },
  short: { f: "force" },
  async run({ workspace, args }) {
    const id = await stackOf(workspace, args, args.positional[0]);
    await openStack(workspace, id);
    const name = shownName(workspace, id);
    await using _lock = await lockStack(workspace.backend, id);
    const resources = (await openStack(workspace, id)).stored?.resources ?? [];
    const onlyRoot = resources.length === 1 && resources[0]!["type"] === stackType;
    if (resources.length > 0 && !onlyRoot && !args.has("force"))
      throw new TealError(
        "stack_not_empty",
        `'${name}' still has resources; removal rejected. Possible actions:\n- Make sure that '${name}' is the stack that you want to destroy\n- Run \`pulumi destroy\` to delete the resources, then run \`pulumi stack rm\`\n- Run \`pulumi stack rm --force\` to override this error`,
      );
    await removeStack(workspace.backend, id, { backups: args.has("remove-backups") });
    if (!args.has("preserve-config") && id.project === workspace.project)
      await removeIfThere((await readSettings(workspace, id.stack)).path);
    await selectStack(workspace, undefined);
    return `Stack '${name}' has been removed!\n`;
  },
};

const rename: Command = {
  flags: {},
  async run({ workspace, args }) {
    const from = await stackOf(workspace, args);
    const [given] = args.positional;
    if (!given) throw new TealError("stack_name", "expected the stack's new name");
    const to = stackNamed(workspace, given);
    await openStack(workspace, from);
    await using _lock = await lockStack(workspace.backend, from);
    const { backend } = workspace;
    if (await readStack(backend, to))
      throw new TealError("stack_exists", `a stack named ${shownName(workspace, to)} already exists`);
    const { stored } = await openStack(workspace, from);
    await writeStack(backend, to, stored && renameDeployment(stored, from, to));
    await backend.store.keep(paths.stack(backend, from), `${paths.stack(backend, from)}.bak`);
    await backend.store.remove([paths.stack(backend, from)]);
    await renameHistory(backend, from, to);
    await renameSettings(
      (await readSettings(workspace, from.stack)).path,
      (await readSettings(workspace, to.stack)).path,
    );
    await selectStack(workspace, to);
    return `Renamed ${shownName(workspace, from)} to ${shownName(workspace, to)}\n`;
  },
};

async function renameSettings(from: string, to: string): Promise<void> {
  await renameFile(from, to).catch((cause: unknown) => {
    if (!isMissing(cause)) throw cause;
  });
}

export const stackCommands: Readonly<Record<string, Command>> = {
  "stack init": init,
  "stack new": init,
  "stack select": select,
  "stack unselect": unselect,
  "stack ls": ls,
  "stack list": ls,
  "stack rm": rm,
  "stack remove": rm,
  "stack rename": rename,
};
