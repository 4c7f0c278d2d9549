/** Entry of a stack thread: runs the stack operations that the main thread sends, one at a time. */
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { TealError } from "../../model/errors.ts";
import { pulumiCommand } from "./command.ts";
import { maskOf } from "./mask.ts";
import { run } from "./operations.ts";
import { openEncryption } from "./passphrase.ts";
import { Printer } from "./printed.ts";
import { prepareRuntime } from "./runtime.ts";
import type { FromThread, ThreadSettings, ToThread } from "./tasks.ts";
import { Workspace } from "./workspace.ts";

prepareRuntime();
const port = parentPort!;
const { commandModule, salt, ...settings } = workerData as ThreadSettings;
const running = new Map<number, AbortController>();

// Opened with the first task, so that a failure is that task's answer. A failed opening is tried again with the next.
let opened: Promise<Workspace> | undefined;

async function workspace(): Promise<Workspace> {
  opened ??= (async () => {
    const command = await pulumiCommand(commandModule);
    const encryption = await openEncryption(salt, settings.passphrase);
    // Directories are new at every start: without this, the home of the user would fill with selections in them.
    const home = commandModule !== undefined && { pulumiHome: join(settings.directory, "home") };
    return Workspace.open({ ...settings, ...home, command, encryption });
  })();
  try {
    return await opened;
  } catch (error) {
    opened = undefined;
    throw error;
  }
}

async function answer(id: number, task: Extract<ToThread, { run: number }>["task"]): Promise<FromThread> {
  const controller = new AbortController();
  running.set(id, controller);
  const printer = new Printer();
  const mask = maskOf(task, settings.passphrase);
  try {
    const context = { ...settings, workspace: await workspace(), signal: controller.signal, print: printer.write };
    const result = await run(task, context);
    return { done: id, result, printed: printer.printed(mask, false) };
  } catch (error) {
    const known = error instanceof TealError ? error : new TealError("unknown", String(error));
    const told = { code: known.code, message: known.message, data: known.data };
    return { failed: id, error: told, printed: printer.printed(mask, true) };
  } finally {
    running.delete(id);
  }
}

port.on("message", (message: ToThread) => {
  if ("abort" in message) running.get(message.abort)?.abort();
  else void answer(message.run, message.task).then((reply) => port.postMessage(reply));
});
