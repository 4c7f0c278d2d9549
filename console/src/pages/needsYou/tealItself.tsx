import { useQuery } from "@tanstack/react-query";
import { statusQuery } from "../../api/queries.ts";
import type { Status as TealStatus } from "../../api/types.ts";
import { Card } from "../../parts/card.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { Status } from "../../parts/status.tsx";
import { Ago } from "../../parts/time.tsx";
import { counted } from "../../words/figures.ts";
import { capital } from "../../words/machine.ts";

/** Whether Teal itself is well. When it isn't, traffic goes on; it is releases that wait. */
export function TealItself() {
  const status = useQuery(statusQuery);
  return (
    <Card
      title="Teal itself"
      aside={
        status.data &&
        !status.isError && (
          <Status tone={status.data.ok ? "done" : "bad"}>{status.data.ok ? "Well" : "Not well"}</Status>
        )
      }
    >
      <Loaded query={status} what="how Teal is" lines={5}>
        {(data) => <Parts status={data} />}
      </Loaded>
    </Card>
  );
}

function Parts({ status: { parts, workers, alerts, queue, version, target, engine } }: { status: TealStatus }) {
  const alive = workers.filter((worker) => worker.alive).length;
  return (
    <div className="stack-s">
      <ul className="stack-s">
        {parts.map((part) => (
          <li key={part.name}>
            <div className="row">
              <span>{capital(part.name)}</span>
              <span className="push">
                <Status tone={part.ok ? "done" : "bad"}>{words(part.name)[part.ok ? 0 : 1]}</Status>
              </span>
            </div>
            {!part.ok && (
              <p className="small muted breaks">
                {part.problem} Since <Ago at={part.since} />.
              </p>
            )}
          </li>
        ))}
      </ul>
      <p className="small muted">
        {counted(alive, "worker")} at work. <Queue queue={queue} />
      </p>
      {alerts !== null && (
        <p className="small muted">
          {counted(alerts.firing, "alert")} firing.{" "}
          {alerts.heard === null ? (
            "Alertmanager has not been heard from yet."
          ) : (
            <>
              Alertmanager last heard: <Ago at={alerts.heard} />.
            </>
          )}
        </p>
      )}
      <p className="tiny faint">
        Teal {version}, target {target}, engine {engine}
      </p>
    </div>
  );
}

/** Of a part that is well, and of one that isn't. */
function words(name: TealStatus["parts"][number]["name"]): [string, string] {
  return name === "alertmanager" ? ["Heard", "Silent"] : ["Answers", "Does not answer"];
}

function Queue({ queue }: { queue: TealStatus["queue"] }) {
  if (queue === null) return "How much waits is not known while the database does not answer.";
  return (
    <>
      Operations: {queue.underWay} under way, {queue.waiting} to begin, {queue.held} held up, {queue.resting} waiting
      for a person.
      {queue.oldest !== null && (
        <>
          {" "}
          The longest waits since <Ago at={queue.oldest} />.
        </>
      )}
    </>
  );
}
