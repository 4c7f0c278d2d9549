import { sql } from "kysely";
import type { ConcernOf } from "../../../model/certificate.ts";
import type { Queries } from "../database.ts";
import { appendEvents, type NewEvent } from "../events/append.ts";
import { json, text } from "../json.ts";
import type { CertificateConcernRow } from "../schema.ts";

export async function readCertificateConcerns(
  db: Queries,
  environments: readonly string[],
): Promise<CertificateConcernRow[]> {
  if (environments.length === 0) return [];
  return db.selectFrom("certificate_concerns").selectAll().where("environment", "in", environments).execute();
}

/** Writes down what a person has to be told of an environment's certificates now; tells what is news. */
export async function noteCertificateConcerns(
  tx: Queries,
  environment: string,
  concerns: readonly ConcernOf[],
): Promise<void> {
  const before = new Map((await readCertificateConcerns(tx, [environment])).map((row) => [row.tenant, row]));
  const events: NewEvent[] = [];
  for (const concern of concerns) {
    const known = before.get(concern.tenant ?? "");
    before.delete(concern.tenant ?? "");
    if (known?.code === concern.code && known.message === text(concern.message)) continue;
    await write(tx, environment, concern, known);
    // The same thing in other words, such as one host name more, is no news.
    if (known?.code === concern.code) continue;
    await tell(tx, environment, concern);
    const { tenant, code, message, hostnames } = concern;
    const data = { code, hostnames };
    events.push({ operation: null, environment, tenant, type: "certificate_attention", message, data });
  }
  for (const { tenant, code } of before.values()) {
    await tx
      .deleteFrom("certificate_concerns")
      .where("environment", "=", environment)
      .where("tenant", "=", tenant)
      .execute();
    const message =
      tenant === ""
        ? `Certificates of ${environment} are well again.`
        : `Certificates of tenant ${tenant} are well again.`;
    const type = "certificate_attention_over";
    events.push({ operation: null, environment, tenant: tenant || null, type, message, data: { code } });
  }
  await appendEvents(tx, events);
}

/** Tells what stands already, as where somebody wants to know from now on. */
export async function tellOfStandingCertificates(tx: Queries, environment: string): Promise<void> {
  for (const { tenant, code, message, hostnames } of await readCertificateConcerns(tx, [environment]))
    await tell(tx, environment, { tenant: tenant || null, code, message, hostnames });
}

async function write(
  tx: Queries,
  environment: string,
  concern: ConcernOf,
  known?: CertificateConcernRow,
): Promise<void> {
  const { code, hostnames } = concern;
  const since = known?.code === code ? known.since : sql<Date>`now()`;
  const values = { code, message: text(concern.message), hostnames, since };
  await tx
    .insertInto("certificate_concerns")
    .values({ environment, tenant: concern.tenant ?? "", ...values })
    .onConflict((conflict) => conflict.columns(["environment", "tenant"]).doUpdateSet(values))
    .execute();
}

/** What is told and not delivered yet is not told twice. */
async function tell(tx: Queries, environment: string, { tenant, ...concern }: ConcernOf): Promise<void> {
  await sql`
    insert into teal.notices (environment, tenant, operation, type, about, content)
    select environment, ${tenant}, null, 'certificates.trouble', ${concern.code}, ${json(concern)}::jsonb
    from teal.webhooks where environment = ${environment}
    on conflict do nothing`.execute(tx);
}
