import { useQuery } from "@tanstack/react-query";
import { backups, drillsQuery } from "../../api/backups.ts";
import type { Drill, Tenant } from "../../api/types.ts";
import { Card } from "../../parts/card.tsx";
import { ConfirmButton } from "../../parts/confirm.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { Empty } from "../../parts/note.tsx";
import { Ago, At } from "../../parts/time.tsx";
import { duration } from "../../words/time.ts";

/** What restoring for a try has shown: how much would be lost, and how long it would take. */
export function Drills({ tenant }: { tenant: Tenant }) {
  const { environment: env, id } = tenant;
  const query = useQuery(drillsQuery(env, id));
  return (
    <Card
      title="Restore drills"
      aside={
        <ConfirmButton
          label="Try a restore"
          small
          title={`Restore a backup of ${tenant.name} for a try`}
          verb="Try it"
          effect="Restores the newest backup into a place of its own, checks it, measures how long it takes, and removes it again. Nothing that is live is touched."
          run={(reason, key) => backups.drill({ env, id }, reason, key)}
          onDone={() => void query.refetch()}
        />
      }
      flush
    >
      <Loaded query={query} what="the restore drills" lines={3}>
        {(drills) => {
          const passed = drills.find(({ state }) => state === "passed");
          if (drills.length === 0)
            return (
              <Empty title="No backup has been restored for a try yet.">
                <p className="muted">
                  The policy’s <code>drillDays</code> has it done again and again.
                </p>
              </Empty>
            );
          return (
            <>
              {passed && <Figures drill={passed} />}
              <ul className="activity">
                {drills.map((drill) => (
                  <Line key={drill.id} drill={drill} />
                ))}
              </ul>
            </>
          );
        }}
      </Loaded>
    </Card>
  );
}

function Figures({ drill: { rpoSeconds = 0, rtoSeconds = 0, restoredTo } }: { drill: Drill }) {
  return (
    <dl className="facts card-body">
      <dt>Would have been lost (RPO)</dt>
      <dd>{rpoSeconds === 0 ? "nothing" : `${duration(rpoSeconds)} of writes`}</dd>
      <dt>Would be back after (RTO)</dt>
      <dd>{rtoSeconds < 1 ? "less than 1 s" : duration(rtoSeconds)}</dd>
      <dt>As it was at</dt>
      <dd>{restoredTo !== undefined && <At at={restoredTo} />}</dd>
    </dl>
  );
}

function Line({ drill }: { drill: Drill }) {
  const { askedAt, endedAt, by, reason, message } = drill;
  return (
    <li>
      <div className="row">
        <span className="strong">{drillWord(drill)}</span>
        <span className="small muted">
          <Ago at={endedAt ?? askedAt} />, asked for by {by}: “{reason}”
        </span>
      </div>
      {message !== undefined && <p className="small breaks">{message}</p>}
    </li>
  );
}

const words: Record<Drill["state"], string> = {
  waiting: "waits to be restored for a try",
  running: "is being restored for a try",
  passed: "restored for a try: it came back whole",
  failed: "restored for a try: it did not come back",
};

export function drillWord({ state }: Drill): string {
  return words[state];
}
