import { readdirSync } from "node:fs";
import { join } from "node:path";
import { run } from "./tool.ts";

const root = join(import.meta.dirname, "..");
const workflows = [
  "ci/application/github.yml",
  ...readdirSync(join(root, ".github/workflows")).map((name) => `.github/workflows/${name}`),
];

describe("files that only other machines run", () => {
  for (const workflow of workflows) {
    it(`${workflow} is a workflow (actionlint)`, async function () {
      await run(this, "actionlint", [workflow], root);
    });
  }

  it("Dockerfile is one, and well written (hadolint; nobody builds it here: there is no Docker)", async function () {
    await run(this, "hadolint", ["--failure-threshold", "info", "Dockerfile"], root);
  });
});
