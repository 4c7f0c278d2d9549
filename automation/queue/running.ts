import type { Report } from "../ledger/database.ts";

export type Handler = (operationId: string) => Promise<void>;

/** The handlers that run, and something to wait on until there is news. */
export class Running {
  readonly #handle: Handler;
  readonly #report: Report;
  readonly #operations = new Map<string, number>();
  readonly #handlers = new Set<Promise<void>>();
  #wake: () => void = () => undefined;
  /** Counts the rings, so that one between a look and a wait isn't lost. */
  rings = 0;
  stopping = false;

  constructor(handle: Handler, report: Report) {
    this.#handle = handle;
    this.#report = report;
  }

  get count(): number {
    return this.#handlers.size;
  }

  has(operation: string): boolean {
    return this.#operations.has(operation);
  }

  start(operation: string): void {
    this.#operations.set(operation, (this.#operations.get(operation) ?? 0) + 1);
    const handler = this.#handle(operation)
      .catch((error: unknown) => this.#report(`The wake-up of operation ${operation} failed.`, error))
      .finally(() => this.#ended(operation, handler));
    this.#handlers.add(handler);
  }

  #ended(operation: string, handler: Promise<void>): void {
    const left = (this.#operations.get(operation) ?? 1) - 1;
    if (left > 0) this.#operations.set(operation, left);
    else this.#operations.delete(operation);
    this.#handlers.delete(handler);
    this.#wake();
  }

  /** There may be more to fetch. */
  ring(): void {
    this.rings++;
    this.#wake();
  }

  stop(): void {
    this.stopping = true;
    this.#wake();
  }

  /** Resolves at the next ring or end of a handler, when stopped, or after `milliseconds`. */
  async news(milliseconds?: number): Promise<void> {
    if (this.stopping) return;
    await new Promise<void>((resolve) => {
      const timer = milliseconds === undefined ? undefined : setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async allEnded(): Promise<void> {
    await Promise.all(this.#handlers);
  }
}
