import { X509Certificate } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ValidationOfName } from "../../../model/certificate.ts";
import type { Authority, KeyedCertificate } from "../../../x509/authority.ts";
import type { CertificateRequest, Described } from "../provider.ts";
import { lookUp, recordFor } from "./records.ts";

const validDays = 90;
/** What nobody has shown to be theirs by then has failed, as with ACM. */
const giveUpMilliseconds = 72 * 3_600_000;

export interface IssuerOptions {
  /** A place of its own. */
  directory: string;
  authority: Authority;
  /** Names below `<environment>.<domain>` are ours: nobody has to show that. */
  domain: string;
  now?: () => number;
}

/** A request as it is kept. */
interface Kept {
  environment: string;
  names: string[];
  requestedAt: number;
}

/** A local authority that issues for names of ours at once and for others once their record is set. It keeps all in files. */
export class SandboxIssuer {
  readonly #options: IssuerOptions;
  readonly #now: () => number;

  constructor(options: IssuerOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  request({ environment, sequence, names }: CertificateRequest): string {
    const reference = `${environment}-${sequence}`;
    if (this.#read(reference) !== null) return reference;
    const kept: Kept = { environment, names: [...names], requestedAt: this.#now() };
    mkdirSync(this.#place(reference), { recursive: true, mode: 0o700 });
    this.#write(reference, "request.json", JSON.stringify(kept));
    return reference;
  }

  /** Issues it where all of its names have been shown to be whose they are. */
  describe(reference: string): Described | null {
    const kept = this.#read(reference);
    if (kept === null) return null;
    const issued = this.keyed(reference);
    if (issued) return this.#issued(kept, issued);
    const validations = this.#validations(kept);
    const state = { expiresAt: null, validations };
    if (validations.every(({ validated }) => validated)) return this.#issued(kept, this.#issue(reference, kept));
    if (this.#now() - kept.requestedAt < giveUpMilliseconds) return { ...state, state: "requested", failure: null };
    return { ...state, state: "failed", failure: "No record was seen within 72 hours." };
  }

  /** The certificate with its key; null: it is not issued. */
  keyed(reference: string): KeyedCertificate | null {
    const certificate = this.#text(reference, "tls.crt");
    const key = this.#text(reference, "tls.key");
    return certificate !== null && key !== null ? { certificate, key } : null;
  }

  drop(reference: string): void {
    rmSync(this.#place(reference), { recursive: true, force: true });
  }

  #issue(reference: string, { names }: Kept): KeyedCertificate {
    // A name may be longer than a common name can be; clients look at the others only.
    const made = this.#options.authority.issue({ commonName: reference, usages: ["server"], names, validDays });
    this.#write(reference, "tls.key", made.key);
    // Last: where it is, the key is its own.
    this.#write(reference, "tls.crt", made.certificate);
    return made;
  }

  #issued(kept: Kept, { certificate }: KeyedCertificate): Described {
    const expiresAt = new Date(new X509Certificate(certificate).validTo);
    const validations = this.#validations(kept).map((one) => ({ ...one, validated: true }));
    return { state: "issued", expiresAt, failure: null, validations };
  }

  #validations({ environment, names }: Kept): ValidationOfName[] {
    const { authority, directory, domain } = this.#options;
    const isSet = lookUp(directory);
    return names.map((hostname) => {
      if (hostname.endsWith(`.${environment}.${domain}`)) return { hostname, validated: true, record: null };
      const record = recordFor(hostname, authority.key);
      return { hostname, validated: isSet(record), record };
    });
  }

  #read(reference: string): Kept | null {
    const text = this.#text(reference, "request.json");
    return text === null ? null : (JSON.parse(text) as Kept);
  }

  #text(reference: string, file: string): string | null {
    try {
      return readFileSync(join(this.#place(reference), file), "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    }
  }

  #write(reference: string, file: string, text: string): void {
    const path = join(this.#place(reference), file);
    writeFileSync(`${path}.new`, text, { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }

  #place(reference: string): string {
    return join(this.#options.directory, "issued", reference);
  }
}
