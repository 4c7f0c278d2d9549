import type { CertificateStep } from "../../tenant/plan/certificates/certificate.ts";
import { deleteCertificate, insertCertificate, setApart, updateCertificate } from "../ledger/certificates/write.ts";
import type { CertificateRow } from "../ledger/schema.ts";
import type { Books } from "./facts.ts";
import { send } from "./look.ts";
import type { Round } from "./round.ts";

/**
 * Does one step of a plan. A crash at any point leaves the ledger either before the step, which the next plan then has
 * again, or with what the next look mends.
 */
export async function carryOut(round: Round, step: CertificateStep, { rows }: Books): Promise<void> {
  const { ledger, environment } = round;
  switch (step.do) {
    case "request":
      return request(round, step.names);
    case "keep-apart":
      return ledger.transaction((tx) => setApart(tx, environment, step.names, true));
    case "attach":
      return attach(round, rowOf(rows, step.certificate), step.listener);
    case "detach":
      return detach(round, rowOf(rows, step.certificate), step.listener);
    case "drop":
      return drop(round, rowOf(rows, step.certificate), rows);
  }
}

async function request(round: Round, names: readonly string[]): Promise<void> {
  const { ledger, setup, environment, now } = round;
  const made = { environment, names, provider: setup.provider.name, at: new Date(now()) };
  await send(round, await ledger.transaction((tx) => insertCertificate(tx, made)), { again: false });
}

async function attach({ ledger, setup, environment, now }: Round, row: CertificateRow, listener: number) {
  await setup.provider.attach(environment, row.reference!, listener);
  const attached = { listener, at: new Date(now()) };
  await ledger.transaction((tx) => updateCertificate(tx, row.sequence, { attached }));
}

async function detach({ ledger, setup, environment }: Round, row: CertificateRow, listener: number) {
  if (row.reference !== null) await setup.provider.detach(environment, row.reference, listener);
  await ledger.transaction((tx) => updateCertificate(tx, row.sequence, { attached: null }));
}

async function drop(round: Round, row: CertificateRow, rows: readonly CertificateRow[]) {
  // The provider may have it all the same: only once it is known by what name can it be dropped.
  if (row.reference === null && row.state === "requested") return send(round, row, { again: true });
  const { ledger, setup } = round;
  const elsewhere = new Set(rows.filter((other) => other !== row).flatMap(({ names }) => names));
  const unused = row.names.filter((name) => !elsewhere.has(name));
  if (row.reference !== null) await setup.provider.drop(row.reference, unused);
  await ledger.transaction((tx) => deleteCertificate(tx, row.sequence));
}

function rowOf(rows: readonly CertificateRow[], id: string): CertificateRow {
  const row = rows.find(({ sequence }) => String(sequence) === id);
  if (!row) throw new Error(`The plan names certificate ${id}, which was not read.`);
  return row;
}
