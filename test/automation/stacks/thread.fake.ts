/** Stands in for thread.ts in the pool's tests: does what the task's message says. */
import { parentPort, threadId } from "node:worker_threads";
import type { FromThread, Task, ToThread } from "../../../automation/stacks/tasks.ts";

const port = parentPort!;
let stop: (() => void) | undefined;

async function act(task: Task): Promise<Record<string, unknown>> {
  const what = task.do === "outputs" ? task.place.id : "";
  if (what === "die") process.exit(3);
  if (what === "throw") throw new Error("thrown");
  if (what === "hang") for (;;);
  const began = Date.now();
  if (what === "wait") await new Promise<void>((resolve) => (stop = resolve));
  if (what.startsWith("sleep")) await new Promise((resolve) => setTimeout(resolve, 60));
  return { threadId, began, ended: Date.now() };
}

port.on("message", (message: ToThread) => {
  if ("abort" in message) return stop?.();
  void act(message.task).then((result) =>
    port.postMessage({ done: message.run, result, printed: null } satisfies FromThread),
  );
});
