import type { Certificate, CertificateFacts } from "./certificate.ts";
import type { Survey } from "./survey.ts";

/** Names that are to share a certificate. */
export interface Group {
  names: string[];
  /** Needs a certificate that it has not: other names, or a later end. */
  changed: boolean;
}

export interface Groups {
  /** Those that may be changed, since the certificates that they have serve. */
  open: Group[];
  /** Sizes of those that wait for their certificates. */
  waiting: number[];
}

/** The groups that certificates make of the names that are `admitted` and not kept apart. */
export function groupsOf(facts: CertificateFacts, survey: Survey, admitted: ReadonlySet<string>): Groups {
  const groups: Groups = { open: [], waiting: [] };
  for (const certificate of survey.certificates) {
    const names = (survey.held.get(certificate) ?? []).filter((name) => admitted.has(name));
    if (names.length === 0) continue;
    if (!isOpen(certificate)) groups.waiting.push(names.length);
    else groups.open.push(...groupsFrom(names, certificate, facts, survey));
  }
  return groups;
}

/** One that is of a single name may join others before it is attached: it was asked for to see the name's record. */
function isOpen({ state, attached, names }: Certificate): boolean {
  return attached !== null || (state === "issued" && names.length === 1);
}

function groupsFrom(names: string[], certificate: Certificate, facts: CertificateFacts, { apart }: Survey): Group[] {
  const most = facts.quotas.namesPerCertificate;
  const ends = certificate.expiresAt! - facts.times.renewBefore <= facts.now;
  // What a custom domain's owner took away is no longer ours to have a certificate for. Names of our own may stay in it.
  const foreign = certificate.names.some((name) => !apart.has(name) && !facts.isOwn(name));
  const tooLarge = names.length > most;
  return chunks(names, most).map((chunk) => ({ names: chunk, changed: ends || foreign || tooLarge }));
}

export function chunks(names: readonly string[], most: number): string[][] {
  return Array.from({ length: Math.ceil(names.length / most) }, (_, i) => names.slice(i * most, (i + 1) * most));
}
