import type { Certificate, CertificateFacts, CertificateStep } from "./certificate.ts";
import { slotsOf, spareSlots } from "./quotas.ts";
import { Slots } from "./slots.ts";
import { isSpoiled, type Survey } from "./survey.ts";

/** Those that no name needs any more: each of theirs is served by one that stays, and has been for the overlap. */
export function toDetach(facts: CertificateFacts, { certificates, apart, held }: Survey): Certificate[] {
  const served = new Set<string>();
  const stays = (certificate: Certificate): void => {
    if (certificate.attached!.at + facts.times.overlap > facts.now) return;
    for (const name of certificate.names) served.add(name);
  };
  const attached = certificates.filter((certificate) => certificate.attached !== null);
  for (const certificate of attached) if (held.has(certificate)) stays(certificate);
  // Newest first, so that of several that wait for the same newer one, which is under way, the oldest go.
  return attached.toReversed().filter((certificate) => {
    if (held.has(certificate)) return false;
    const ended = certificate.expiresAt === null || certificate.expiresAt <= facts.now;
    if (ended || certificate.names.every((name) => !apart.has(name) || served.has(name))) return true;
    stays(certificate);
    return false;
  });
}

/** What is of no more use. A failed one stays until it is time to ask again, so that it is known what failed. */
export function toDrop(facts: CertificateFacts, { certificates, apart, held }: Survey): Certificate[] {
  return certificates.filter((certificate) => {
    if (certificate.attached !== null) return false;
    if (certificate.state !== "failed") return !held.has(certificate) || isSpoiled(certificate, apart, facts.isOwn);
    const over = certificate.failedAt! + facts.times.retry <= facts.now;
    return over || !certificate.names.some((name) => apart.has(name));
  });
}

/** Attaches what is issued, as far as there are slots: the last one is for what frees another. */
export function toAttach(
  facts: CertificateFacts,
  survey: Survey,
  detached: ReadonlySet<Certificate>,
  overQuota: ReadonlySet<string>,
): CertificateStep[] {
  const staying = survey.certificates.filter((one) => one.attached !== null && !detached.has(one));
  const slots = new Slots(facts.quotas, staying);
  const replaced = new Set(staying.filter((one) => !survey.held.has(one)).flatMap((one) => one.names));
  return survey.certificates.flatMap((certificate): CertificateStep[] => {
    const names = survey.held.get(certificate) ?? [];
    if (certificate.state !== "issued" || certificate.attached || names.every((name) => overQuota.has(name))) return [];
    const freesAnother = names.some((name) => replaced.has(name));
    const listener = slots.take(names, freesAnother ? 0 : 1);
    return listener === undefined ? [] : [{ do: "attach", certificate: certificate.id, listener }];
  });
}

/** Slots that names may take for good; each certificate that a name kept apart still needs may end up being of no other use. */
export function slotsForGood(facts: CertificateFacts, { apart, held }: Survey): number {
  const lingering = [...held].filter(
    ([certificate, names]) => certificate.attached !== null && names.some((name) => apart.get(name)),
  ).length;
  return slotsOf(facts.quotas) - spareSlots - lingering;
}
