import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");
const dockerfile = readFileSync(join(root, "Dockerfile"), "utf8");
/** Of the image itself, which is the last stage. */
const folders = [
  ...dockerfile
    .split(/^FROM /m)
    .at(-1)!
    .matchAll(/^COPY (\w+) \.\/\1$/gm),
].map(([, folder]) => folder!);

describe("Dockerfile", () => {
  it("copies all that Teal is made of, and the context lets all of it through", () => {
    const directory = mkdtempSync(join(tmpdir(), "teal-image-"));
    try {
      for (const folder of folders) cpSync(join(root, folder), join(directory, folder), { recursive: true });
      cpSync(join(root, "package.json"), join(directory, "package.json"));
      symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
      // It gets as far as its settings, and so has found every module that it imports.
      const env = { PATH: process.env["PATH"], TEAL_LISTEN: "0.0.0.0" };
      const { status, stderr } = spawnSync(process.execPath, ["start/main.ts"], {
        cwd: directory,
        env,
        encoding: "utf8",
      });
      assert.equal(status, 1);
      assert.match(stderr, /^TEAL_TOKEN: expected one/);
    } finally {
      rmSync(directory, { recursive: true });
    }
    const ignored = readFileSync(join(root, ".dockerignore"), "utf8");
    for (const folder of folders) assert.match(ignored, new RegExp(`^!${folder}$`, "m"));
  });

  it("needs nothing at run time that only developers have", () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<
      string,
      Record<string, string>
    >;
    assert.ok(devDependencies!["@pulumi/eks"]);
    const used = spawnSync(
      "grep",
      ["-rhoE", 'from "[^".][^"]*"', ...folders, "--include=*.ts", "--exclude=*.test.ts"],
      { cwd: root, encoding: "utf8" },
    );
    const packages = used.stdout.split("\n").flatMap((line) => /from "((?:@[^/"]+\/)?[^/"]+)/.exec(line)?.[1] ?? []);
    const missing = packages.filter((name) => !name.startsWith("node:") && !dependencies![name]);
    assert.deepEqual([...new Set(missing)], []);
  });

  it("has the versions of package.json", () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<
      string,
      Record<string, string>
    >;
    const version = (name: string) => new RegExp(`^ARG ${name}_VERSION=(\\S+)$`, "m").exec(dockerfile)?.[1];
    assert.equal(version("PULUMI"), dependencies!["@pulumi/pulumi"]);
    assert.equal(version("KUBERNETES"), dependencies!["@pulumi/kubernetes"]);
    assert.equal(version("RANDOM"), dependencies!["@pulumi/random"]);
    assert.equal(version("AWS"), dependencies!["@pulumi/aws"]);
    assert.match(dockerfile, new RegExp(`NODE_IMAGE=node:${devDependencies!["node"]!.replaceAll(".", "\\.")}-`));
  });
});
