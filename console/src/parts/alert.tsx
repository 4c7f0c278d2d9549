import type { Alert } from "../api/types.ts";
import type { Tone } from "../words/machine.ts";
import { Address } from "./address.tsx";
import { Mark } from "./slot.tsx";
import { Status } from "./status.tsx";
import { Ago, At } from "./time.tsx";

const severities: Record<Alert["severity"], { word: string; tone: Tone }> = {
  critical: { word: "Critical", tone: "bad" },
  warning: { word: "Warning", tone: "wait" },
  info: { word: "For information", tone: "quiet" },
};

interface Facts {
  alert: Alert;
  /** Where nothing beside it says so. */
  severity?: Alert["severity"];
}

/** What is to be known of an alert besides what it says: what raised it, and what to do. */
export function AlertFacts({ alert: { runbook, generator, name, color }, severity }: Facts) {
  return (
    <p className="small muted row">
      <span>
        {severity !== undefined && `${severities[severity].word}: `}
        <code>{name}</code>
      </span>
      {color !== null && <Mark color={color} />}
      {runbook !== null && <Address text={runbook}>What to do</Address>}
      {generator !== null && <Address text={generator}>What raised it</Address>}
    </p>
  );
}

/** Alerts, one below the other. */
export function AlertList({ alerts }: { alerts: readonly Alert[] }) {
  return (
    <ul className="stack-s">
      {alerts.map((alert) => (
        <li key={alert.id} className="stack-s">
          <div className="row">
            <Status tone={alert.state === "firing" ? severities[alert.severity].tone : "quiet"}>
              {alert.state === "firing" ? severities[alert.severity].word : "Over"}
            </Status>
            <span className="strong breaks">{alert.summary}</span>
            <span className="small muted push">
              {alert.endedAt === null ? (
                <>
                  since <Ago at={alert.since} />
                </>
              ) : (
                <>
                  <At at={alert.since} /> to <At at={alert.endedAt} />
                </>
              )}
            </span>
          </div>
          {alert.description !== null && <p className="small breaks">{alert.description}</p>}
          <AlertFacts alert={alert} />
        </li>
      ))}
    </ul>
  );
}
