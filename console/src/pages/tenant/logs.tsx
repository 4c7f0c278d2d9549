import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSearchParams } from "wouter";
import { logsQuery, podsQuery, tenantOperationsQuery } from "../../api/queries.ts";
import type { Color, Pod, PodLog, Tenant } from "../../api/types.ts";
import { Card } from "../../parts/card.tsx";
import { CheckField } from "../../parts/field.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { Empty } from "../../parts/note.tsx";
import { Mark } from "../../parts/slot.tsx";
import { Status } from "../../parts/status.tsx";
import { Ago } from "../../parts/time.tsx";
import { preciseClock } from "../../words/time.ts";
import { Runs } from "../operation/output.tsx";
import { rolesOf } from "./roles.ts";

/** What pods wrote and what Pulumi printed, in one place: one needn't know beforehand which of them has the answer. */
export default function LogsTab({ tenant }: { tenant: Tenant }) {
  return (
    <div className="stack">
      <PodsCard tenant={tenant} />
      <PodLogs tenant={tenant} />
      <LastOutput tenant={tenant} />
    </div>
  );
}

function PodsCard({ tenant: { environment, id } }: { tenant: Tenant }) {
  const pods = useQuery(podsQuery(environment, id));
  return (
    <Card title="Pods" flush>
      <Loaded query={pods} what="the pods" lines={4}>
        {({ items, more, events }) =>
          items.length === 0 ? (
            <Empty title="There are no pods now." />
          ) : (
            <>
              {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- What scrolls has to be reached by keyboard. */}
              <div className="table-scroll" tabIndex={0} role="region" aria-label="List of pods">
                <table className="table">
                  <thead>
                    <tr>
                      {["Pod", "Slot", "State", "Restarts", "Age"].map((head) => (
                        <th key={head} scope="col">
                          {head}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {items.map((pod) => (
                      <PodRow key={pod.name} pod={pod} />
                    ))}
                  </tbody>
                </table>
              </div>
              {more && <p className="card-body small muted">There are more pods than are listed.</p>}
              {events.length > 0 && (
                <details className="card-body">
                  <summary>What the cluster says of them ({events.length})</summary>
                  <ul className="stack-s">
                    {events.map((event, i) => (
                      <li key={i} className="small breaks">
                        <span className={event.type === "Warning" ? "status-bad strong" : "strong"}>
                          {event.reason}
                        </span>{" "}
                        <code>{event.object}</code> {event.message}
                        {event.count > 1 && ` (${event.count} times)`}{" "}
                        {event.at !== null && (
                          <span className="faint">
                            <Ago at={event.at} />
                          </span>
                        )}
                      </li>
                    ))}
                  </ul>
                </details>
              )}
            </>
          )
        }
      </Loaded>
    </Card>
  );
}

function PodRow({ pod }: { pod: Pod }) {
  const troubled = pod.containers.find(({ reason, message }) => reason !== undefined || message !== undefined);
  return (
    <tr>
      <td className="mono small">{pod.name}</td>
      <td>
        <span className="row-tight">
          {pod.role === "live" && <span className="muted">live</span>}
          {pod.color && <Mark color={pod.color} />}
        </span>
      </td>
      <td>
        {pod.terminating ? (
          <Status tone="quiet">Ending</Status>
        ) : (
          <Status tone={pod.ready ? "done" : "bad"}>{pod.ready ? "Ready" : "Not ready"}</Status>
        )}
        {troubled && (
          <div className="small muted breaks">{[troubled.reason, troubled.message].filter(Boolean).join(": ")}</div>
        )}
      </td>
      <td>{pod.restarts}</td>
      <td>{pod.createdAt === null ? "" : <Ago at={pod.createdAt} />}</td>
    </tr>
  );
}

function PodLogs({ tenant }: { tenant: Tenant }) {
  const [search, setSearch] = useSearchParams();
  const [previous, setPrevious] = useState(false);
  const asked = search.get("color");
  const color: Color | undefined = asked === "blue" || asked === "green" ? asked : undefined;
  const logs = useQuery(logsQuery(tenant.environment, tenant.id, color, previous));
  const roles = rolesOf(tenant);
  return (
    <Card
      title="What pods wrote"
      aside={
        <>
          <select
            className="input"
            style={{ width: "auto" }}
            aria-label="Of which slot"
            value={color ?? ""}
            onChange={(event) =>
              setSearch(event.target.value === "" ? {} : { color: event.target.value }, { replace: true })
            }
          >
            <option value="">Both slots</option>
            {roles.map((role) => (
              <option key={role.color} value={role.color}>
                {role.role} {role.slot.release} ({role.color})
              </option>
            ))}
          </select>
          <CheckField label="Before the last restart" checked={previous} onChange={setPrevious} />
        </>
      }
    >
      <Loaded query={logs} what="the logs" lines={8}>
        {({ items, more }) =>
          items.length === 0 ? (
            <p className="muted">No pod has written anything.</p>
          ) : (
            <div className="stack">
              {items.map((log) => (
                <OneLog key={`${log.pod} ${log.container}`} log={log} />
              ))}
              {more && <p className="small muted">There are more pods than are shown; choose a slot.</p>}
            </div>
          )
        }
      </Loaded>
    </Card>
  );
}

function OneLog({ log }: { log: PodLog }) {
  return (
    <section className="stack-s" aria-label={`Log of ${log.pod}`}>
      <h3 className="row">
        <span className="mono small">{log.pod}</span>
        {log.color && <Mark color={log.color} />}
        <span className="small faint">{log.container}</span>
      </h3>
      {log.problem !== undefined && <p className="small muted">{log.problem}</p>}
      {log.truncated && <p className="small faint">These are the last lines; there are more.</p>}
      {log.lines.length > 0 && (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- What scrolls has to be reached by keyboard.
        <pre className="terminal" tabIndex={0}>
          {log.lines.map(({ at, text }) => `${at === null ? "" : `${preciseClock(new Date(at))}  `}${text}`).join("\n")}
        </pre>
      )}
    </section>
  );
}

function LastOutput({ tenant: { environment, id } }: { tenant: Tenant }) {
  const last = useInfiniteQuery(tenantOperationsQuery(environment, id)).data?.pages[0]?.items[0];
  if (!last) return null;
  return (
    <Card title="What Pulumi printed for the last operation">
      <Runs id={last.id} />
    </Card>
  );
}
