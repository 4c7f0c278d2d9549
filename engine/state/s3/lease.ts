/** How long a lock in S3 is good for, and who finds out that it no longer is. */
import { TealError } from "../../../model/errors.ts";
import { deleteIf, putIf } from "./conditional.ts";
import type { S3Place } from "./url.ts";

/** Seconds after its last renewal, by S3's clock, from which others take a lock for left behind. */
export const leaseSeconds = 90;
const renewMs = 20_000;
/** Its holder gives it up before anybody else may take it: clocks run differently, and requests take their time. */
const goodForMs = 60_000;

/** A lock that is held: renewed until it is released. */
export class Lease {
  readonly #place: S3Place;
  readonly #key: string;
  readonly #text: string;
  readonly #lost = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #etag: string;
  #renewed: Moment;
  #renewing: Promise<void> | undefined;

  /** `since` is before S3 was asked for it. */
  constructor(place: S3Place, key: string, text: string, etag: string, since: Moment) {
    this.#place = place;
    this.#key = key;
    this.#text = text;
    this.#etag = etag;
    this.#renewed = since;
    this.#timer = setInterval(() => (this.#renewing ??= this.#renew()), renewMs).unref();
  }

  /** Aborts once another may have the lock. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Throws `stack_lock_lost` where another may have it. Asks nobody. */
  check(): void {
    if (elapsed(this.#renewed) > goodForMs) this.#lose();
    this.#lost.signal.throwIfAborted();
  }

  async #renew(): Promise<void> {
    const began = moment();
    try {
      const etag = await putIf(this.#place, this.#key, this.#text, { etag: this.#etag });
      if (etag === undefined) this.#lose();
      else [this.#etag, this.#renewed] = [etag, began];
    } catch {
      // S3 is away or refuses: it is asked again, until the lock has run out.
      if (elapsed(this.#renewed) > goodForMs) this.#lose();
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

export interface Moment {
  readonly wall: number;
  readonly monotonic: number;
}

export function moment(): Moment {
  return { wall: Date.now(), monotonic: performance.now() };
}

/** The longer of both: a clock may be set back, and another stand still while the machine sleeps. */
function elapsed(since: Moment): number {
  const now = moment();
  return Math.max(now.wall - since.wall, now.monotonic - since.monotonic);
}

function lockLost(shown: string): TealError {
  return new TealError(
    "stack_lock_lost",
    `stack state: expected to hold the lock ${shown} until the operation's end, but it was removed (pulumi cancel) or could not be renewed in time, so that another may work on the stack: nothing more is written. Try again; what this operation had begun is found then`,
  );
}
