import assert from "node:assert/strict";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import * as random from "@pulumi/random";
import { commands } from "../../engine/cli/commands.ts";
import { createPulumiCommand } from "../../engine/command.ts";
import { open, type Runner } from "./stacks.ts";

const docs = join(import.meta.dirname, "../../docs/engine.md");

/** The first cells of the table below a heading, as they stand in backquotes. */
async function listed(heading: string): Promise<string[]> {
  const text = await readFile(docs, "utf8");
  const section = text.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  return [...section.matchAll(/^\| `([^|]+)` *\|/gm)].flatMap(([, cell]) => cell!.split("`, `"));
}

const operations = ["up", "preview", "refresh", "destroy"];

describe("docs/engine.md", () => {
  it("lists every command that the engine knows, and no other", async () => {
    assert.deepEqual((await listed("Commands")).sort(), Object.keys(commands).sort());
  });

  it("lists every option of an operation that the engine acts on, and no other", async () => {
    const known = new Set(operations.flatMap((name) => Object.keys(commands[name]!.flags)));
    assert.deepEqual((await listed("Options of operations")).sort(), [...known].map((name) => `--${name}`).sort());
  });
});

describe("what the engine does not do", () => {
  let home: string;
  let stack: Stack;
  before(async () => {
    home = await mkdtemp(join(tmpdir(), "teal-refusals-"));
    stack = await open({ home, program: async () => void new random.RandomPet("pet") });
    await stack.up();
  });
  after(() => rm(home, { recursive: true, force: true }));

  const everything = async () => {
    const entries = await readdir(home, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    return Promise.all(files.sort().map(async (path) => [path, await readFile(path, "utf8")]));
  };

  it("is refused by its name, with the cli engine's, before anything is touched", async () => {
    const refused = await listed("What it refuses");
    assert.ok(refused.length > 15);
    const command = (await createPulumiCommand()) as unknown as Runner;
    const before = await everything();
    for (const words of refused) {
      const args = words.split(" ").slice(1);
      const run = command.run(
        args[1] === "init" ? args : [...args, "--stack", "dev"],
        stack.workspace.workDir,
        stack.workspace.envVars,
      );
      await assert.rejects(run, { code: "engine_unsupported", message: /run this stack with the `cli` engine/ }, words);
    }
    assert.deepEqual(await everything(), before);
  });
});
