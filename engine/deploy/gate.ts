/**
 * Holds back the first step that touches anything until the program has asked for all that it can ask for without an
 * answer to it: by then whatever this engine does not do has been refused, and nothing has happened.
 */
export class Gate {
  #open = false;
  #asked = 0;
  #waiting = 0;
  readonly #underWay: () => number;
  #opening: Promise<void> | undefined;

  /** `underWay` gives how many of the program's requests have not been answered. */
  constructor(underWay: () => number) {
    this.#underWay = underWay;
  }

  /** The program has asked for something. */
  asked(): void {
    this.#asked++;
  }

  /** Waits until steps may touch what is there. */
  async pass(): Promise<void> {
    if (this.#open) return;
    this.#waiting++;
    await (this.#opening ??= this.#whenQuiet());
  }

  async #whenQuiet(): Promise<void> {
    for (let seen = -1; seen !== this.#asked;) {
      while (this.#waiting < this.#underWay()) await new Promise((resolve) => setTimeout(resolve, 1));
      seen = this.#asked;
      // What a program makes of an answer takes it no more than microtasks, or a few turns of the event loop.
      for (let turn = 0; turn < quietTurns; turn++) await new Promise((resolve) => setImmediate(resolve));
      if (this.#waiting < this.#underWay()) seen = -1;
    }
    this.#open = true;
  }
}

const quietTurns = 3;
