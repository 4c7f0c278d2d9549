import type { ValidationOfName } from "../../model/certificate.ts";
import type { CertificateQuotas, CertificateTimes } from "../../tenant/plan/certificates/quotas.ts";

/** A certificate as its provider has it. */
export interface Described {
  state: "requested" | "issued" | "failed";
  /** Set once it is issued. */
  expiresAt: Date | null;
  /** Why it failed. */
  failure: string | null;
  validations: ValidationOfName[];
}

export interface CertificateRequest {
  environment: string;
  /** What the provider knows a repeated request by: the same sequence is the same certificate. */
  sequence: number;
  names: readonly string[];
  /** It may have been made before, by a process that has died since. */
  again: boolean;
}

/**
 * Issues certificates and serves them. Every call may be repeated, as after a crash: it then does what is still to be done,
 * and gives the same. Calls throw TealErrors; `certificate_refused` says that no waiting helps this one request.
 */
export interface CertificateProvider {
  readonly name: "sandbox" | "acm" | "cert-manager";
  /** Gives what the provider calls it. */
  request(request: CertificateRequest): Promise<string>;
  /** Null: there is none (any more). May bring validation on, as by making the records of names of ours. */
  describe(reference: string): Promise<Described | null>;
  /** Those of an environment's certificates that are served, and where. */
  attached(environment: string): Promise<{ reference: string; listener: number }[]>;
  attach(environment: string, reference: string, listener: number): Promise<void>;
  detach(environment: string, reference: string, listener: number): Promise<void>;
  /** @param unused its names that are in no other certificate: what is kept for them is of no more use */
  drop(reference: string, unused: readonly string[]): Promise<void>;
}

/** A provider with what it allows and how long things take with it. */
export interface CertificateSetup {
  provider: CertificateProvider;
  /** Those that it serves. */
  environments: readonly string[];
  quotas: CertificateQuotas;
  pace: CertificatePace;
}

/** In milliseconds. */
export interface CertificatePace {
  times: CertificateTimes;
  /** Between two rounds when nothing wakes the reconciler. */
  every: number;
  /** From one round to the next, whatever wakes it. */
  rest: number;
  /** How long at most until what is issued is looked at again. */
  lookAgain: number;
  /** A person is told of a record that has not been seen for this long. */
  tellOfRecord: number;
  /** A person is told of a certificate that ends this soon. */
  tellOfEnd: number;
  /** A person is told of a provider that can't be worked with for this long. */
  tellOfProblem: number;
}
