import { sql } from "kysely";
import { noteConcerns, reconcile } from "../../../automation/certificates/reconcile.ts";
import { productionPace } from "../../../automation/certificates/pace.ts";
import type { CertificateSetup } from "../../../automation/certificates/provider.ts";
import type { Round } from "../../../automation/certificates/round.ts";
import type { Ledger } from "../../../automation/ledger/ledger.ts";
import { certificateQuotas } from "../../../tenant/plan/certificates/quotas.ts";
import { FakeProvider } from "./fakeProvider.ts";

export const environment = "production";
export const own = (tenant: string): string => `${tenant}.${environment}.own.test`;

export function setupOf(provider: FakeProvider, quotas: object = {}): CertificateSetup {
  return { provider, environments: [environment], quotas: certificateQuotas.parse(quotas), pace: productionPace };
}

export function roundOf(ledger: Ledger, setup: CertificateSetup, provider: FakeProvider): Round {
  return {
    ledger,
    setup,
    environment,
    domain: "own.test",
    now: () => provider.now,
    signal: new AbortController().signal,
    changed: false,
    troubles: [],
  };
}

/** One round as the reconciler does it, its trouble thrown. */
export async function once(ledger: Ledger, setup: CertificateSetup, provider: FakeProvider): Promise<void> {
  const round = roundOf(ledger, setup, provider);
  await reconcile(round);
  await noteConcerns(round);
}

/** Tenants as an ended provisioning leaves them, without the operation. */
export async function addTenant(ledger: Ledger, id: string, hostnames: readonly string[] = []): Promise<void> {
  await ledger.transaction(async (tx) => {
    const { rows } = await sql<{ uid: string }>`
      insert into teal.tenants (environment, id, revision, created_by)
      values (${environment}, ${id}, 1, 'test') returning uid`.execute(tx);
    for (const hostname of hostnames)
      await sql`insert into teal.tenant_hostnames (hostname, tenant_uid) values (${hostname}, ${rows[0]!.uid})`.execute(
        tx,
      );
  });
}

export async function removeTenant(ledger: Ledger, id: string): Promise<void> {
  await ledger.transaction(async (tx) => {
    await sql`
      delete from teal.tenant_hostnames where tenant_uid in
        (select uid from teal.tenants where environment = ${environment} and id = ${id})`.execute(tx);
    await sql`update teal.tenants set offboarded_at = now() where environment = ${environment} and id = ${id}`.execute(
      tx,
    );
  });
}

/** Empties the ledger of certificates and tenants, for the next run of a property. */
export async function clear(ledger: Ledger): Promise<void> {
  await ledger.transaction(async (tx) => {
    for (const table of ["certificates", "certificate_names", "certificate_concerns", "certificate_problems"])
      await sql`delete from ${sql.table(`teal.${table}`)}`.execute(tx);
    await sql`delete from teal.tenant_hostnames`.execute(tx);
    await sql`delete from teal.tenants`.execute(tx);
  });
}
