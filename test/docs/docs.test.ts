import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { settingNames } from "../../start/settings.ts";

const root = join(import.meta.dirname, "..", "..");
const read = (...path: string[]) => readFileSync(join(root, ...path), "utf8");
const pages = [
  "README.md",
  "CONTRIBUTING.md",
  ...markdown("docs"),
  ...markdown("docs/decisions").filter((p) => p.includes("/")),
];

function markdown(folder: string): string[] {
  return readdirSync(join(root, folder))
    .filter((file) => file.endsWith(".md"))
    .map((file) => `${folder}/${file}`);
}

/** Codes that no outcome has: of our own mistakes, of starting, of asking again, and of a limit that a bake doesn't have. */
const neverShown = [
  "internal",
  "bake_overdue",
  "lease_lost",
  "plan_changed",
  "salt_invalid",
  "stacks_closed",
  "pulumi_cli_missing",
  "pulumi_command_invalid",
];

describe("the documentation", () => {
  it("lists every setting, in order, and no other", () => {
    const listed = [...read("docs", "settings.md").matchAll(/^\| `([A-Z_]+)`/gm)].map((match) => match[1]);
    assert.deepEqual(listed, settingNames);
  });

  const codesOf = (text: string) =>
    [...text.matchAll(/\b(?:code: |(?:rule|failure|platform|TealError)\(\s*)"([a-z_]+)"/g)].map((match) => match[1]!);
  const explains = (page: string, codes: string[]) => {
    const text = read("docs", page);
    for (const code of codes)
      if (!neverShown.includes(code)) assert.ok(text.includes(`\`${code}\``), `docs/${page} says nothing of ${code}`);
  };

  it("explains every outcome that an operation can have", () => {
    const sources = ["automation/worker", "automation/stacks", "model/machine"].flatMap((folder) =>
      readdirSync(join(root, folder))
        .filter((file) => file.endsWith(".ts") && file !== "drills.ts")
        .map((file) => read(folder, file)),
    );
    const codes = sources.flatMap(codesOf);
    assert.ok(codes.length > 15);
    explains("outcomes.md", codes);
  });

  it("explains how a drill can fail", () => {
    const codes = codesOf(read("automation/worker", "drills.ts"));
    assert.ok(codes.length > 2);
    explains("data.md", codes);
  });

  it("links to nothing that isn't there", () => {
    for (const page of pages) {
      for (const [, target] of read(page).matchAll(/\]\((?!https?:)([^)#]+)/g)) {
        assert.ok(existsSync(join(root, dirname(page), target!)), `${page} links to ${target}`);
      }
    }
  });

  it("begins with the two commands", () => {
    const [, , , start, test] = read("README.md").split("\n");
    assert.match(start!, /^npm ci && npm start\b/);
    assert.match(test!, /^npm ci && npm test\b/);
  });
});
