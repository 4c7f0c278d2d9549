/** `pulumi stack tag …` */
import { TealError } from "../../model/errors.ts";
import { readTags, writeTags } from "../state/tags.ts";
import type { Command, Invocation } from "./command.ts";
import { json } from "./result.ts";
import { openStack, shownName, stackOf } from "./stackContext.ts";

async function tagged({ workspace, args }: Invocation) {
  const { id } = await openStack(workspace, await stackOf(workspace, args));
  return { id, tags: await readTags(workspace.backend, id), backend: workspace.backend };
}

function tagName({ args }: Invocation): string {
  const [name] = args.positional;
  if (!name) throw new TealError("tag_name", "expected the name of a tag");
  return name;
}

const get: Command = {
  flags: {},
  async run(invocation) {
    const { id, tags } = await tagged(invocation);
    const name = tagName(invocation);
    if (Object.hasOwn(tags, name)) return `${tags[name]}\n`;
    throw new TealError(
      "tag_missing",
      `stack tag '${name}' not found for stack '${shownName(invocation.workspace, id)}'`,
    );
  },
};

const ls: Command = {
  flags: {},
  async run(invocation) {
    const { tags } = await tagged(invocation);
    if (invocation.args.has("json")) return json(tags);
    const rows = [["NAME", "VALUE"], ...Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1))];
    const width = Math.max(...rows.map(([name]) => name!.length));
    return rows.map(([name, value]) => `${name!.padEnd(width)}  ${value}\n`).join("");
  },
};

const set: Command = {
  flags: {},
  async run(invocation) {
    const { id, tags, backend } = await tagged(invocation);
    const [, value] = invocation.args.positional;
    if (value === undefined) throw new TealError("tag_value", "expected a value after the name of the tag");
    await writeTags(backend, id, { ...tags, [tagName(invocation)]: value });
    return "";
  },
};

const rm: Command = {
  flags: {},
  async run(invocation) {
    const { id, tags, backend } = await tagged(invocation);
    const { [tagName(invocation)]: _, ...others } = tags;
    await writeTags(backend, id, others);
    return "";
  },
};

export const stackTagCommands: Readonly<Record<string, Command>> = {
  "stack tag get": get,
  "stack tag ls": ls,
  "stack tag list": ls,
  "stack tag set": set,
  "stack tag rm": rm,
  "stack tag remove": rm,
};
