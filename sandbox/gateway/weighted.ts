interface Weighted<T> {
  item: T;
  weight: number;
  credit: number;
}

/**
 * Chooses among weighted items so that after any number of choices each has been chosen as often as its weight says, to
 * within one: spread out evenly, not at random, as a rollout is judged by a few dozen requests.
 *
 * Each choice gives every item its weight as credit and takes the whole of all weights from the one that is chosen. Of
 * those that may have a further choice without running ahead, the one is chosen that would first fall behind.
 */
export class WeightedChoice<T> {
  readonly #items: readonly Weighted<T>[];
  readonly #total: number;

  /** @param items with weights of at least 0; one of weight 0 is never chosen */
  constructor(items: readonly { item: T; weight: number }[]) {
    this.#items = items.filter(({ weight }) => weight > 0).map((entry) => ({ ...entry, credit: 0 }));
    this.#total = this.#items.reduce((sum, { weight }) => sum + weight, 0);
  }

  /** @returns undefined where nothing has any weight */
  next(): T | undefined {
    let chosen: Weighted<T> | undefined;
    let soonest = Infinity;
    for (const entry of this.#items) {
      entry.credit += entry.weight;
      const deadline = (this.#total - entry.credit) / entry.weight;
      if (entry.credit > 0 && deadline < soonest) {
        soonest = deadline;
        chosen = entry;
      }
    }
    if (chosen === undefined) return undefined;
    chosen.credit -= this.#total;
    return chosen.item;
  }
}
