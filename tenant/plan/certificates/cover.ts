import type { CertificateFacts } from "./certificate.ts";
import { chunks, type Group, type Groups } from "./groups.ts";

/** Up to this size a group takes new names itself: above it, asking for all of its names again costs more than a merger later. */
export function smallSize(namesPerCertificate: number): number {
  return Math.ceil(Math.sqrt(namesPerCertificate));
}

/**
 * The certificates to ask for, for names that have none. A custom domain's is its own alone, so that it holds up nobody;
 * names of ours share one with others of ours.
 */
export function coverNew(names: readonly string[], facts: CertificateFacts, groups: Groups): string[][] {
  const own = names.filter((name) => facts.isOwn(name));
  const alone = names.filter((name) => !facts.isOwn(name)).map((name) => [name]);
  if (own.length === 0) return alone;
  const small = joinable(own.length, facts, groups);
  if (small) groups.open.splice(groups.open.indexOf(small), 1);
  return [...chunks([...(small?.names ?? []), ...own], facts.quotas.namesPerCertificate), ...alone];
}

/** The smallest group of our own names that new ones may join; none where a new certificate is as good. */
function joinable(added: number, facts: CertificateFacts, { open, waiting }: Groups): Group | undefined {
  const most = facts.quotas.namesPerCertificate;
  const total = added + [...open.map((group) => group.names.length), ...waiting].reduce((sum, n) => sum + n, 0);
  const least = Math.ceil(total / most);
  if (open.length + waiting.length + Math.ceil(added / most) <= least + 1) return undefined;
  return open
    .filter((group) => group.names.length + added <= smallSize(most) && group.names.every(facts.isOwn))
    .sort((a, b) => a.names.length - b.names.length)[0];
}
