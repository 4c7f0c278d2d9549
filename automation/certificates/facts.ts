import type { Certificate, CertificateFacts } from "../../tenant/plan/certificates/certificate.ts";
import type { Queries } from "../ledger/database.ts";
import { readCertificates, readNames, type TenantName } from "../ledger/certificates/read.ts";
import type { CertificateRow } from "../ledger/schema.ts";
import type { CertificateSetup } from "./provider.ts";

/** What an environment's ledger knows of its names and certificates. */
export interface Books {
  names: readonly TenantName[];
  rows: readonly CertificateRow[];
}

export interface Place {
  environment: string;
  /** Teal gives tenants host names below `<environment>.<domain>`. */
  domain: string;
}

export async function readBooks(db: Queries, place: Place): Promise<Books> {
  return { names: await readNames(db, place), rows: await readCertificates(db, place.environment) };
}

/** Whether Teal makes a name's records itself. */
export function ownIn({ environment, domain }: Place): (hostname: string) => boolean {
  const end = `.${environment}.${domain}`;
  return (hostname) => hostname.endsWith(end);
}

/** What the plan is made of. */
export function factsOf(
  { names, rows }: Books,
  place: Place,
  { quotas, pace }: Pick<CertificateSetup, "quotas" | "pace">,
  now: number,
): CertificateFacts {
  const isOwn = ownIn(place);
  return {
    wanted: names.map(({ hostname, apart }) => ({ hostname, apart: apart ?? !isOwn(hostname) })),
    certificates: rows.map(certificateOf),
    quotas,
    times: pace.times,
    isOwn,
    now,
  };
}

function certificateOf(row: CertificateRow): Certificate {
  const { sequence, names, state, listener, validations } = row;
  return {
    id: String(sequence),
    sequence,
    names,
    state,
    requestedAt: row.requested_at.getTime(),
    failedAt: row.failed_at?.getTime() ?? null,
    expiresAt: row.expires_at?.getTime() ?? null,
    attached: listener === null ? null : { listener, at: row.attached_at!.getTime() },
    validated: validations.filter(({ validated }) => validated).map(({ hostname }) => hostname),
  };
}
