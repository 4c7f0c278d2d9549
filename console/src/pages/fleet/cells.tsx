import { Link } from "wouter";
import type { FleetRow } from "../../api/types.ts";
import { Mark } from "../../parts/slot.tsx";
import { PhaseStatus, Status } from "../../parts/status.tsx";
import { Ago } from "../../parts/time.tsx";
import { titleOf } from "../../words/machine.ts";

/** The release that customers have, by role first, and how far behind it is. */
export function Live({ row }: { row: FleetRow }) {
  if (row.live === null) return <span className="faint">nothing yet</span>;
  const behind = row.behind ?? 0;
  const comes = row.operation?.release !== undefined && row.other?.release === row.operation.release;
  return (
    <span className="fleet-two">
      <span className="row-tight">
        <span className="muted">live</span>{" "}
        <span className="version strong">{row.release ?? `adopted from ${row.adopted}`}</span>
        {behind > 0 && (
          <span className="badge" title={row.behindSince ? `since ${row.behindSince}` : undefined}>
            {behind} behind
          </span>
        )}
      </span>
      <span className="small faint row-tight">
        <Mark color={row.live} />
        {row.other !== undefined && (
          <>
            {" "}
            · {comes ? "new" : row.other.scale === "idle" ? "backup" : "old"}{" "}
            <span className="version">{row.other.release}</span>
          </>
        )}
      </span>
    </span>
  );
}

export function Pods({ row }: { row: FleetRow }) {
  if (row.maintenance === true) return <Status tone={row.operation ? "wait" : "bad"}>Shut for maintenance</Status>;
  if (row.suspended === true) return <Status tone="quiet">Suspended</Status>;
  if (row.live === null) return <span className="faint">none</span>;
  if (row.adopted !== undefined && row.release === null) return <span className="faint">not Teal’s</span>;
  const [ready, wanted] = row.pods ?? [];
  const text = wanted === undefined ? "" : `${ready}/${wanted} `;
  return row.ready ? <span>{text}ready</span> : <Status tone="bad">{text}ready</Status>;
}

/** What is under way, or what somebody should look at. */
export function Doing({ row, env }: { row: FleetRow; env: string }) {
  if (row.operation)
    return (
      <span className="fleet-two">
        <PhaseStatus phase={row.operation.phase} step={row.operation.step} />
        <span className="small faint">
          <Link href={`/operations/${row.operation.id}`}>{titleOf(row.operation)}</Link> since{" "}
          <Ago at={row.operation.since} />
        </span>
      </span>
    );
  if (row.attention !== undefined)
    return (
      <span className="fleet-two">
        <Status tone="wait">Changed by hand</Status>
        <span className="small faint">
          <Link href={`/environments/${env}/tenants/${row.id}/internals`}>see what</Link>
        </span>
      </span>
    );
  if (row.failed)
    return (
      <span className="fleet-two">
        <Status tone="bad">Ended badly</Status>
        <span className="small faint">
          <Link href={`/operations/${row.failed.operation}`}>{row.failed.code.replaceAll("_", " ")}</Link>
        </span>
      </span>
    );
  return <span className="faint small">nothing</span>;
}
