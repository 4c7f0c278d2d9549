import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";
import { backups, backupsQuery } from "../../api/backups.ts";
import type { Backup as TakenBackup, RestoreSource, Tenant } from "../../api/types.ts";
import { Button } from "../../parts/button.tsx";
import { Card } from "../../parts/card.tsx";
import { ConfirmButton } from "../../parts/confirm.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { Empty } from "../../parts/note.tsx";
import { Ago, At } from "../../parts/time.tsx";
import { bytes } from "../../words/figures.ts";
import { titleOf } from "../../words/machine.ts";
import { Clusters } from "./clusters.tsx";
import { drillWord, Drills } from "./drills.tsx";
import { Restore } from "./restore.tsx";
import { RestoreToTime } from "./restoreToTime.tsx";

/** A tenant's backups, and the way back to one of them: what would be lost is said before anybody decides. */
export default function DataTab({ tenant }: { tenant: Tenant }) {
  const { environment: env, id } = tenant;
  const keeps = tenant.volume !== null || tenant.clusters !== undefined;
  const all = useInfiniteQuery({ ...backupsQuery(env, id), enabled: keeps });
  const [source, setSource] = useState<RestoreSource | null>(null);
  const [, navigate] = useLocation();
  if (!keeps)
    return (
      <Card title="No data">
        <Empty title="This tenant’s release keeps no data.">
          <p className="muted">
            A release says by its <code>volume</code> that it does; once such a one runs here, its backups are listed
            here.
          </p>
        </Empty>
      </Card>
    );
  return (
    <div className="stack">
      <Card
        title="Backups"
        aside={
          <>
            <RestoreToTime
              exact={tenant.clusters !== undefined}
              onChosen={(at) => setSource(tenant.clusters ? { pointInTime: at } : { at })}
            />
            <ConfirmButton
              label="Back up now"
              small
              title={`Back up ${tenant.name}`}
              verb="Back up"
              effect="Copies the tenant’s data while it is served, and checks the copy. Customers notice nothing."
              run={(reason, key) => backups.take({ env, id }, reason, key)}
              onDone={(operation) => navigate(`/operations/${operation.id}`)}
            />
          </>
        }
        flush
      >
        <Loaded query={all} what="the backups" lines={6}>
          {({ pages }) => {
            const items = pages.flatMap((page) => page.items);
            if (items.length === 0)
              return (
                <Empty title="There is no backup yet.">
                  <p className="muted">
                    One is taken before each rollout, where the policy says so, and whenever you want one.
                  </p>
                </Empty>
              );
            return (
              <>
                <ul className="activity">
                  {items.map((backup) => (
                    <Backup key={backup.id} backup={backup} onRestore={() => setSource({ backup: backup.id })} />
                  ))}
                </ul>
                {all.hasNextPage && (
                  <p className="card-body">
                    <Button onPress={() => void all.fetchNextPage()} isPending={all.isFetchingNextPage}>
                      Older
                    </Button>
                  </p>
                )}
              </>
            );
          }}
        </Loaded>
      </Card>
      {tenant.clusters && <Clusters tenant={tenant} clusters={tenant.clusters} />}
      <Drills tenant={tenant} />
      {source && (
        <Restore key={JSON.stringify(source)} tenant={tenant} source={source} onClose={() => setSource(null)} />
      )}
    </div>
  );
}

function Backup({ backup, onRestore }: { backup: TakenBackup; onRestore: () => void }) {
  const { takenAt, takenFor, by, reason, release, lastWriteAt, drill } = backup;
  return (
    <li>
      <div className="row">
        <span className="strong">
          <At at={takenAt} />
        </span>
        <span className="small muted">
          <Ago at={takenAt} />, {bytes(backup.bytes)}, with release <span className="version">{release}</span>
        </span>
        <span className="push">
          <Button small onPress={onRestore} aria-label={`Restore the backup of ${takenAt}`}>
            Restore…
          </Button>
        </span>
      </div>
      <p className="small muted breaks">
        {/^backup$/.test(takenFor) ? "taken" : `taken for a ${titleOf({ kind: takenFor }).toLowerCase()}`} by {by}
        {reason !== undefined && `: “${reason}”`}
        {lastWriteAt !== undefined && (
          <>
            {" "}
            · last write <At at={lastWriteAt} />
          </>
        )}
        {drill !== undefined && ` · ${drillWord(drill)}`}
      </p>
    </li>
  );
}
