import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocation } from "wouter";
import { act } from "../../api/act.ts";
import { driftQuery } from "../../api/queries.ts";
import type { Drift, Tenant } from "../../api/types.ts";
import { Button } from "../../parts/button.tsx";
import { Card } from "../../parts/card.tsx";
import { ConfirmButton } from "../../parts/confirm.tsx";
import { ProblemNote } from "../../parts/problem.tsx";
import { Skeleton } from "../../parts/note.tsx";
import { SplitBar } from "../../parts/slot.tsx";
import { Status } from "../../parts/status.tsx";
import { At } from "../../parts/time.tsx";

/** What somebody else changed in cluster or stack. It reads everything, so it is looked for when asked only. */
export function DriftCard({ tenant }: { tenant: Tenant }) {
  const drift = useQuery(driftQuery(tenant.environment, tenant.id));
  return (
    <Card
      title="Changed behind Teal’s back?"
      aside={
        <Button small onPress={() => void drift.refetch()} isDisabled={drift.isFetching}>
          {drift.isFetching ? "Looking…" : drift.data ? "Look again" : "Look now"}
        </Button>
      }
    >
      {drift.isFetching && !drift.data ? (
        <Skeleton what="the differences" lines={3} />
      ) : drift.isError ? (
        <ProblemNote error={drift.error} />
      ) : drift.data ? (
        <Found drift={drift.data} tenant={tenant} />
      ) : (
        <p className="muted">
          Compares everything that the tenant has in cluster and stack with what Teal left there. Changes nothing.
        </p>
      )}
    </Card>
  );
}

function Found({ drift, tenant }: { drift: Drift; tenant: Tenant }) {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const path = { env: tenant.environment, id: tenant.id };
  const moved = JSON.stringify(drift.traffic.expected) !== JSON.stringify(drift.traffic.found);
  if (!drift.drifted && drift.items.length === 0 && !moved)
    return (
      <p className="row">
        <Status tone="done">As Teal left it</Status>
        <span className="small muted">
          looked at <At at={drift.checkedAt} />
        </span>
      </p>
    );
  return (
    <div className="stack">
      {drift.message !== undefined && <p className="strong breaks">{drift.message}</p>}
      {moved && (
        <dl className="facts">
          <dt>Traffic, as Teal wants it</dt>
          <dd>
            <SplitBar weights={drift.traffic.expected} />
          </dd>
          <dt>Traffic, as it is</dt>
          <dd>
            <SplitBar weights={drift.traffic.found} />
          </dd>
        </dl>
      )}
      <ul className="stack-s">
        {drift.items.map((item) => (
          <li key={item.id} className="stack-s">
            <p>
              <span className="strong">{item.kind}</span> <code>{item.name}</code> {changes[item.change]}
              {item.kept && (
                <span className="small muted">
                  {" "}
                  · kept by {item.kept.by}: “{item.kept.reason}”
                </span>
              )}
            </p>
            {item.properties.map(({ path: at, expected, found }) => (
              <p key={at} className="small mono breaks muted">
                {at}: {expected ?? "(not shown)"} → {found ?? "(not shown)"}
              </p>
            ))}
          </li>
        ))}
      </ul>
      <div className="row">
        <ConfirmButton
          label="Keep it so for now"
          title={`Keep what was changed: ${tenant.name}`}
          verb="Keep"
          effect="Changes nothing that runs. Weights, slots and settings as found become those that Teal goes on from; the rest is left alone until an operation changes the same object."
          run={(reason, key) => act.keepDrift(path, drift.plan, reason, key)}
          onDone={(left) => {
            client.setQueryData(driftQuery(path.env, path.id).queryKey, left);
            void client.invalidateQueries({ queryKey: ["tenant", path.env, path.id] });
          }}
        />
        <ConfirmButton
          label="Repair"
          look="primary"
          title={`Repair what was changed: ${tenant.name}`}
          verb="Repair"
          effect="Brings everything that is listed here back to what Teal left, and nothing else: where there is more by then, nothing is done."
          run={(reason, key) => act.repair(path, drift.plan, reason, key)}
          onDone={(operation) => navigate(`/operations/${operation.id}`)}
        />
      </div>
      {drift.additions.length > 0 && (
        <details>
          <summary>Added by others beside what Teal sets ({drift.additions.length}): left alone</summary>
          <ul>
            {drift.additions.map((addition) => (
              <li key={`${addition.kind}${addition.name}${addition.path}`} className="small mono breaks">
                {addition.kind} {addition.name}: {addition.path} ({addition.manager})
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

const changes: Record<Drift["items"][number]["change"], string> = {
  changed: "was changed",
  deleted: "was deleted",
  added: "is in the stack, though Teal did not put it there",
};
