import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { eventsQuery, operationQuery } from "../../api/queries.ts";
import type { Operation, TealEvent } from "../../api/types.ts";
import { OperationActions } from "../../parts/actions.tsx";
import { Card } from "../../parts/card.tsx";
import { Figures } from "../../parts/figures.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { Note } from "../../parts/note.tsx";
import { OutcomeText } from "../../parts/outcome.tsx";
import { Page } from "../../parts/page.tsx";
import { PhaseStatus } from "../../parts/status.tsx";
import { Ago, At, Took } from "../../parts/time.tsx";
import { hasEnded, titleOf } from "../../words/machine.ts";
import { stopsOf } from "../../words/path.ts";
import { OperationAlerts } from "./alerts.tsx";
import { Decision } from "./decision.tsx";
import { Leaving } from "./leaving.tsx";
import { MigrationLog } from "./migrationLog.tsx";
import { Now } from "./now.tsx";
import { Outage } from "./outage.tsx";
import { Output } from "./output.tsx";
import { PathOf } from "./path.tsx";
import { chaptersOf, latestFigures } from "./story.ts";
import { Story } from "./storyCard.tsx";
import "./operation.css";

/** One operation: where it is, what comes next, what one can do; and afterwards, how it went. */
export default function OperationPage({ id }: { id: string }) {
  const operation = useQuery(operationQuery(id));
  const events = useQuery(eventsQuery(id)).data ?? [];
  const known = operation.data;
  const title = known ? titleOf(known) : "Operation";
  return (
    <Page
      title={title}
      name={known ? `${title}, ${known.tenant}` : title}
      lead={known && <Lead operation={known} />}
      actions={known && <PhaseStatus phase={known.phase} step={known.step} />}
    >
      <Loaded query={operation} what="the operation" lines={10}>
        {(data) => <Whole operation={data} events={events} />}
      </Loaded>
    </Page>
  );
}

function Lead({
  operation: { tenant, environment, actor, reason, createdAt, startedAt, endedAt },
}: {
  operation: Operation;
}) {
  return (
    <div className="stack-s">
      <p>
        <Link href={`/environments/${environment}/tenants/${tenant}`} className="strong">
          {tenant}
        </Link>{" "}
        in {environment} · by {actor}, <Ago at={createdAt} />
        {startedAt !== undefined && (
          <>
            {" "}
            · {endedAt === undefined ? "takes" : "took"} <Took from={startedAt} to={endedAt} />
          </>
        )}
        {endedAt !== undefined && (
          <>
            {" "}
            · ended <At at={endedAt} />
          </>
        )}
      </p>
      {reason !== undefined && <p className="breaks">“{reason}”</p>}
    </div>
  );
}

function Whole({ operation, events }: { operation: Operation; events: readonly TealEvent[] }) {
  const ended = hasEnded(operation);
  const chapters = chaptersOf(events, ended);
  const stops = stopsOf(
    operation,
    chapters.map(({ phase }) => phase),
  );
  const measured = latestFigures(events);
  const bad = operation.outcome !== undefined && operation.phase !== "awaiting-approval";
  return (
    <>
      {operation.approval && <Decision operation={operation} figures={measured?.figures ?? []} />}
      {bad && operation.outcome && (
        <section
          className={`card concern concern-${ended || operation.phase === "halted" ? "bad" : "wait"}`}
          aria-label="Why"
        >
          <div className="card-body stack-s">
            <h2>{ended ? "Why it ended so" : "Why it waits"}</h2>
            <OutcomeText outcome={operation.outcome} />
            {!ended && (
              <div className="row">
                <OperationActions operation={operation} />
              </div>
            )}
          </div>
        </section>
      )}
      {operation.leaves && (
        <Note
          tone="wait"
          title={operation.state === "rolled-back" ? "It went back, but not all of it" : "This stays as it is"}
        >
          {operation.leaves.map((what) => (
            <p key={what} className="breaks">
              {what}
            </p>
          ))}
        </Note>
      )}
      <Card title="The way" flush>
        <PathOf stops={stops} />
      </Card>
      <div className="columns">
        <div className="stack">
          {!ended && <Now operation={operation} stops={stops} acts={!bad && !operation.approval} />}
          {measured && !operation.approval && (
            <Card
              title={ended ? "The last figures" : "Figures of this step"}
              aside={
                <span className="small muted">
                  as of <Ago at={measured.at} />
                </span>
              }
              flush
            >
              <Figures figures={measured.figures} />
            </Card>
          )}
          <OperationAlerts operation={operation} />
          <Story chapters={chapters} ended={ended} />
        </div>
        <div className="stack">
          {operation.kind === "offboard" && <Leaving operation={operation} />}
          <Facts operation={operation} />
          <MigrationLog events={events} />
          <Output id={operation.id} />
        </div>
      </div>
    </>
  );
}

const strategies: Record<NonNullable<Operation["strategy"]>, string> = {
  "blue-green": "blue/green: traffic moves step by step, nobody is shut out",
  recreate: "recreate: nobody is served while one replaces the other",
};

function Facts({ operation }: { operation: Operation }) {
  const { environment, tenant, release, override, id, step, strategy, outage, backup } = operation;
  return (
    <Card title="Facts">
      <dl className="facts">
        {release !== undefined && (
          <>
            <dt>Release</dt>
            <dd>
              <Link href={`/environments/${environment}/releases/${encodeURIComponent(release)}`} className="version">
                {release}
              </Link>
            </dd>
          </>
        )}
        {step && (
          <>
            <dt>Step</dt>
            <dd>
              {step.index + 1} of {step.of}: {step.percent} % of the traffic
            </dd>
          </>
        )}
        {strategy !== undefined && (
          <>
            <dt>Strategy</dt>
            <dd>{strategies[strategy]}</dd>
          </>
        )}
        {outage && (
          <>
            <dt>Nobody served</dt>
            <dd>
              <Outage operation={operation} outage={outage} />
            </dd>
          </>
        )}
        {backup !== undefined && (
          <>
            <dt>Brings back</dt>
            <dd>
              <Link href={`/environments/${environment}/tenants/${tenant}/data`}>the tenant’s backup</Link>{" "}
              <span className="mono small faint">{backup}</span>
            </dd>
          </>
        )}
        {override && (
          <>
            <dt>Override</dt>
            <dd>
              {override.by}: {override.reason}
            </dd>
          </>
        )}
        <dt>Id</dt>
        <dd className="mono small">{id}</dd>
      </dl>
    </Card>
  );
}
