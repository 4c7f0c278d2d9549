import type { ValidationOfName } from "../../model/certificate.ts";
import type { Queries } from "../ledger/database.ts";
import { appendEvents } from "../ledger/events/append.ts";
import { forgetNames, setApart, updateCertificate, type CertificateChange } from "../ledger/certificates/write.ts";
import type { CertificateRow } from "../ledger/schema.ts";
import type { Books } from "./facts.ts";
import { inShort } from "./hostnames.ts";
import type { Described } from "./provider.ts";
import { attempt, refusedBy, type Round } from "./round.ts";

/** Brings the ledger up to what the provider has: requests that were never answered, attachments, states. */
export async function look(round: Round, { names, rows }: Books): Promise<void> {
  const { ledger, environment, signal } = round;
  const kept = names.map(({ hostname }) => hostname);
  if (names.length > 0 || rows.length > 0) await ledger.transaction((tx) => forgetNames(tx, environment, kept));
  if (rows.length === 0) return;
  for (const row of rows)
    if (row.reference === null && row.state === "requested")
      await attempt(round, () => send(round, row, { again: true }));
  await lookAtAttachments(round, rows);
  for (const row of rows) {
    if (signal.aborted) return;
    if (isDue(row, round)) await attempt(round, () => lookAt(round, row));
  }
}

/** Asks the provider for it, for the first time or again. */
export async function send(round: Round, row: CertificateRow, { again }: { again: boolean }): Promise<void> {
  const { ledger, setup, environment } = round;
  const { sequence, names } = row;
  try {
    const reference = await setup.provider.request({ environment, sequence, names, again });
    await ledger.transaction((tx) => updateCertificate(tx, sequence, { reference }));
  } catch (error) {
    const refusal = refusedBy(error);
    if (refusal === null) throw error;
    await ledger.transaction((tx) => fail(tx, round, row, refusal, {}));
  }
}

/**
 * What is under way is looked at often at first, and then ever less: an owner may take days. What is issued, only so that
 * what others do to it is seen.
 */
export function isDue(
  { state, reference, looked_at: lookedAt, requested_at: requestedAt }: CertificateRow,
  { now, setup: { pace } }: Pick<Round, "now" | "setup">,
): boolean {
  if (reference === null || state === "failed") return false;
  if (lookedAt === null) return true;
  const at = now();
  const wait = state === "issued" ? pace.lookAgain : Math.min((at - requestedAt.getTime()) / 10, pace.lookAgain);
  return at - lookedAt.getTime() >= wait;
}

async function lookAtAttachments({ ledger, setup, environment, now }: Round, rows: readonly CertificateRow[]) {
  const attached = await setup.provider.attached(environment);
  const listenerOf = new Map(attached.map(({ reference, listener }) => [reference, listener]));
  for (const { sequence, reference, listener } of rows) {
    const found = (reference === null ? undefined : listenerOf.get(reference)) ?? null;
    if (found === listener) continue;
    // Since when is not known: from now on is later than it was, which only has an older one serve longer.
    const change = found === null ? null : { listener: found, at: new Date(now()) };
    await ledger.transaction((tx) => updateCertificate(tx, sequence, { attached: change }));
  }
}

async function lookAt(round: Round, row: CertificateRow): Promise<void> {
  const { ledger, setup, now } = round;
  const described = await setup.provider.describe(row.reference!);
  const seen: CertificateChange = { looked_at: new Date(now()), validations: described?.validations ?? [] };
  await ledger.transaction(async (tx) => {
    if (described === null) return fail(tx, round, row, "The provider has no such certificate any more.", seen);
    if (described.state === "failed")
      return fail(tx, round, row, described.failure ?? "The provider says no more.", seen);
    await updateCertificate(tx, row.sequence, { ...seen, state: described.state, expires_at: described.expiresAt });
    if (described.state === "issued" && row.state !== "issued") await issued(tx, round, row, described);
    else if (newlyValidated(row.validations, described.validations)) round.changed = true;
  });
}

function newlyValidated(before: readonly ValidationOfName[], now: readonly ValidationOfName[]): boolean {
  const count = (all: readonly ValidationOfName[]) => all.filter(({ validated }) => validated).length;
  return count(now) !== count(before);
}

async function issued(tx: Queries, round: Round, row: CertificateRow, { expiresAt }: Described): Promise<void> {
  const { environment } = round;
  round.changed = true;
  const { sequence, names } = row;
  // Its owner's record has been seen: from now on it may share a certificate.
  if (names.length === 1) await setApart(tx, environment, names, false);
  const message = `Certificate ${sequence} of ${environment} is issued, for ${inShort(names)}; it ends ${expiresAt?.toISOString()}.`;
  const data = { certificate: String(sequence), names };
  await appendEvents(tx, [{ operation: null, environment, tenant: null, type: "certificate_issued", message, data }]);
}

async function fail(tx: Queries, round: Round, row: CertificateRow, failure: string, seen: CertificateChange) {
  const { environment, now } = round;
  round.changed = true;
  const { sequence, names } = row;
  const failed = { state: "failed" as const, failed_at: new Date(now()), failure, expires_at: null };
  await updateCertificate(tx, sequence, { ...seen, ...failed });
  const message = `Certificate ${sequence} of ${environment}, for ${inShort(names)}, has failed: ${failure}`;
  const data = { certificate: String(sequence), names };
  await appendEvents(tx, [{ operation: null, environment, tenant: null, type: "certificate_failed", message, data }]);
}
