import type { CertificateView } from "../../../model/certificate.ts";
import type { CertificateRow } from "../../ledger/schema.ts";

export function certificateView(row: CertificateRow, isOwn: (hostname: string) => boolean): CertificateView {
  const { sequence, names, state, requested_at: requestedAt, expires_at: expiresAt, listener, attached_at: at } = row;
  return {
    id: String(sequence),
    names,
    state,
    requestedAt: requestedAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    attached: listener === null ? null : { listener, at: at!.toISOString() },
    waits: waitsOf(row),
    records: row.validations.filter(({ hostname }) => !isOwn(hostname)),
  };
}

function waitsOf({ state, failure, reference, validations }: CertificateRow): string | null {
  if (state === "failed") return failure;
  if (state === "issued") return null;
  if (reference === null) return "The provider has not answered yet.";
  const missing = validations.filter(({ validated }) => !validated).map(({ hostname }) => hostname);
  return missing.length === 0
    ? "The provider has still to issue it."
    : `The provider has not seen the records of ${missing.slice(0, 5).join(", ")}${missing.length > 5 ? " and others" : ""}.`;
}
