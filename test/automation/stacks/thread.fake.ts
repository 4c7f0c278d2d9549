/** Stands in for thread.ts in the pool's tests: does what the task's message says. */
import { parentPort, threadId } from "node:worker_threads";
import type { FromThread, Task, ToThread } from "../../../automation/stacks/tasks.ts";

const port = parentPort!;
let stop: (() => void) | undefined;
let answered: ((answer: string) => void) | undefined;

async function act(task: Task, run: number): Promise<Record<string, unknown>> {
  const what = task.do === "outputs" ? task.place.id : "";
  if (what === "die") process.exit(3);
  if (what === "throw") throw new Error("thrown");
  if (what === "hang") for (;;);
  const began = Date.now();
  if (what === "wait") await new Promise<void>((resolve) => (stop = resolve));
  if (what.startsWith("sleep")) await new Promise((resolve) => setTimeout(resolve, 60));
  const answer = what === "ask" ? await ask(run) : undefined;
  return { threadId, began, ended: Date.now(), answer };
}

function ask(run: number): Promise<string> {
  port.postMessage({ asks: run } satisfies FromThread);
  return new Promise((resolve) => (answered = resolve));
}

port.on("message", (message: ToThread) => {
  if ("abort" in message) return stop?.();
  if ("permitted" in message) return answered?.(message.refusal?.code ?? "granted");
  void act(message.task, message.run).then((result) =>
    port.postMessage({ done: message.run, result, printed: null } satisfies FromThread),
  );
});
