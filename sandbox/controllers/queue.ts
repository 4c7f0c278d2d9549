import { StatusError } from "../api/status.ts";

const shortestRetryMillis = 100;
const longestRetryMillis = 30_000;
/** A timer cannot be set for longer than 24 days. */
const longestTimerMillis = 86_400_000;
/** How long a queue works before it lets requests in between. */
const sliceMillis = 10;

/** Keys to look after, each once however often it was added; one that fails is tried again, ever more slowly. */
export class WorkQueue {
  readonly #name: string;
  readonly #reconcile: (key: string) => void;
  readonly #keys = new Set<string>();
  readonly #timers = new Map<string, { timer: NodeJS.Timeout; due: number }>();
  readonly #failures = new Map<string, number>();
  #running: NodeJS.Immediate | undefined;
  #stopped = false;

  constructor(name: string, reconcile: (key: string) => void) {
    this.#name = name;
    this.#reconcile = reconcile;
  }

  add(key: string): void {
    if (this.#stopped) return;
    this.#keys.add(key);
    this.#running ??= setImmediate(() => this.#run());
  }

  /** Adds the key in this many milliseconds, or earlier when that was asked for before. */
  addLater(key: string, millis: number): void {
    const due = Date.now() + millis;
    const before = this.#timers.get(key);
    if (this.#stopped || (before !== undefined && before.due <= due)) return;
    clearTimeout(before?.timer);
    const timer = setTimeout(
      () => {
        this.#timers.delete(key);
        this.add(key);
      },
      Math.min(millis, longestTimerMillis),
    );
    this.#timers.set(key, { timer, due });
  }

  stop(): void {
    this.#stopped = true;
    clearImmediate(this.#running);
    for (const { timer } of this.#timers.values()) clearTimeout(timer);
  }

  #run(): void {
    this.#running = undefined;
    const until = Date.now() + sliceMillis;
    for (const key of this.#keys) {
      this.#keys.delete(key);
      this.#attempt(key);
      if (Date.now() > until) break;
    }
    if (this.#keys.size > 0 && !this.#stopped) this.#running = setImmediate(() => this.#run());
  }

  #attempt(key: string): void {
    try {
      this.#reconcile(key);
      this.#failures.delete(key);
    } catch (error) {
      const failures = (this.#failures.get(key) ?? 0) + 1;
      this.#failures.set(key, failures);
      // A refusal is everyday (a namespace on its way out, a name still taken); anything else is worth a line.
      if (!(error instanceof StatusError)) console.error(`${this.#name} ${key}:`, error);
      this.addLater(key, Math.min(shortestRetryMillis * 2 ** failures, longestRetryMillis));
    }
  }
}
