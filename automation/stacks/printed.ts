import { outputLimits } from "../../model/console/output.ts";
import type { Mask } from "./mask.ts";

/** What Pulumi printed in one stack operation, secrets masked. */
export interface Printed {
  text: string;
  /** Its beginning is left out. */
  truncated: boolean;
  failed: boolean;
  startedAt: Date;
  endedAt: Date;
}

/** Keeps the end of what is printed, in a bounded space. */
export class Printer {
  readonly #startedAt = new Date();
  #text = "";
  #cut = false;

  readonly write = (chunk: string): void => {
    this.#text += chunk;
    // Cut now and then, not at every chunk.
    if (this.#text.length > 3 * outputLimits.bytes) this.#keep(2 * outputLimits.bytes);
  };

  /** Null where nothing was printed. */
  printed(mask: Mask, failed: boolean): Printed | null {
    if (this.#text === "") return null;
    // Before it is cut: half a secret would not be known as one.
    this.#text = mask(this.#text);
    while (Buffer.byteLength(this.#text) > outputLimits.bytes) this.#keep(Math.floor(this.#text.length * 0.9));
    return { text: this.#text, truncated: this.#cut, failed, startedAt: this.#startedAt, endedAt: new Date() };
  }

  /** From the beginning of a line: what is before it may be half a secret. */
  #keep(length: number): void {
    const end = this.#text.slice(-length);
    this.#text = end.slice(end.indexOf("\n") + 1).toWellFormed();
    this.#cut = true;
  }
}
