import { useQuery } from "@tanstack/react-query";
import { operationAlertsQuery } from "../../api/queries.ts";
import type { Operation } from "../../api/types.ts";
import { AlertList } from "../../parts/alert.tsx";
import { Card } from "../../parts/card.tsx";

/** Critical alerts of the copy that the release goes to. Nothing where there were none. */
export function OperationAlerts({ operation: { id } }: { operation: Operation }) {
  const alerts = useQuery(operationAlertsQuery(id)).data ?? [];
  if (alerts.length === 0) return null;
  return (
    <Card title="Alerts of the new slot">
      <div className="stack-s">
        <AlertList alerts={alerts} />
        <p className="small muted">
          Alertmanager told them while this was under way. They decide nothing: the checks and figures of each step do,
          and you can.
        </p>
      </div>
    </Card>
  );
}
