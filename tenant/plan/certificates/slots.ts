import type { Certificate } from "./certificate.ts";
import type { CertificateQuotas } from "./quotas.ts";

/** The free places of the listeners. */
export class Slots {
  readonly #free: number[];
  /** Where a name is served now. */
  readonly #listenerOf = new Map<string, number>();

  constructor({ listeners, certificatesPerListener }: CertificateQuotas, attached: readonly Certificate[]) {
    this.#free = Array.from({ length: listeners }, () => certificatesPerListener);
    for (const { attached: at, names } of attached) {
      if (at === null) continue;
      // One that an earlier, larger quota had is none of those that can be chosen.
      if (at.listener < listeners) this.#free[at.listener]!--;
      for (const name of names) this.#listenerOf.set(name, at.listener);
    }
  }

  /**
   * Takes a slot for a certificate of these names: on the listener that most of them are on, else on the first with a free
   * one. Undefined where no more than `kept` are free.
   */
  take(names: readonly string[], kept: number): number | undefined {
    const free = this.#free.flatMap((n, listener) => (n > 0 ? [listener] : []));
    if (free.reduce((sum, listener) => sum + this.#free[listener]!, 0) <= kept) return undefined;
    const votes = new Map<number, number>();
    for (const name of names) {
      const listener = this.#listenerOf.get(name);
      if (listener !== undefined) votes.set(listener, (votes.get(listener) ?? 0) + 1);
    }
    const chosen = free.reduce((best, one) => ((votes.get(one) ?? 0) > (votes.get(best) ?? 0) ? one : best));
    this.#free[chosen]!--;
    return chosen;
  }
}
