import type {
  Certificate,
  CertificatePlan,
  CertificateStep,
} from "../../../../tenant/plan/certificates/certificate.ts";
import { planCertificates } from "../../../../tenant/plan/certificates/plan.ts";
import {
  defaultTimes,
  type CertificateQuotas,
  type CertificateTimes,
} from "../../../../tenant/plan/certificates/quotas.ts";

export const day = 24 * 3_600_000;
export const times: CertificateTimes = { ...defaultTimes, overlap: 1000 };
const validity = 90 * day;
const giveUp = 3 * day;

/** A provider and the names that come and go, without effects: what the plan says is done to the letter and at once. */
export class World {
  readonly quotas: CertificateQuotas;
  readonly certificates = new Map<string, Certificate>();
  /** Wanted names, and whether each is kept apart. */
  readonly wanted = new Map<string, boolean>();
  /** Custom domains whose owners have made the record. */
  readonly records = new Set<string>();
  now = Date.UTC(2026, 0, 1);
  /** Names that changed, or had changed, the certificate that they are to have. */
  reissued = 0;
  requests = 0;
  planMilliseconds: number[] = [];
  /** Called after each single step. */
  onStep: (step: CertificateStep) => void = () => undefined;
  #sequence = 0;

  constructor(quotas: CertificateQuotas) {
    this.quotas = quotas;
  }

  isOwn = (hostname: string): boolean => hostname.endsWith(".own.test");

  add(hostname: string): void {
    if (!this.wanted.has(hostname)) this.wanted.set(hostname, !this.isOwn(hostname));
  }

  remove(hostname: string): void {
    this.wanted.delete(hostname);
    this.records.delete(hostname);
  }

  plan(): CertificatePlan {
    const facts = {
      wanted: [...this.wanted].map(([hostname, apart]) => ({ hostname, apart })),
      certificates: [...this.certificates.values()],
      quotas: this.quotas,
      times,
      isOwn: this.isOwn,
      now: this.now,
    };
    const begun = performance.now();
    const plan = planCertificates(facts);
    this.planMilliseconds.push(performance.now() - begun);
    return plan;
  }

  /** Does up to `most` steps of a plan, as before a crash. */
  carryOut(most = Infinity): CertificatePlan {
    const plan = this.plan();
    for (const step of plan.steps.slice(0, most)) {
      this.#do(step);
      this.onStep(step);
    }
    return plan;
  }

  /** Time passes at the provider. */
  pass(milliseconds: number): void {
    this.now += milliseconds;
    for (const certificate of this.certificates.values()) {
      if (certificate.state !== "requested") continue;
      const validated = certificate.names.filter((name) => this.isOwn(name) || this.records.has(name));
      const all = validated.length === certificate.names.length;
      if (all) this.#set(certificate, { validated, state: "issued", expiresAt: this.now + validity });
      else if (this.now - certificate.requestedAt > giveUp)
        this.#set(certificate, { validated, state: "failed", failedAt: this.now });
      else this.#set(certificate, { validated });
      const [only] = certificate.names;
      if (all && certificate.names.length === 1 && this.wanted.has(only!)) this.wanted.set(only!, false);
    }
  }

  /** Plans and lets time pass until there is nothing left to do; gives how many rounds that took. */
  settle(): number {
    for (let round = 1; round < 10_000; round++) {
      const { steps } = this.carryOut();
      if (steps.length === 0 && !this.#moves()) return round;
      this.pass(times.overlap);
    }
    throw new Error("The plan does not settle.");
  }

  /** Names that an attached, valid certificate has. */
  covered(): Set<string> {
    const serving = [...this.certificates.values()].filter((c) => c.attached && c.expiresAt! > this.now);
    return new Set(serving.flatMap((c) => c.names).filter((name) => this.wanted.has(name)));
  }

  /** Whether something is under way that time alone brings on: a waiting custom domain is not. */
  #moves(): boolean {
    return [...this.certificates.values()].some(
      (c) =>
        (c.state === "requested" && c.names.every((name) => this.isOwn(name) || this.records.has(name))) ||
        (c.attached !== null && c.attached.at + times.overlap > this.now),
    );
  }

  #set(certificate: Certificate, changes: Partial<Certificate>): void {
    this.certificates.set(certificate.id, { ...certificate, ...changes });
  }

  #do(step: CertificateStep): void {
    if (step.do === "request") return this.#request(step.names);
    const certificate = this.certificates.get(step.certificate)!;
    if (step.do === "drop") this.certificates.delete(step.certificate);
    else if (step.do === "keep-apart") for (const name of step.names) this.wanted.set(name, true);
    else this.#set(certificate, { attached: step.do === "attach" ? { listener: step.listener, at: this.now } : null });
  }

  #request(names: string[]): void {
    const sequence = ++this.#sequence;
    this.requests++;
    const covered = this.covered();
    this.reissued += names.filter((name) => covered.has(name)).length;
    this.certificates.set(String(sequence), {
      id: String(sequence),
      sequence,
      names,
      state: "requested",
      requestedAt: this.now,
      failedAt: null,
      expiresAt: null,
      attached: null,
      validated: [],
    });
  }
}
