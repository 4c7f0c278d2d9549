/** Which resources an operation is limited to, by URN. A pattern has `*` (within a part of the URN) or `**` (across parts). */
export class UrnTargets {
  readonly literals: Set<string>;
  readonly #patterns: readonly string[];
  readonly #matchers: readonly RegExp[];

  constructor(urnsOrPatterns: Iterable<string>) {
    const all = [...urnsOrPatterns];
    this.literals = new Set(all.filter((text) => !text.includes("*")));
    this.#patterns = all.filter((text) => text.includes("*"));
    this.#matchers = this.#patterns.map(matcher);
  }

  /** Whether there are any: without targets everything is meant. */
  get constrained(): boolean {
    return this.literals.size > 0 || this.#matchers.length > 0;
  }

  has(urn: string): boolean {
    return this.literals.has(urn) || this.#matchers.some((pattern) => pattern.test(urn));
  }

  /** One that grows on its own. */
  copy(): UrnTargets {
    return new UrnTargets([...this.literals, ...this.#patterns]);
  }
}

function matcher(pattern: string): RegExp {
  const escaped = (text: string) => text.replaceAll(/[\\^$.+?()[\]{}|]/g, "\\$&");
  const within = (text: string) => text.split("*").map(escaped).join("[^:]*");
  return new RegExp(`^${pattern.split("**").map(within).join(".*")}$`);
}

/** What an operation is limited to, and what it is to replace. */
export interface Scope {
  /** Only these; all where there are none. */
  readonly targets: UrnTargets;
  readonly targetDependents: boolean;
  /** All but these; targets come first. */
  readonly excludes: UrnTargets;
  readonly excludeDependents: boolean;
  readonly replace: UrnTargets;
}

export const wholeStack: Scope = {
  targets: new UrnTargets([]),
  targetDependents: false,
  excludes: new UrnTargets([]),
  excludeDependents: false,
  replace: new UrnTargets([]),
};
