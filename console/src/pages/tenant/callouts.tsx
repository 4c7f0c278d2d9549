import { Link } from "wouter";
import type { Tenant } from "../../api/types.ts";
import { OperationActions } from "../../parts/actions.tsx";
import { LinkButton } from "../../parts/button.tsx";
import { Note } from "../../parts/note.tsx";
import { Said } from "../../parts/said.tsx";
import { PhaseStatus } from "../../parts/status.tsx";
import { Ago } from "../../parts/time.tsx";
import { customersNotice, happens, isShut, titleOf, toneOf } from "../../words/machine.ts";

/** What is under way, what waits, what somebody changed by hand: above everything else about the tenant. */
export function Callouts({ tenant }: { tenant: Tenant }) {
  const { operation, attention, suspended, maintenance, environment, id } = tenant;
  return (
    <>
      {operation && <UnderWay operation={operation} />}
      {attention && (
        <Note tone="wait" title="Somebody changed this tenant by hand">
          <p className="breaks">{attention.message}</p>
          <p>
            <LinkButton href={`/environments/${environment}/tenants/${id}/internals`} small>
              See what was changed
            </LinkButton>
          </p>
        </Note>
      )}
      {maintenance && !operation && (
        <Note tone="bad" title="Shut for maintenance, and left so">
          <p>
            Every request is answered with 503: the operation that was to open it again did not end well. Restore a
            backup, roll out a release that can use the data as it is, or open it again with what it has (More, Open
            again).
          </p>
          <p>
            <LinkButton href={`/environments/${environment}/tenants/${id}/data`} small look="primary">
              See its backups
            </LinkButton>
          </p>
        </Note>
      )}
      {suspended && !maintenance && (
        <Note tone="wait" title="Suspended">
          <p>Every request is answered with 503 and no pods run. Data and settings are kept.</p>
        </Note>
      )}
    </>
  );
}

function UnderWay({ operation }: { operation: NonNullable<Tenant["operation"]> }) {
  const tone = toneOf(operation.phase);
  const waits = operation.phase === "awaiting-approval";
  return (
    <section
      className={`card under-way concern concern-${tone === "bad" ? "bad" : tone === "wait" ? "wait" : "run"}`}
      aria-label="Under way"
    >
      <div className="card-body stack-s">
        <div className="row">
          <PhaseStatus phase={operation.phase} step={operation.step} />
          <Link href={`/operations/${operation.id}`} className="strong">
            {titleOf(operation)}
          </Link>
          <span className="small muted">
            by {operation.actor}, <Ago at={operation.createdAt} />
          </span>
        </div>
        <p className="breaks">
          <Said text={operation.outcome?.message ?? happens(operation.phase, isShut(operation))} />
        </p>
        {isShut(operation) && <p className="strong">{customersNotice(operation.phase, null, true)}</p>}
        <div className="row">
          <LinkButton href={`/operations/${operation.id}`} small look={waits ? "primary" : "plain"}>
            {waits ? "Look and decide" : "Follow it"}
          </LinkButton>
          {!waits && <OperationActions operation={operation} small />}
        </div>
      </div>
    </section>
  );
}
