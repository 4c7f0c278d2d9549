import { setTimeout as sleep } from "node:timers/promises";

export interface OutboxOptions {
  /** How many writes may be under way at once. */
  concurrency: number;
  /** How long a change waits for others of the same key, in ms. */
  gatherMs: number;
  /** Writes the newest state of `key`; what it throws makes it be called again, later and later. */
  write: (key: string) => Promise<void>;
  onTrouble?: (key: string, error: unknown) => void;
  /** How many writes that matter more are waiting: while there are any, these wait too. */
  ahead?: () => number;
}

const firstRetryMs = 100;
const longestRetryMs = 2000;
const aheadMs = 100;

/**
 * Writes to the API server what has changed, whatever the server's state is: changes of one key are gathered into one
 * write, one key is never written twice at once, and a failed write is tried again until it works or is overtaken.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #waiting = new Set<string>();
  readonly #writing = new Set<string>();
  readonly #again = new Set<string>();
  readonly #retries = new Map<string, number>();
  #gathering: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  mark(key: string): void {
    if (this.#stopped) return;
    if (this.#writing.has(key)) this.#again.add(key);
    else this.#waiting.add(key);
    this.#gathering ??= setTimeout(() => this.#send(), this.#options.gatherMs);
  }

  forget(key: string): void {
    this.#waiting.delete(key);
    this.#again.delete(key);
    this.#retries.delete(key);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#gathering);
  }

  /** Keys not written yet. */
  get size(): number {
    return this.#waiting.size + this.#writing.size;
  }

  #send(): void {
    this.#gathering = undefined;
    if ((this.#options.ahead?.() ?? 0) > 0) {
      this.#gathering = setTimeout(() => this.#send(), aheadMs);
      return;
    }
    for (const key of this.#waiting) {
      if (this.#writing.size >= this.#options.concurrency) return;
      this.#waiting.delete(key);
      this.#writing.add(key);
      void this.#write(key);
    }
  }

  async #write(key: string): Promise<void> {
    try {
      await this.#options.write(key);
      this.#retries.delete(key);
    } catch (error) {
      this.#options.onTrouble?.(key, error);
      const failed = this.#retries.get(key) ?? 0;
      this.#retries.set(key, failed + 1);
      void this.#retry(key, Math.min(firstRetryMs * 2 ** failed, longestRetryMs));
    }
    this.#writing.delete(key);
    if (this.#again.delete(key)) this.#waiting.add(key);
    if (this.#waiting.size > 0 && !this.#stopped) this.#gathering ??= setTimeout(() => this.#send(), 0);
  }

  async #retry(key: string, delay: number): Promise<void> {
    await sleep(delay, undefined, { ref: false });
    if (this.#retries.has(key)) this.mark(key);
  }
}
