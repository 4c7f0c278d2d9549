const longest = 200;

/** The last lines that a container wrote, of its present run and of the one before. */
export class ContainerLog {
  #lines: string[] = [];
  #previous: string[] = [];

  write(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length > longest) this.#lines.shift();
  }

  /** The container starts once more. */
  rotate(): void {
    this.#previous = this.#lines;
    this.#lines = [];
  }

  /** @param count how many lines from the end; all that are kept when absent */
  tail(count?: number): readonly string[] {
    return last(this.#lines, count);
  }

  previous(count?: number): readonly string[] {
    return last(this.#previous, count);
  }
}

const last = (lines: readonly string[], count: number = longest): readonly string[] =>
  count <= 0 ? [] : lines.slice(-count);
