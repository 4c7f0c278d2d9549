import type { CertificateProvider, CertificateRequest, Described } from "../../../automation/certificates/provider.ts";

const day = 24 * 3_600_000;

interface Held {
  names: readonly string[];
  environment: string;
  requestedAt: number;
  issuedAt: number | null;
  listener: number | null;
}

export class Crash extends Error {}

/** A provider in memory, by a clock that tests move. `plan` may end the process before or after the effect of any call. */
export class FakeProvider implements CertificateProvider {
  readonly name = "sandbox";
  now = Date.UTC(2026, 0, 1);
  readonly held = new Map<string, Held>();
  /** Custom domains whose owners have set the record. */
  readonly records = new Set<string>();
  readonly calls: string[] = [];
  /** Asked before and after each effect: throws where the process dies there, or as the provider would. */
  at: (moment: "before" | "after", call: string) => void = () => undefined;

  isOwn(hostname: string, environment: string): boolean {
    return hostname.endsWith(`.${environment}.own.test`);
  }

  async request({ environment, sequence, names }: CertificateRequest): Promise<string> {
    const reference = `${environment}-${sequence}`;
    return this.#effect(`request ${reference}`, () => {
      const requestedAt = this.now;
      if (!this.held.has(reference))
        this.held.set(reference, { names, environment, requestedAt, issuedAt: null, listener: null });
      return reference;
    });
  }

  async describe(reference: string): Promise<Described | null> {
    return this.#effect(`describe ${reference}`, () => {
      const held = this.held.get(reference);
      if (!held) return null;
      const validations = held.names.map((hostname) => {
        const own = this.isOwn(hostname, held.environment);
        const record = own ? null : { name: `_x.${hostname}`, type: "CNAME" as const, value: "y" };
        return { hostname, validated: own || this.records.has(hostname), record };
      });
      if (validations.every(({ validated }) => validated)) held.issuedAt ??= this.now;
      const { issuedAt, requestedAt } = held;
      if (issuedAt !== null)
        return { state: "issued", expiresAt: new Date(issuedAt + 90 * day), failure: null, validations };
      const late = this.now - requestedAt > 3 * day;
      return { state: late ? "failed" : "requested", expiresAt: null, failure: late ? "timed out" : null, validations };
    });
  }

  async attached(environment: string): Promise<{ reference: string; listener: number }[]> {
    return this.#effect("attached", () =>
      [...this.held].flatMap(([reference, held]) =>
        held.environment === environment && held.listener !== null ? [{ reference, listener: held.listener }] : [],
      ),
    );
  }

  attach(_environment: string, reference: string, listener: number): Promise<void> {
    return this.#effect(`attach ${reference}`, () => {
      const held = this.held.get(reference);
      if (held?.issuedAt == null) throw new Error(`${reference} is not issued`);
      held.listener = listener;
    });
  }

  detach(_environment: string, reference: string): Promise<void> {
    return this.#effect(`detach ${reference}`, () => {
      const held = this.held.get(reference);
      if (held) held.listener = null;
    });
  }

  drop(reference: string): Promise<void> {
    return this.#effect(`drop ${reference}`, () => {
      if (this.held.get(reference)?.listener != null) throw new Error(`${reference} is in use`);
      this.held.delete(reference);
    });
  }

  /** Names that a client of the load balancer finds a valid certificate for. */
  served(): Set<string> {
    const serving = [...this.held.values()].filter(
      ({ listener, issuedAt }) => listener !== null && issuedAt !== null && issuedAt + 90 * day > this.now,
    );
    return new Set(serving.flatMap(({ names }) => names));
  }

  /** The process has died: nothing reaches the provider until it is started again. */
  dead = false;

  async #effect<T>(call: string, effect: () => T): Promise<T> {
    if (this.dead) throw new Crash();
    this.at("before", call);
    this.calls.push(call);
    const answer = effect();
    this.at("after", call);
    return answer;
  }
}
