import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { tenantOperationsQuery } from "../../api/queries.ts";
import type { Operation, Tenant } from "../../api/types.ts";
import { Button } from "../../parts/button.tsx";
import { Card } from "../../parts/card.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { Empty } from "../../parts/note.tsx";
import { Said } from "../../parts/said.tsx";
import { PhaseStatus } from "../../parts/status.tsx";
import { At, Took } from "../../parts/time.tsx";
import { titleOf } from "../../words/machine.ts";
import { EditSettings } from "./edit.tsx";

/** What was done to a tenant, and what can be changed about it. */
export default function ChangesTab({ tenant }: { tenant: Tenant }) {
  const [editing, setEditing] = useState(false);
  const { config, flags, hostnames, secretNames, timeZone, revision } = tenant;
  return (
    <div className="stack">
      {editing ? (
        <EditSettings key={revision} tenant={tenant} onClose={() => setEditing(false)} />
      ) : (
        <Card
          title={`Settings, revision ${revision}`}
          aside={
            <Button small onPress={() => setEditing(true)} isDisabled={tenant.operation !== undefined}>
              Change settings
            </Button>
          }
        >
          <dl className="facts">
            <dt>Config</dt>
            <dd>
              <Entries entries={config} />
            </dd>
            <dt>Flags</dt>
            <dd>
              <Entries entries={flags} />
            </dd>
            <dt>Secrets</dt>
            <dd>
              {secretNames.length === 0 ? (
                <span className="faint">none</span>
              ) : (
                <span className="mono">{secretNames.join(", ")}</span>
              )}
            </dd>
            <dt>Host names</dt>
            <dd>{hostnames.length === 0 ? <span className="faint">only Teal’s own</span> : hostnames.join(", ")}</dd>
            <dt>Time zone</dt>
            <dd>{timeZone}</dd>
          </dl>
          {tenant.operation && (
            <p className="small muted" style={{ marginTop: 12 }}>
              Settings can be changed once the operation under way has ended.
            </p>
          )}
        </Card>
      )}
      <History tenant={tenant} />
    </div>
  );
}

function Entries({ entries }: { entries: Record<string, unknown> }) {
  const all = Object.entries(entries);
  if (all.length === 0) return <span className="faint">none</span>;
  return (
    <ul>
      {all.map(([name, value]) => (
        <li key={name} className="mono breaks">
          {name}={String(value)}
        </li>
      ))}
    </ul>
  );
}

function History({ tenant: { environment, id } }: { tenant: Tenant }) {
  const history = useInfiniteQuery(tenantOperationsQuery(environment, id));
  return (
    <Card title="History" flush>
      <Loaded query={history} what="the history" lines={6}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Empty title="Nothing has been done to this tenant." />;
          return (
            <>
              <ul className="activity">
                {items.map((operation) => (
                  <Past key={operation.id} operation={operation} />
                ))}
              </ul>
              {history.hasNextPage && (
                <p className="card-body">
                  <Button onPress={() => void history.fetchNextPage()} isDisabled={history.isFetchingNextPage}>
                    Older
                  </Button>
                </p>
              )}
            </>
          );
        }}
      </Loaded>
    </Card>
  );
}

function Past({ operation }: { operation: Operation }) {
  const { id, phase, step, actor, reason, createdAt, startedAt, endedAt, outcome } = operation;
  return (
    <li>
      <div className="row">
        <PhaseStatus phase={phase} step={step} />
        <Link href={`/operations/${id}`} className="strong">
          {titleOf(operation)}
        </Link>
        <span className="small faint push">
          <At at={createdAt} />
          {startedAt !== undefined && endedAt !== undefined && (
            <>
              {" "}
              · took <Took from={startedAt} to={endedAt} />
            </>
          )}
        </span>
      </div>
      <p className="small muted breaks">
        by {actor}
        {reason !== undefined && `: “${reason}”`}
      </p>
      {outcome && (
        <p className="small breaks">
          <Said text={outcome.message} />
        </p>
      )}
    </li>
  );
}
