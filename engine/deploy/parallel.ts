/** Bounds how many steps talk to providers at once. Those that wait go in the order in which they came. */
export class Parallel {
  readonly degree: number;
  readonly #waiting: (() => void)[] = [];
  #active = 0;

  constructor(degree: number) {
    this.degree = degree;
  }

  async run<T>(work: () => Promise<T> | T): Promise<T> {
    while (this.#active >= this.degree) await new Promise<void>((go) => this.#waiting.push(go));
    this.#active++;
    try {
      return await work();
    } finally {
      this.#active--;
      this.#waiting.shift()?.();
    }
  }

  all<T, R>(items: readonly T[], work: (item: T) => Promise<R> | R): Promise<R[]> {
    return Promise.all(items.map((item) => this.run(() => work(item))));
  }
}
