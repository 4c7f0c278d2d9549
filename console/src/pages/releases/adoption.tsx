import { Link } from "wouter";
import type { Adoption } from "../../api/types.ts";
import { Card } from "../../parts/card.tsx";
import { Said } from "../../parts/said.tsx";
import { PhaseStatus } from "../../parts/status.tsx";
import { Ago, Until } from "../../parts/time.tsx";
import { count, counted } from "../../words/figures.ts";
import { capital } from "../../words/machine.ts";

const parts = [
  ["live", "have it"],
  ["moving", "move to it"],
  ["held", "are held back"],
  ["failed", "failed"],
] as const;

/** Who has a release, who moves to it, who is held back and by what, who failed and why. */
export function AdoptionCards({ adoption }: { adoption: Adoption }) {
  const { environment: env, tenants, live, moving, held, failed, rest } = adoption;
  return (
    <>
      <Card title="How far it has come">
        <div className="stack-s">
          <AdoptionBar adoption={adoption} />
          <ul className="row">
            {parts.map(([name, words]) => (
              <li key={name} className={`row-tight adoption-${name}`}>
                <i className="swatch" aria-hidden="true" />
                <span className="strong">{count(adoption[name].count)}</span> {words}
              </li>
            ))}
            <li className="muted">
              {count(rest)} not tried, of {counted(tenants, "tenant")}
            </li>
          </ul>
        </div>
      </Card>
      {moving.count > 0 && (
        <Group title={`On the way (${moving.count})`} items={moving.items} count={moving.count}>
          {(item) => (
            <>
              <TenantLink env={env} tenant={item.tenant} />
              <PhaseStatus phase={item.phase} step={item.step} />
              <Link href={`/operations/${item.operation}`} className="small push">
                follow
              </Link>
            </>
          )}
        </Group>
      )}
      {held.count > 0 && (
        <Group
          title={`Held back (${held.count})`}
          items={held.items}
          count={held.count}
          lead={held.by.map(({ by, count: number }) => `${number} by ${holders[by]}`).join(", ")}
        >
          {(item) => (
            <>
              <TenantLink env={env} tenant={item.tenant} />
              <span className="breaks">
                <Said text={item.message} />
              </span>
              {item.until !== null && (
                <span className="small muted">
                  ends <Until at={item.until} />
                </span>
              )}
              <Link href={`/operations/${item.operation}`} className="small push">
                open
              </Link>
            </>
          )}
        </Group>
      )}
      {failed.count > 0 && (
        <Group
          title={`Failed (${failed.count})`}
          items={failed.items}
          count={failed.count}
          lead={failed.by.map(({ code, count: number }) => `${number} × ${capital(code).toLowerCase()}`).join(", ")}
        >
          {(item) => (
            <>
              <TenantLink env={env} tenant={item.tenant} />
              <span className="small breaks">
                <Said text={item.message} />
              </span>
              <span className="small faint push">
                <Link href={`/operations/${item.operation}`}>
                  <Ago at={item.at} />
                </Link>
              </span>
            </>
          )}
        </Group>
      )}
      <Group title={`Live (${live.count})`} items={live.items} count={live.count} empty="No tenant has it yet.">
        {(item) => <TenantLink env={env} tenant={item.tenant} />}
      </Group>
    </>
  );
}

const holders: Record<Adoption["held"]["by"][number]["by"], string> = {
  stop: "the environment's stop",
  freeze: "a freeze",
  window: "maintenance windows",
  approval: "a missing approval",
  pause: "a pause",
  halt: "a halt",
};

function AdoptionBar({ adoption }: { adoption: Adoption }) {
  const label = parts.map(([name, words]) => `${adoption[name].count} ${words}`).join(", ");
  return (
    <div className="split split-l" role="img" aria-label={`${label}, ${adoption.rest} not tried`}>
      {parts
        .filter(([name]) => adoption[name].count > 0)
        .map(([name]) => (
          <span
            key={name}
            className={`adoption-fill adoption-${name}`}
            style={{ flexGrow: adoption[name].count, flexBasis: 0 }}
          />
        ))}
      {adoption.rest > 0 && <span className="split-none" style={{ flexGrow: adoption.rest }} />}
    </div>
  );
}

function Group<T extends { tenant: string }>({
  title,
  items,
  count: total,
  lead,
  empty,
  children,
}: {
  title: string;
  items: readonly T[];
  count: number;
  lead?: string;
  empty?: string;
  children: (item: T) => React.ReactNode;
}) {
  return (
    <Card title={title} aside={lead !== undefined && <span className="small muted">{lead}</span>} flush>
      {items.length === 0 && <p className="card-body muted">{empty}</p>}
      <ul className="activity">
        {items.map((item) => (
          <li key={item.tenant}>
            <div className="row">{children(item)}</div>
          </li>
        ))}
      </ul>
      {total > items.length && <p className="card-body small muted">And {count(total - items.length)} more.</p>}
    </Card>
  );
}

function TenantLink({ env, tenant }: { env: string; tenant: string }) {
  return (
    <Link href={`/environments/${env}/tenants/${tenant}`} className="strong">
      {tenant}
    </Link>
  );
}
