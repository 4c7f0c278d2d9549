import type { Outcome } from "../api/types.ts";
import { causeText } from "../words/machine.ts";
import { Said } from "./said.tsx";
import { Figures } from "./figures.tsx";

const sources: Record<Outcome["evidence"][number]["source"], string> = {
  log: "Log",
  exit: "Exit",
  event: "Cluster",
  request: "Request",
  metric: "Figure",
  pulumi: "Pulumi",
  person: "Person",
};

/** Why it waits or ended badly: whose turn it is, what happened, and what shows it. */
export function OutcomeText({ outcome, brief = false }: { outcome: Outcome; brief?: boolean }) {
  return (
    <div className="stack-s">
      <p className="breaks">
        <Said text={outcome.message} />
      </p>
      <p className="small muted">
        {causeText(outcome.cause)}. <code className="faint">{outcome.code}</code>
      </p>
      <Evidence evidence={outcome.evidence} brief={brief} />
    </div>
  );
}

/** What shows it. `brief`: folded where there is more than a line or two. */
export function Evidence({ evidence, brief }: { evidence: Outcome["evidence"]; brief: boolean }) {
  if (evidence.length === 0) return null;
  const figures = evidence.flatMap(({ figure }) => (figure ? [figure] : []));
  const others = evidence.filter(({ figure }) => !figure);
  const shown = (
    <div className="stack-s">
      {figures.length > 0 && <Figures figures={figures} />}
      {others.length > 0 && (
        <dl className="evidence">
          {others.map(({ source, text }, i) => (
            <div key={i}>
              <dt>{sources[source]}</dt>
              <dd className="mono breaks">{text}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
  if (!brief) return shown;
  return (
    <details>
      <summary>Evidence ({evidence.length})</summary>
      {shown}
    </details>
  );
}
