import { sql } from "kysely";
import type { ValidationOfName } from "../../../model/certificate.ts";
import type { Queries } from "../database.ts";
import { json, text } from "../json.ts";
import type { CertificateRow } from "../schema.ts";

export interface NewCertificate {
  environment: string;
  names: readonly string[];
  provider: string;
  at: Date;
}

/** Before the provider is asked: its sequence is what the provider knows a repeated request by. */
export async function insertCertificate(
  tx: Queries,
  { environment, names, provider, at }: NewCertificate,
): Promise<CertificateRow> {
  return tx
    .insertInto("certificates")
    .values({ environment, names: [...names], provider, requested_at: at })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export interface CertificateChange {
  reference?: string;
  state?: CertificateRow["state"];
  failed_at?: Date | null;
  failure?: string | null;
  expires_at?: Date | null;
  attached?: { listener: number; at: Date } | null;
  validations?: readonly ValidationOfName[];
  looked_at?: Date;
}

export async function updateCertificate(
  tx: Queries,
  sequence: number,
  { attached, validations, failure, ...change }: CertificateChange,
): Promise<void> {
  await tx
    .updateTable("certificates")
    .set({
      ...change,
      ...(failure !== undefined && { failure: failure === null ? null : text(failure) }),
      ...(attached !== undefined && { listener: attached?.listener ?? null, attached_at: attached?.at ?? null }),
      ...(validations && { validations: json(validations) }),
    })
    .where("sequence", "=", sequence)
    .execute();
}

export async function deleteCertificate(tx: Queries, sequence: number): Promise<void> {
  await tx.deleteFrom("certificates").where("sequence", "=", sequence).execute();
}

/** Names that are to share no certificate, or may from now on. */
export async function setApart(
  tx: Queries,
  environment: string,
  hostnames: readonly string[],
  apart: boolean,
): Promise<void> {
  if (hostnames.length === 0) return;
  await tx
    .insertInto("certificate_names")
    .values(hostnames.map((hostname) => ({ environment, hostname, apart })))
    .onConflict((conflict) => conflict.columns(["environment", "hostname"]).doUpdateSet({ apart }))
    .execute();
}

/** What was known of names that nobody has any more: whoever has them next has shown nothing yet. */
export async function forgetNames(tx: Queries, environment: string, kept: readonly string[]): Promise<void> {
  await tx
    .deleteFrom("certificate_names")
    .where("environment", "=", environment)
    .where(sql<boolean>`hostname <> all (${[...kept]}::text[])`)
    .execute();
}
