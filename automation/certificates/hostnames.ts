import type { HostnameView, WaitCode } from "../../model/certificate.ts";
import type { CertificateRow } from "../ledger/schema.ts";
import { ownIn, type Books, type Place } from "./facts.ts";

/** How each host name is served, and what it waits for. `overQuota`: those that the plan has no room for. */
export function hostnamesOf(
  { names, rows }: Books,
  place: Place,
  overQuota: ReadonlySet<string>,
  now: number,
): HostnameView[] {
  const isOwn = ownIn(place);
  const wanted = new Set(names.map(({ hostname }) => hostname));
  const serving = new Map<string, CertificateRow>();
  const newest = new Map<string, CertificateRow>();
  for (const row of rows) {
    const serves = row.listener !== null && row.state === "issued" && row.expires_at!.getTime() > now;
    for (const name of row.names) {
      if (!wanted.has(name)) continue;
      if (serves && endOf(row) >= endOf(serving.get(name))) serving.set(name, row);
      newest.set(name, row);
    }
  }
  return names.map(({ hostname, tenant }) => {
    const own = isOwn(hostname);
    const served = serving.get(hostname);
    const last = newest.get(hostname);
    const waits = served === last && served ? null : waitOf({ hostname, own, last }, overQuota, now);
    const record = last?.validations.find((one) => one.hostname === hostname && !one.validated)?.record ?? null;
    return {
      hostname,
      tenant,
      own,
      state: served ? "served" : "waiting",
      expiresAt: served?.expires_at?.toISOString() ?? null,
      certificate: (served ?? last) ? String((served ?? last)!.sequence) : null,
      waits,
      record: own ? null : record,
    };
  });
}

function endOf(row: CertificateRow | undefined): number {
  return row?.expires_at?.getTime() ?? 0;
}

interface Waiting {
  hostname: string;
  own: boolean;
  last: CertificateRow | undefined;
}

function waitOf({ hostname, own, last }: Waiting, overQuota: ReadonlySet<string>, now: number): HostnameView["waits"] {
  const wait = (code: WaitCode, message: string, since = last?.requested_at): HostnameView["waits"] => ({
    code,
    message,
    since: (since ?? new Date(now)).toISOString(),
  });
  if (overQuota.has(hostname)) return wait("over_quota", "The quotas have no room for one more name.");
  if (last?.state === "failed") return wait("failed", last.failure ?? "It has failed.", last.failed_at ?? undefined);
  if (!last?.reference) return wait("requesting", "Its certificate is about to be requested.");
  if (last.state === "issued" && endOf(last) <= now)
    return wait("requesting", "Its certificate has ended; another one is about to be requested.");
  if (last.state === "issued") return wait("attaching", "Its certificate is issued and about to be attached.");
  const seen = last.validations.find((one) => one.hostname === hostname);
  if (!own && seen?.validated !== true)
    return wait("record", "Its owner has to set a DNS record that shows whose it is; it has not been seen yet.");
  return wait("validation", "Its certificate is requested; the provider checks who its names belong to.");
}

/** A few names, and how many more. */
export function inShort(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most).join(", ");
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}
