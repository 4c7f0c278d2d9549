import { execFile, spawn } from "node:child_process";
import { mkdir, open, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { TealError } from "../model/errors.ts";
import type { Component, ComponentName } from "./components.ts";
import type { Layout } from "./layout.ts";

/** An API server that is asked to stop waits up to a minute for its watchers; killing it loses nothing, it keeps no state. */
const stopPatienceMs = 5_000;
const announcedWithinMs = 30_000;

/** Starts a component that lives on when this process ends, unless it runs already. Its output goes to its log. */
export async function startProcess(layout: Layout, component: Component): Promise<"started" | "running"> {
  const { name, program, args, env } = component;
  if ((await pidOf(layout, name)) !== undefined) return "running";
  await mkdir(layout.logs, { recursive: true });
  await mkdir(layout.processes, { recursive: true });
  const log = await open(logOf(layout, name), "a", 0o600);
  const output = await open(outputFile(layout, name), "w", 0o600);
  try {
    const stdio: ["ignore", number, number] = ["ignore", output.fd, log.fd];
    const child = spawn(program, args, { detached: true, stdio, ...(env && { env }) });
    await new Promise((resolve, reject) => child.once("spawn", resolve).once("error", reject));
    child.unref();
    await writeFile(pidFile(layout, name), `${child.pid}\n`);
    return "started";
  } finally {
    await log.close();
    await output.close();
  }
}

/**
 * Waits for the line of JSON that the sandbox's processes print once they are ready.
 *
 * @throws TealError `cluster_component_ended`, `cluster_not_ready`
 */
export async function announced(layout: Layout, name: ComponentName): Promise<void> {
  const deadline = performance.now() + announcedWithinMs;
  while (!(await readFile(outputFile(layout, name), "utf8")).includes('"ready":true')) {
    await requireRunning(layout, name);
    if (performance.now() > deadline) {
      throw new TealError(
        "cluster_not_ready",
        `The ${name} should be ready within ${announcedWithinMs / 1000} s, but is not: see ${logOf(layout, name)}.`,
      );
    }
    await delay(50);
  }
}

/** Stops a component and waits until it is gone; past 5 s it is killed. Nothing happens when it does not run. */
export async function stopProcess(layout: Layout, name: ComponentName): Promise<"stopped" | "absent"> {
  const pid = await pidOf(layout, name);
  if (pid !== undefined) {
    signal(pid, "SIGTERM");
    const deadline = performance.now() + stopPatienceMs;
    while ((await pidOf(layout, name)) === pid) {
      if (performance.now() > deadline) signal(pid, "SIGKILL");
      await delay(50);
    }
  }
  await rm(pidFile(layout, name), { force: true });
  return pid === undefined ? "absent" : "stopped";
}

function signal(pid: number, name: "SIGTERM" | "SIGKILL"): void {
  try {
    process.kill(pid, name);
  } catch (cause) {
    // It ended by itself in between.
    if ((cause as NodeJS.ErrnoException).code !== "ESRCH") throw cause;
  }
}

/** @throws TealError `cluster_component_ended`, with the end of its log, when the component does not run */
export async function requireRunning(layout: Layout, name: ComponentName): Promise<void> {
  if ((await pidOf(layout, name)) !== undefined) return;
  const log = await readFile(logOf(layout, name), "utf8");
  const end = log.trimEnd().split("\n").slice(-5).join("\n");
  throw new TealError(
    "cluster_component_ended",
    `${name} should be running, but ended. Its log, ${logOf(layout, name)}, ends:\n${end}`,
  );
}

/** The component's process, if it is alive and this cluster's: an old pid may belong to anyone by now. */
async function pidOf(layout: Layout, name: ComponentName): Promise<number | undefined> {
  const pid = Number(await readFile(pidFile(layout, name), "utf8").catch(() => undefined));
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  // Every component is told paths in the state directory.
  const command = await commandLine(pid);
  return command.includes(layout.state) && command.includes(name) ? pid : undefined;
}

/** Empty when there is no such process, or it has ended and nobody has asked how. */
async function commandLine(pid: number): Promise<string> {
  const read =
    process.platform === "linux"
      ? readFile(`/proc/${pid}/cmdline`, "utf8")
      : promisify(execFile)("ps", ["-o", "command=", "-p", String(pid)]).then(({ stdout }) => stdout);
  return read.catch(() => "");
}

function pidFile(layout: Layout, name: ComponentName): string {
  return join(layout.processes, `${name}.pid`);
}

function outputFile(layout: Layout, name: ComponentName): string {
  return join(layout.processes, `${name}.out`);
}

function logOf(layout: Layout, name: ComponentName): string {
  return join(layout.logs, `${name}.log`);
}
