import { sql } from "kysely";
import type { Ledger } from "../../automation/ledger/ledger.ts";
import type { Layout } from "../../model/layout.ts";

/** What a seeded fleet is like, as shares of 100 tenants. */
export interface Seed {
  environment: string;
  tenants: number;
}

const layout = (release: string, other: string | null): Layout => ({
  revision: 1,
  live: "blue",
  background: "blue",
  weights: { blue: 100, green: 0 },
  slots: {
    blue: { release, revision: 1, scale: "full" },
    green: other === null ? null : { release: other, revision: 1, scale: "idle" },
  },
  preview: null,
});

/**
 * Tenants `seeded-00000` and so on with three releases, as if they had been provisioned long ago: of every hundred five
 * are rolling out, three failed their last rollout, one is paused, one was found changed. Straight into the ledger's tables.
 */
export async function seedFleet(ledger: Ledger, { environment, tenants }: Seed): Promise<void> {
  await ledger.transaction(async (tx) => {
    const spec = (version: string) =>
      JSON.stringify({
        version,
        image: `teal/app:${version}`,
        components: { web: { port: 8080, healthPath: "/" } },
        checks: [],
      });
    for (const version of ["1.0.0", "1.1.0", "2.0.0"]) {
      await sql`
        insert into teal.releases (environment, version, spec, created_by)
        values (${environment}, ${version}, ${spec(version)}::jsonb, 'seed') on conflict do nothing`.execute(tx);
    }
    const old = JSON.stringify(layout("1.0.0", null));
    const fresh = JSON.stringify(layout("2.0.0", "1.1.0"));
    const seen = JSON.stringify({
      blue: { ready: true, replicas: 2, readyReplicas: 2, at: "2026-01-01T00:00:00.000Z" },
    });
    const attention = JSON.stringify({ code: "traffic_moved", message: "Moved.", at: "2026-01-01T00:00:00.000Z" });
    await sql`
      insert into teal.tenants (environment, id, revision, layout, readiness, created_by, attention)
      select ${environment}, 'seeded-' || lpad(i::text, 5, '0'), 1,
        case when i % 3 = 0 then ${old}::jsonb else ${fresh}::jsonb end, ${seen}::jsonb, 'seed',
        case when i % 100 = 99 then ${attention}::jsonb end
      from generate_series(0, ${tenants - 1}::integer) i`.execute(tx);
    await sql`
      insert into teal.revisions (tenant_uid, revision, settings, secret_names, secrets, created_by)
      select uid, 1, jsonb_build_object('name', 'Customer ' || id, 'tier', 'small', 'ring', right(id, 1)::integer % 4,
          'hostnames', jsonb_build_array(id || '.' || environment || '.customers.example.com'), 'flags', '{}'::jsonb, 'timeZone', 'Europe/Berlin', 'policy', '{}'::jsonb,
          'config', jsonb_build_object('GREETING', repeat(id, 20))), '{}', '', 'seed'
      from teal.tenants where environment = ${environment} and created_by = 'seed'`.execute(tx);
    await sql`
      insert into teal.tenant_hostnames (hostname, tenant_uid)
      select id || '.' || environment || '.customers.example.com', uid
      from teal.tenants where environment = ${environment} and created_by = 'seed'`.execute(tx);
    await operations(tx, environment);
  });
  await ledger.read((db) => sql`analyze`.execute(db));
}

type Tx = Parameters<Parameters<Ledger["transaction"]>[0]>[0];

async function operations(tx: Tx, environment: string): Promise<void> {
  const memory = JSON.stringify({
    step: 0,
    phaseSince: "2026-01-01T00:00:00.000Z",
    resume: null,
    turned: null,
    attempts: 0,
    baseline: null,
  });
  const content = { release: "2.0.0", revision: 1, scale: "full" };
  const move = { before: layout("1.0.0", null), target: "green", content, revision: 1, steps: [10, 50, 100] };
  const more = { bakeSeconds: 60, holdSeconds: 600, settling: "match", token: "0".repeat(32) };
  const outcome = JSON.stringify({ code: "release_not_ready", cause: "release", message: "It crashes.", evidence: [] });
  // Provisioned, then four rollouts that went well, then the last one.
  await sql`
    insert into teal.operations (tenant_uid, environment, tenant, kind, state, phase, actor, move, memory, outcome, created_at,
      started_at, ended_at)
    select t.uid, t.environment, t.id, case when n = 0 then 'provision' else 'rollout' end, how.state, how.phase, 'seed',
      ${JSON.stringify({ ...move, ...more })}::jsonb, ${memory}::jsonb, case when how.state = 'failed' then ${outcome}::jsonb end,
      now() - interval '10 days' + n * interval '1 day', now() - interval '9 days' + n * interval '1 day',
      case when how.state in ('succeeded', 'failed') then now() - interval '9 days' + n * interval '1 day' end
    from teal.tenants t
    cross join generate_series(0, 5) n
    cross join lateral (select right(t.id, 2)::integer as place) of_hundred
    cross join lateral (
      select
        case when n < 5 or place > 9 then 'succeeded' when place < 5 then 'running' when place < 8 then 'failed'
          when place < 9 then 'waiting' else 'succeeded' end as state,
        case when n < 5 or place > 9 then 'succeeded' when place < 5 then 'baking' when place < 8 then 'failed'
          when place < 9 then 'paused' else 'succeeded' end as phase
    ) how
    where t.environment = ${environment} and t.created_by = 'seed'
    order by n, t.id`.execute(tx);
  await sql`
    insert into teal.events (operation, environment, tenant, type, phase, message, data)
    select o.id, o.environment, o.tenant, event.type, event.phase, 'seeded', event.data
    from teal.operations o
    cross join (values
      ('accepted', 'queued', '{"actor": "ann", "reason": "seeded"}'::jsonb), ('phase', 'deploying', '{}'), ('phase', 'verifying', '{}'),
      ('phase', 'shifting', '{}'), ('phase', 'baking', '{}')
    ) event (type, phase, data)
    where o.environment = ${environment} and o.actor = 'seed'
    order by o.seq`.execute(tx);
}
