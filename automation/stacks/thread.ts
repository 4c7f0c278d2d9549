/** Entry of a stack thread: runs the stack operations that the main thread sends, one at a time. */
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { TealError } from "../../model/errors.ts";
import { pulumiCommand } from "./command.ts";
import type { Context } from "./context.ts";
import { runData } from "./dataOperations.ts";
import { maskOf } from "./mask.ts";
import { run } from "./operations.ts";
import { openEncryption } from "./passphrase.ts";
import { Printer } from "./printed.ts";
import { prepareRuntime } from "./runtime.ts";
import type { DataTask, FromThread, Task, ThreadSettings, ToThread } from "./tasks.ts";
import { tenants, tenantsData, Workspace, type Program } from "./workspace.ts";

prepareRuntime();
const port = parentPort!;
const { commandModule, salt, ...settings } = workerData as ThreadSettings;
const running = new Map<number, AbortController>();
/** Questions to the main thread, by task; one at a time each. */
const asked = new Map<number, { granted(): void; refused(error: TealError): void }>();

// Opened with the first task, so that a failure is that task's answer. A failed opening is tried again with the next.
const opened = new Map<Program, Promise<Workspace>>();

async function workspace(program: Program): Promise<Workspace> {
  const made = opened.get(program) ?? open(program);
  opened.set(program, made);
  try {
    return await made;
  } catch (error) {
    opened.delete(program);
    throw error;
  }
}

async function open(program: Program): Promise<Workspace> {
  const command = await pulumiCommand(commandModule);
  const encryption = await openEncryption(salt, settings.passphrase);
  // Directories are new at every start: without this, the home of the user would fill with selections in them.
  const home = commandModule !== undefined && { pulumiHome: join(settings.directory, "home") };
  // One directory has the settings of one project.
  const directory = join(settings.directory, program.project);
  return Workspace.open({ ...settings, ...home, command, encryption, program, directory });
}

function isOfData(task: Task): task is DataTask {
  return task.do.startsWith("data");
}

/** Runs a task on the stacks that it is about. */
async function work(task: Task, rest: Omit<Context, "workspace">) {
  if (isOfData(task)) return runData(task, { ...rest, workspace: await workspace(tenantsData) });
  return run(task, { ...rest, workspace: await workspace(tenants) });
}

async function answer(id: number, task: Task): Promise<FromThread> {
  const controller = new AbortController();
  running.set(id, controller);
  const printer = new Printer();
  const mask = maskOf(task, settings.passphrase);
  try {
    const permit = () =>
      new Promise<void>((granted, refused) => {
        asked.set(id, { granted, refused });
        port.postMessage({ asks: id } satisfies FromThread);
      });
    const { signal } = controller;
    const result = await work(task, { ...settings, signal, permit, print: printer.write });
    return { done: id, result, printed: printer.printed(mask, false) };
  } catch (error) {
    const known = error instanceof TealError ? error : new TealError("unknown", String(error));
    const told = { code: known.code, message: known.message, data: known.data };
    return { failed: id, error: told, printed: printer.printed(mask, true) };
  } finally {
    running.delete(id);
    asked.delete(id);
  }
}

function heard({ permitted, refusal }: Extract<ToThread, { permitted: number }>): void {
  const question = asked.get(permitted);
  if (refusal) question?.refused(new TealError(refusal.code, refusal.message, { data: refusal.data }));
  else question?.granted();
}

port.on("message", (message: ToThread) => {
  if ("abort" in message) running.get(message.abort)?.abort();
  else if ("permitted" in message) heard(message);
  else void answer(message.run, message.task).then((reply) => port.postMessage(reply));
});
