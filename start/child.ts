import { spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { TealError } from "../model/errors.ts";
import { end, identify, isRunning, type ProcessIdentity } from "./processes.ts";

const readySeconds = 20;
const readyLine = z.looseObject({ ready: z.literal(true), port: z.int(), tlsPort: z.int().optional() });
type Ready = z.infer<typeof readyLine>;

const runFile = z.object({
  identity: z.object({ pid: z.int(), started: z.string() }),
  fingerprint: z.string(),
  /** Null until it is ready. */
  info: readyLine.nullable(),
});
type RunFile = z.infer<typeof runFile>;

export interface ChildOptions {
  name: string;
  /** The TypeScript file that it runs. */
  entry: string;
  /** Its settings, besides what any program needs. */
  env: Record<string, string>;
  /** Where run files (which process) and logs are kept. */
  directory: string;
  /** Changes with everything that would make an old process the wrong one, such as Teal's version. */
  version: string;
}

export interface Child {
  /** What it printed when it was ready, such as its port. */
  info: Ready;
  adopted: boolean;
  stop(): Promise<void>;
}

/** The port that the child of that name had when it last ran; 0 when it never did. */
export function lastPort(directory: string, name: string, which: "port" | "tlsPort" = "port"): number {
  return readRunFile(directory, name)?.info?.[which] ?? 0;
}

/** Whether the child that an earlier Teal started still runs. */
export function leftRunning(directory: string, name: string): boolean {
  const left = readRunFile(directory, name);
  return left !== null && isRunning(left.identity);
}

/**
 * Starts a child process, or adopts the one that an earlier Teal left running with the same settings; one left with
 * others is ended first. Children are detached, so that they outlive a crash of their parent and traffic flows on.
 * Throws `child_failed` with the end of its log when it does not become ready.
 */
export async function startChild(options: ChildOptions): Promise<Child> {
  const { directory, name } = options;
  const fingerprint = createHash("sha256")
    .update(JSON.stringify([options.entry, options.env, options.version]))
    .digest("hex");
  const left = readRunFile(directory, name);
  if (left && isRunning(left.identity)) {
    if (left.info && left.fingerprint === fingerprint) return childOf(left.identity, left.info, true);
    await end(left.identity, 5000);
  }
  const child = spawnChild(options);
  const identity = child.pid === undefined ? null : identify(child.pid);
  // Written before it is ready too, so that a crash now leaves no process that nobody knows.
  if (identity) writeRunFile(directory, name, { identity, fingerprint, info: null });
  const info = await becomesReady(options, child);
  if (!identity) throw new TealError("child_failed", `The ${name} process ended as soon as it was ready.`);
  writeRunFile(directory, name, { identity, fingerprint, info });
  return childOf(identity, info, false);
}

function childOf(identity: ProcessIdentity, info: Ready, adopted: boolean): Child {
  return { info, adopted, stop: () => end(identity, 5000) };
}

function spawnChild({ name, entry, env, directory }: ChildOptions): ChildProcess {
  // Output goes to files, not pipes: a pipe would break when the parent dies.
  const out = openSync(outPath(directory, name), "w", 0o600);
  const log = openSync(logPath(directory, name), "a", 0o600);
  const stdio: ["ignore", number, number] = ["ignore", out, log];
  const child = spawn(process.execPath, [entry], { detached: true, stdio, env: { ...inherited(), ...env } });
  closeSync(out);
  closeSync(log);
  child.unref();
  return child;
}

/** Of our own environment, only what any program needs: children have no use for our secrets. */
function inherited(): NodeJS.ProcessEnv {
  const names = ["PATH", "HOME", "LANG", "TZ", "TMPDIR", "NODE_EXTRA_CA_CERTS"];
  return Object.fromEntries(names.map((name) => [name, process.env[name]]));
}

async function becomesReady({ name, directory }: ChildOptions, child: ChildProcess): Promise<Ready> {
  let failure: Error | undefined;
  child.on("error", (error) => (failure = error));
  const deadline = Date.now() + readySeconds * 1000;
  while (Date.now() < deadline && !failure && child.exitCode === null && child.signalCode === null) {
    const info = parseReady(await readFile(outPath(directory, name), "utf8"));
    if (info) return info;
    await new Promise((done) => setTimeout(done, 15));
  }
  child.kill("SIGKILL");
  const log = logPath(directory, name);
  const why = failure?.message ?? readFileSync(log, "utf8").trim().split("\n").slice(-3).join(" | ");
  throw new TealError("child_failed", `The ${name} process did not become ready: ${why}. See ${log}.`, {
    cause: failure,
  });
}

function parseReady(text: string): Ready | undefined {
  const line = text.split("\n").find((l) => l.startsWith("{") && l.endsWith("}"));
  return line === undefined ? undefined : readyLine.parse(JSON.parse(line));
}

/** Null when there is none, or when a crash left it half-written: then nothing is known of an earlier child. */
function readRunFile(directory: string, name: string): RunFile | null {
  try {
    return runFile.parse(JSON.parse(readFileSync(runPath(directory, name), "utf8")));
  } catch {
    return null;
  }
}

function writeRunFile(directory: string, name: string, run: RunFile): void {
  const path = runPath(directory, name);
  writeFileSync(`${path}.new`, JSON.stringify(run), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

const runPath = (directory: string, name: string) => join(directory, `${name}.json`);
const outPath = (directory: string, name: string) => join(directory, `${name}.out`);
const logPath = (directory: string, name: string) => join(directory, `${name}.log`);
