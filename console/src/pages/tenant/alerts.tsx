import { useQuery } from "@tanstack/react-query";
import { tenantAlertsQuery } from "../../api/queries.ts";
import { AlertList } from "../../parts/alert.tsx";
import { Note } from "../../parts/note.tsx";
import { counted } from "../../words/figures.ts";

/** Alerts that fire for a tenant. */
export function TenantAlerts({ env, id }: { env: string; id: string }) {
  const alerts = useQuery(tenantAlertsQuery(env, id)).data ?? [];
  if (alerts.length === 0) return null;
  const critical = alerts.some(({ severity }) => severity === "critical");
  return (
    <Note tone={critical ? "bad" : "wait"} title={`${counted(alerts.length, "alert")} firing`}>
      <AlertList alerts={alerts} />
    </Note>
  );
}
