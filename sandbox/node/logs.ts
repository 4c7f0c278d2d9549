const longest = 200;

/** A line and when it was written, ISO 8601. */
export interface LogEntry {
  at: string;
  line: string;
}

/** The last lines that a container wrote, of its present run and of the one before. */
export class ContainerLog {
  #entries: LogEntry[] = [];
  #previous: LogEntry[] = [];

  write(line: string): void {
    this.#entries.push({ at: new Date().toISOString(), line });
    if (this.#entries.length > longest) this.#entries.shift();
  }

  /** The container starts once more. */
  rotate(): void {
    this.#previous = this.#entries;
    this.#entries = [];
  }

  /** @param count how many lines from the end; all that are kept when absent */
  entries(run: "present" | "previous", count?: number): readonly LogEntry[] {
    return last(run === "present" ? this.#entries : this.#previous, count);
  }

  tail(count?: number): readonly string[] {
    return this.entries("present", count).map(({ line }) => line);
  }

  previous(count?: number): readonly string[] {
    return this.entries("previous", count).map(({ line }) => line);
  }
}

const last = <T>(entries: readonly T[], count: number = longest): readonly T[] =>
  count <= 0 ? [] : entries.slice(-count);
