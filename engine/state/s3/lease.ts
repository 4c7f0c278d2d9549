/** A lock in S3 that is held: written again now and then, by which others see that it is, and its holder that it still is. */
import { TealError } from "../../../model/errors.ts";
import { deleteIf, putIf } from "./conditional.ts";
import type { S3Place } from "./url.ts";

export const renewMs = 20_000;

export class Lease {
  readonly #place: S3Place;
  readonly #key: string;
  readonly #text: string;
  readonly #lost = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #etag: string;
  #renewing: Promise<void> | undefined;

  constructor(place: S3Place, key: string, text: string, etag: string) {
    this.#place = place;
    this.#key = key;
    this.#text = text;
    this.#etag = etag;
    this.#timer = setInterval(() => (this.#renewing ??= this.#renew()), renewMs).unref();
  }

  /** Aborts once it is known that somebody has removed the lock. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  async #renew(): Promise<void> {
    try {
      const etag = await putIf(this.#place, this.#key, this.#text, { etag: this.#etag });
      if (etag !== undefined) this.#etag = etag;
      else this.#lose();
    } catch {
      // S3 is away or refuses. Nobody takes the lock for that, and whatever the holder writes finds out the same.
    } finally {
      this.#renewing = undefined;
    }
  }

  #lose(): void {
    clearInterval(this.#timer);
    this.#lost.abort(lockLost(`s3://${this.#place.bucket}/${this.#key}`));
  }

  /** Removes it, unless it is another's by now. */
  async release(): Promise<void> {
    clearInterval(this.#timer);
    await this.#renewing;
    await deleteIf(this.#place, this.#key, this.#etag);
  }
}

function lockLost(shown: string): TealError {
  return new TealError(
    "stack_lock_lost",
    `stack state: expected to hold the lock ${shown} until the operation's end, but somebody has removed it (pulumi cancel), so that another may work on the stack: nothing more is written. Try again; what this operation had begun is found then`,
  );
}
