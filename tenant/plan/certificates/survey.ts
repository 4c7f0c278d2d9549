import type { Certificate, CertificateFacts } from "./certificate.ts";

/** Which certificate is each name's, and what is in the way. */
export interface Survey {
  /** Oldest first. */
  certificates: readonly Certificate[];
  /** Whether a wanted name is to be kept apart; names that aren't wanted are not in it. */
  apart: ReadonlyMap<string, boolean>;
  /** A wanted name's newest certificate that serves, or may come to. */
  holder: ReadonlyMap<string, Certificate>;
  /** The wanted names that each certificate is the newest of. */
  held: ReadonlyMap<Certificate, readonly string[]>;
}

export function surveyOf(facts: CertificateFacts): Survey {
  const apart = new Map(facts.wanted.map((wanted) => [wanted.hostname, wanted.apart]));
  const certificates = [...facts.certificates].sort((a, b) => a.sequence - b.sequence);
  const holder = new Map<string, Certificate>();
  for (const certificate of certificates) {
    if (!isUsable(certificate, facts.now) || isSpoiled(certificate, apart, facts.isOwn)) continue;
    for (const name of certificate.names) if (apart.has(name)) holder.set(name, certificate);
  }
  const held = new Map<Certificate, string[]>();
  for (const [name, certificate] of holder) {
    const names = held.get(certificate);
    if (names) names.push(name);
    else held.set(certificate, [name]);
  }
  return { certificates, apart, holder, held };
}

/** Serves or may come to. */
function isUsable({ state, expiresAt }: Certificate, now: number): boolean {
  return state === "requested" || (state === "issued" && expiresAt !== null && expiresAt > now);
}

/** Waits for a name that it should not wait for: to be given up, the others to be asked for anew. */
export function isSpoiled(
  { state, names }: Certificate,
  apart: ReadonlyMap<string, boolean>,
  isOwn: (hostname: string) => boolean,
): boolean {
  if (state !== "requested" || names.length === 1) return false;
  return names.some((name) => apart.get(name) === true || (!apart.has(name) && !isOwn(name)));
}

/**
 * Names that hold a certificate up, or made it fail: those without a record where others have theirs. Where none has, it
 * isn't one name's fault, unless there are custom domains among them.
 */
export function toBlame(certificate: Certificate, facts: CertificateFacts): string[] {
  const { state, names, requestedAt, validated } = certificate;
  if (names.length === 1 || state === "issued") return [];
  if (state === "requested" && facts.now - requestedAt < facts.times.patience) return [];
  const seen = new Set(validated);
  const missing = names.filter((name) => !seen.has(name));
  if (seen.size > 0) return missing;
  return state === "failed" ? missing.filter((name) => !facts.isOwn(name)) : [];
}
