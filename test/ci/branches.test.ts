import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { fromConfig } from "../../tenant/config.ts";

const root = join(import.meta.dirname, "..", "..");

describe("ci/branches.sh", () => {
  const allowed: [from: string, into: string][] = [
    ["feature/x", "develop"],
    ["develop", "staging"],
    ["staging", "master"],
    ["hotfix/login", "master"],
    ["master", "develop"],
  ];
  const refused: [from: string, into: string][] = [
    ["feature/x", "staging"],
    ["feature/x", "master"],
    ["develop", "master"],
    ["master", "staging"],
    ["staging", "develop"],
    ["develop", "elsewhere"],
  ];
  const ends = (from: string, into: string) =>
    spawnSync("bash", [join(root, "ci/branches.sh"), from, into], { encoding: "utf8" }).status;
  for (const [from, into] of allowed) it(`lets ${from} into ${into}`, () => assert.equal(ends(from, into), 0));
  for (const [from, into] of refused) it(`keeps ${from} out of ${into}`, () => assert.equal(ends(from, into), 1));
});

describe("pipelines", () => {
  const actions = [".github/workflows", "ci/application"]
    .flatMap((directory) => readdirSync(join(root, directory)).map((name) => join(directory, name)))
    .filter((path) => path.endsWith(".yml"))
    .flatMap((path) =>
      [...readFileSync(join(root, path), "utf8").matchAll(/uses: (\S+)( # v\S+)?/g)].map(
        (found) => [path, found] as const,
      ),
    );

  it("use actions by commit, each with the version beside it", () => {
    assert.ok(actions.length > 8);
    for (const [path, [, action, version]] of actions) {
      assert.match(action!, /@[0-9a-f]{40}$/, path);
      assert.ok(version, `${path}: ${action!}`);
    }
  });

  it("give no job more rights than it says", () => {
    for (const name of readdirSync(join(root, ".github/workflows"))) {
      const workflow = parseAllDocuments(readFileSync(join(root, ".github/workflows", name), "utf8"))[0]!.toJS() as {
        permissions: object;
      };
      assert.deepEqual(workflow.permissions, { contents: "read" }, name);
    }
  });

  it("preview nothing of forks", () => {
    const text = readFileSync(join(root, ".github/workflows/preview.yml"), "utf8");
    assert.match(text, /if: github\.event\.pull_request\.head\.repo\.full_name == github\.repository/);
    assert.doesNotMatch(text, /pull_request_target/);
  });

  it("have a sample of a tenant whose config the program takes", () => {
    const { config } = parseAllDocuments(readFileSync(join(root, "tenant/Pulumi.sample.yaml"), "utf8"))[0]!.toJS() as {
      config: Record<string, unknown>;
    };
    const spec = fromConfig((key) => {
      const value = config[`tenant:${key}`];
      return value === undefined || typeof value === "string" ? value : JSON.stringify(value);
    });
    assert.equal(spec.id, "sample");
  });
});
