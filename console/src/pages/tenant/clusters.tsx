import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";
import { backups } from "../../api/backups.ts";
import type { ConfirmPreview, DataCluster, Tenant } from "../../api/types.ts";
import { Button } from "../../parts/button.tsx";
import { Card } from "../../parts/card.tsx";
import { Confirm, Window } from "../../parts/confirm.tsx";
import { Loaded } from "../../parts/loaded.tsx";

const states: Record<DataCluster["state"], string> = {
  "in-use": "in use",
  waiting: "kept until you confirm that it may go",
  ending: "its removal has begun, and did not end",
};

/** The tenant's own clusters, and the way to let go of those that restores left behind. */
export function Clusters({ tenant, clusters }: { tenant: Tenant; clusters: readonly DataCluster[] }) {
  const [removed, setRemoved] = useState<number | null>(null);
  return (
    <Card title="Database clusters" flush>
      <ul className="activity">
        {clusters.map((cluster) => (
          <li key={cluster.generation}>
            <div className="row">
              <span className="strong">{cluster.identifier}</span>
              <span className="small muted">{states[cluster.state]}</span>
              {cluster.state !== "in-use" && (
                <span className="push">
                  <Button
                    small
                    onPress={() => setRemoved(cluster.generation)}
                    aria-label={`Remove cluster ${cluster.identifier}`}
                  >
                    Remove…
                  </Button>
                </span>
              )}
            </div>
            <p className="small muted breaks">{originOf(cluster)}</p>
          </li>
        ))}
      </ul>
      {removed !== null && <Removal tenant={tenant} generation={removed} onClose={() => setRemoved(null)} />}
    </Card>
  );
}

function originOf({ adopted, restoredFrom }: DataCluster): string {
  if (adopted) return "was there before the tenant";
  if (!restoredFrom) return "began empty";
  const { snapshot, cluster, at } = restoredFrom;
  return snapshot === undefined ? `made of ${cluster} as it was at ${at}` : `made of snapshot ${snapshot}`;
}

/** What would be deleted and what stays, and then the decision. */
function Removal({ tenant, generation, onClose }: { tenant: Tenant; generation: number; onClose: () => void }) {
  const path = { env: tenant.environment, id: tenant.id };
  const [, navigate] = useLocation();
  const preview = useQuery({
    queryKey: ["confirm", path, generation],
    queryFn: () => backups.previewConfirm(path, [generation]),
    gcTime: 0,
  });
  const shown = preview.data;
  const title = `Remove an old cluster of ${tenant.name}`;
  if (!shown)
    return (
      <Window title={title} onClose={onClose}>
        <Loaded query={preview} what="what would be removed" lines={4}>
          {() => null}
        </Loaded>
      </Window>
    );
  return (
    <Confirm
      title={title}
      verb="Remove"
      danger
      effect={<Shown preview={shown} />}
      run={(reason, key) => backups.confirm(path, [generation], shown.plan, reason, key)}
      onDone={(operation) => navigate(`/operations/${operation.id}`)}
      onClose={onClose}
    />
  );
}

function Shown({ preview: { inUse, removed, notes } }: { preview: ConfirmPreview }) {
  return (
    <div className="stack-s">
      {removed.map(({ identifier, lastSnapshot }) =>
        lastSnapshot === undefined ? (
          <p key={identifier} className="breaks">
            Cluster {identifier} was there before the tenant: it is forgotten, and stays.
          </p>
        ) : (
          <p key={identifier} className="breaks">
            <span className="strong status-bad">Cluster {identifier} is deleted for good.</span> A last snapshot of it,{" "}
            {lastSnapshot}, stays.
          </p>
        ),
      )}
      <p className="breaks">In use, and not touched: {inUse.identifier}.</p>
      {notes.map((note) => (
        <p key={note} className="breaks">
          {note}
        </p>
      ))}
    </div>
  );
}
