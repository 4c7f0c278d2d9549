import type { Group } from "./groups.ts";

/** Groups by size, so that the smallest ones are found without a search. */
export class Shelf {
  readonly #bySize: Group[][];
  #count = 0;
  #names = 0;

  constructor(most: number, groups: readonly Group[]) {
    this.#bySize = Array.from({ length: most + 1 }, () => []);
    for (const group of groups) this.put(group);
  }

  get count(): number {
    return this.#count;
  }

  get names(): number {
    return this.#names;
  }

  /** Empty ones are gone. */
  put(group: Group): void {
    const size = group.names.length;
    if (size === 0) return;
    this.#bySize[size]!.push(group);
    this.#count++;
    this.#names += size;
  }

  /** Takes the smallest one out; of those of one size, the one put last. */
  take(): Group | undefined {
    const group = this.#bySize.find((groups) => groups.length > 0)?.pop();
    if (group === undefined) return undefined;
    this.#count--;
    this.#names -= group.names.length;
    return group;
  }

  /** Smallest first. */
  *sizes(): Generator<number, undefined> {
    for (const [size, groups] of this.#bySize.entries()) for (let i = 0; i < groups.length; i++) yield size;
    return undefined;
  }
}
