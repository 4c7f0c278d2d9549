import type { Results, Task } from "./tasks.ts";
import type { Pool } from "./pool.ts";

/** A reader costs as much memory as any stack thread: without anything to read for so long it is ended. */
const idleMs = 60_000;

/** Threads for what people look at, apart from those that operations need: made when asked for, ended when idle. */
export class Readers {
  readonly #make: () => Pool;
  #pool: Pool | undefined;
  #reading = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(make: () => Pool) {
    this.#make = make;
  }

  async run<T extends Task>(stack: string, task: T): Promise<Results[T["do"]]> {
    clearTimeout(this.#timer);
    this.#pool ??= this.#make();
    this.#reading++;
    try {
      return await this.#pool.run(stack, task);
    } finally {
      if (--this.#reading === 0) this.#timer = setTimeout(() => void this.close(), idleMs).unref();
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    const pool = this.#pool;
    this.#pool = undefined;
    await pool?.close();
  }
}
