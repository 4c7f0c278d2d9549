import type { CertificateFacts, CertificatePlan, CertificateStep } from "./certificate.ts";
import { coverNew } from "./cover.ts";
import { groupsOf } from "./groups.ts";
import { slotsForGood, toAttach, toDetach, toDrop } from "./listeners.ts";
import { settle } from "./settle.ts";
import { surveyOf, toBlame, type Survey } from "./survey.ts";

/**
 * What to do now so that every wanted name has a certificate that serves, in as few certificates as can be. To be asked
 * again after the steps and whenever facts change; where nothing is to be done it has no steps.
 *
 * With n names in certificates and g of these it takes O(n + g·c) time, c being the names that a certificate can have.
 * A name that comes or goes has at most three certificates asked for, whatever the number of others.
 */
export function planCertificates(facts: CertificateFacts): CertificatePlan {
  const survey = surveyOf(facts);
  const { admitted, overQuota } = admit(facts, survey);
  const detached = toDetach(facts, survey);
  const steps: CertificateStep[] = [
    ...toKeepApart(facts, survey),
    // First what frees slots; none of it rests on what follows.
    ...detached.map(({ id, attached }) => ({ do: "detach" as const, certificate: id, listener: attached!.listener })),
    ...toDrop(facts, survey).map(({ id }) => ({ do: "drop" as const, certificate: id })),
    ...toAttach(facts, survey, new Set(detached), new Set(overQuota)),
    ...toRequest(facts, survey, admitted).map((names) => ({ do: "request" as const, names })),
  ];
  return { steps, overQuota };
}

/** The names there is room for. Those that are served, or about to be, keep their place. */
function admit(facts: CertificateFacts, survey: Survey): { admitted: Set<string>; overQuota: string[] } {
  const good = facts.wanted.flatMap(({ hostname, apart }) => (apart ? [] : [hostname]));
  const hasPlace = (name: string): boolean => {
    const holder = survey.holder.get(name);
    return (
      holder !== undefined && (holder.attached !== null || holder.state === "requested" || holder.names.length > 1)
    );
  };
  const admitted = new Set(good.filter(hasPlace));
  const room = slotsForGood(facts, survey) * facts.quotas.namesPerCertificate;
  const overQuota: string[] = [];
  for (const name of good) {
    if (admitted.has(name)) continue;
    if (admitted.size < room) admitted.add(name);
    else overQuota.push(name);
  }
  return { admitted, overQuota };
}

function toKeepApart(facts: CertificateFacts, { certificates, apart }: Survey): CertificateStep[] {
  return certificates.flatMap((certificate): CertificateStep[] => {
    const names = toBlame(certificate, facts).filter((name) => apart.get(name) === false);
    return names.length === 0 ? [] : [{ do: "keep-apart", certificate: certificate.id, names }];
  });
}

function toRequest(facts: CertificateFacts, survey: Survey, admitted: ReadonlySet<string>): string[][] {
  const { holder, apart } = survey;
  const groups = groupsOf(facts, survey, admitted);
  const bare = [...admitted].filter((name) => !holder.has(name));
  const fresh = coverNew(bare, facts, groups);
  settle(groups.open, facts.quotas.namesPerCertificate, groups.waiting.length + fresh.length === 0);
  const changed = groups.open.filter((group) => group.changed && group.names.length > 0).map((group) => group.names);
  const alone = [...apart].filter(([name, keptApart]) => keptApart && (holder.get(name)?.names.length ?? 0) !== 1);
  const requests = [...fresh, ...changed, ...alone.map(([name]) => [name])].map((names) => names.sort());
  const failed = failedLately(facts);
  return requests.filter((names) => !failed.has(names.join()));
}

/** Sets of names that are not to be asked for again yet. */
function failedLately({ certificates, times, now }: CertificateFacts): Set<string> {
  const failed = certificates.filter(({ state, failedAt }) => state === "failed" && failedAt! + times.retry > now);
  return new Set(failed.map(({ names }) => [...names].sort().join()));
}
