import { Worker } from "node:worker_threads";
import { TealError } from "../../model/errors.ts";
import type { Printed } from "./printed.ts";
import type { FromThread, Results, Task, ThreadSettings, ToThread } from "./tasks.ts";

/** A program run makes some 30 MB of short-lived objects: a young generation that holds them saves a tenth of the time. */
const resourceLimits = { maxYoungGenerationSizeMb: 64 };

export interface PoolOptions {
  threads: number;
  /** Until an operation is told to stop, and then until its thread is ended. */
  timeoutMs: number;
  graceMs: number;
  /** Entry of the threads, and what each is started with. */
  entry: URL;
  settings(thread: number): ThreadSettings;
  log: { warn(data: object, message: string): void };
  /** Told of each operation that has run, and how long. */
  observe?: Observe | undefined;
}

export type Observe = (task: Task["do"], seconds: number, failed: boolean) => void;

/** Throws where what was asked for may no longer be done. */
export type Permit = () => Promise<void>;

export interface RunOptions {
  /** Asked by the thread before it changes anything. */
  permit?: Permit | undefined;
  /** Gets what Pulumi printed, masked, whether it went well or not; not called where nothing was, or the thread died. */
  onPrinted?: ((printed: Printed) => void) | undefined;
  /** For what takes longer than others; else as the pool says. */
  timeoutMs?: number | undefined;
}

interface Job extends RunOptions {
  id: number;
  stack: string;
  task: Task;
  /** When a thread took it. */
  began: number;
  resolve(result: Results[keyof Results]): void;
  reject(error: Error): void;
}

interface Thread {
  worker: Worker;
  job: Job | null;
  timer: NodeJS.Timeout | undefined;
}

/** Threads that run stack operations: one at a time per thread, and one at a time per stack. Started when first needed. */
export class Pool {
  readonly #options: PoolOptions;
  readonly #threads = new Set<Thread>();
  readonly #queue: Job[] = [];
  #started = 0;
  #lastId = 0;
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  run<T extends Task>(
    stack: string,
    task: T,
    { permit, onPrinted, timeoutMs }: RunOptions = {},
  ): Promise<Results[T["do"]]> {
    if (this.#closed) return Promise.reject(new TealError("stacks_closed", "Stack operations have been closed."));
    const { promise, resolve, reject } = Promise.withResolvers<Results[keyof Results]>();
    this.#queue.push({ id: ++this.#lastId, stack, task, began: 0, permit, onPrinted, timeoutMs, resolve, reject });
    this.#dispatch();
    return promise as Promise<Results[T["do"]]>;
  }

  /** Refuses what waits, stops what runs, ends the threads. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const job of this.#queue.splice(0)) job.reject(new TealError("stacks_closed", "Closed before it began."));
    const busy = [...this.#threads].filter(({ job }) => job !== null);
    for (const thread of busy) this.#stop(thread);
    const deadline = Date.now() + this.#options.graceMs;
    while (busy.some((thread) => thread.job !== null) && Date.now() < deadline) await sleep(20);
    await Promise.all([...this.#threads].map(({ worker }) => worker.terminate()));
  }

  #dispatch(): void {
    if (this.#closed) return;
    for (;;) {
      const busy = new Set([...this.#threads].flatMap(({ job }) => job?.stack ?? []));
      const next = this.#queue.findIndex(({ stack }) => !busy.has(stack));
      if (next < 0) return;
      const idle = [...this.#threads].find(({ job }) => job === null);
      if (!idle && this.#threads.size >= this.#options.threads) return;
      this.#give(idle ?? this.#start(), this.#queue.splice(next, 1)[0]!);
    }
  }

  #start(): Thread {
    const workerData = this.#options.settings(++this.#started);
    const worker = new Worker(this.#options.entry, { workerData, resourceLimits, env: programEnvironment() });
    const thread: Thread = { worker, job: null, timer: undefined };
    let why = "it ended by itself";
    worker.on("message", (message: FromThread) => this.#answered(thread, message));
    worker.on("error", (error) => (why = error instanceof Error ? error.message : String(error)));
    worker.on("exit", () => this.#died(thread, why));
    this.#threads.add(thread);
    return thread;
  }

  #give(thread: Thread, job: Job): void {
    const { timeoutMs: usual, graceMs } = this.#options;
    const { timeoutMs = usual } = job;
    thread.job = job;
    job.began = performance.now();
    thread.timer = setTimeout(() => {
      this.#stop(thread);
      thread.timer = setTimeout(() => void thread.worker.terminate(), graceMs);
    }, timeoutMs);
    thread.worker.postMessage({ run: job.id, task: job.task } satisfies ToThread);
  }

  #stop({ worker, job }: Thread): void {
    if (job) worker.postMessage({ abort: job.id } satisfies ToThread);
  }

  #answered(thread: Thread, message: FromThread): void {
    const job = thread.job;
    const id = "asks" in message ? message.asks : "done" in message ? message.done : message.failed;
    if (!job || job.id !== id) return;
    if ("asks" in message) return void answerOf(job).then((answer) => thread.worker.postMessage(answer));
    clearTimeout(thread.timer);
    thread.job = null;
    this.#observe(job, "failed" in message);
    if (message.printed) job.onPrinted?.(message.printed);
    if ("done" in message) job.resolve(message.result);
    else job.reject(new TealError(message.error.code, message.error.message, { data: message.error.data }));
    this.#dispatch();
  }

  #observe({ task, began }: Job, failed: boolean): void {
    this.#options.observe?.(task.do, (performance.now() - began) / 1000, failed);
  }

  #died(thread: Thread, why: string): void {
    clearTimeout(thread.timer);
    this.#threads.delete(thread);
    const { job } = thread;
    thread.job = null;
    if (job) {
      this.#observe(job, true);
      if (!this.#closed) this.#options.log.warn({ stack: job.stack, why }, "stack thread died");
      job.reject(
        new TealError("stack_thread_died", `The thread that worked on stack ${job.stack} died or hung: ${why}.`, {
          data: { cause: "platform", retriable: true, evidence: [] },
        }),
      );
    }
    this.#dispatch();
  }
}

async function answerOf({ id, permit }: Job): Promise<ToThread> {
  try {
    await permit?.();
    return { permitted: id };
  } catch (error) {
    const { code, message, data } = error instanceof TealError ? error : new TealError("unknown", String(error));
    return { permitted: id, refusal: { code, message, data } };
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * The environment that programs see. Of what would change a program behind its config's back nothing is left: the SDK's
 * Kubernetes provider takes these variables for inputs, so that a shell's own KUBECONFIG would end up in state and send
 * the stack's resources to another cluster. Commands get theirs from the workspace.
 */
function programEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => name !== "KUBECONFIG" && !name.startsWith("PULUMI_K8S_"));
  return Object.fromEntries(kept);
}
