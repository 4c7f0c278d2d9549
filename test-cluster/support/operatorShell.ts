import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");

/** What a script did: its exit code, and all that it wrote. */
export interface Ran {
  code: number;
  output: string;
}

/** Where an operator types: a bash with kubectl, pulumi and node on its PATH, in a checkout of Teal. */
export interface OperatorShell {
  /** Runs a script with these variables. `answers` is what is typed when it asks. */
  run(script: string, variables: Record<string, string>, answers?: string): Promise<Ran>;
  /** The checkout's directory of tenants' project. */
  project: string;
  remove(): Promise<void>;
}

/** Makes one that knows nothing but its own directories: no kubeconfig, no settings of Teal's, no Pulumi home of anybody's. */
export async function openOperatorShell(kubectl: string): Promise<OperatorShell> {
  const home = await mkdtemp(join(tmpdir(), "teal-operator-"));
  const [bin, checkout] = [join(home, "bin"), join(home, "teal")];
  await mkdir(bin);
  await mkdir(checkout);
  await symlink(kubectl, join(bin, "kubectl"));
  await symlink(process.execPath, join(bin, "node"));
  const main = join(import.meta.dirname, "pulumi", "main.ts");
  await writeFile(join(bin, "pulumi"), `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`, { mode: 0o755 });
  // A copy, since the CLI writes Pulumi.<stack>.yaml beside Pulumi.yaml.
  for (const part of ["tenant", "model", "package.json"]) {
    await cp(join(root, part), join(checkout, part), { recursive: true });
  }
  await symlink(join(root, "node_modules"), join(checkout, "node_modules"));

  const env = { HOME: home, PULUMI_HOME: join(home, ".pulumi"), PATH: `${bin}:${process.env["PATH"]}` };
  const run = (script: string, variables: Record<string, string>, answers = "") =>
    new Promise<Ran>((resolve) => {
      const options = { cwd: checkout, env: { ...env, ...variables }, timeout: 100_000 };
      const child = execFile("bash", ["--norc", "-euo", "pipefail", "-c", script], options, (error, stdout, stderr) => {
        resolve({ code: error ? (typeof error.code === "number" ? error.code : -1) : 0, output: stdout + stderr });
      });
      child.stdin?.end(answers);
    });
  return { run, project: join(checkout, "tenant"), remove: () => rm(home, { recursive: true, force: true }) };
}
