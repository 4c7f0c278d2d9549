import { Link } from "wouter";
import { asProblem } from "../api/problem.ts";
import { Note } from "./note.tsx";

/** What each code of a problem means that somebody can do, beyond what its detail says. */
const advice: Record<string, string> = {
  unreachable: "The page tries again by itself. If this lasts, see whether Teal runs and your network is up.",
  tenant_busy: "One operation at a time per tenant: let it end, or open it to abort it.",
  revision_mismatch: "Somebody else was faster. Load what is there now, and make your change again.",
  frozen: "Wait for the freeze to end, have it lifted in the calendar, or go past it with a reason.",
  plan_changed: "Look at what would be done now, and decide again.",
  drift_changed: "Look at the drift again: there is more than you saw.",
  ledger_unavailable: "The database does not answer. What is under way goes on once it does.",
  internal: "Try again. If it stays so, tell whoever runs Teal the request's id: the log has more.",
  promotion_source: "This environment takes releases by promotion only: open the release where it is proven.",
  too_many_requests: "Wait a minute.",
};

/** An error of the API: what happened, what to do, and the id by which the log has it. */
export function ProblemNote({ error, onAgain }: { error: unknown; onAgain?: (() => void) | undefined }) {
  const problem = asProblem(error);
  const underWay = operationOf(problem.evidence);
  return (
    <Note tone="bad" title={problem.title}>
      <p className="breaks">{problem.message}</p>
      {advice[problem.code] !== undefined && <p>{advice[problem.code]}</p>}
      {underWay !== undefined && (
        <p>
          <Link href={`/operations/${underWay}`}>Open the operation under way</Link>
        </p>
      )}
      <p className="row">
        {onAgain && (
          <button type="button" className="button button-small" onClick={onAgain}>
            Try again
          </button>
        )}
        <span className="tiny faint breaks">
          {problem.code}
          {problem.instance !== undefined && ` · request ${problem.instance}`}
        </span>
      </p>
    </Note>
  );
}

function operationOf(evidence: Record<string, unknown>): string | undefined {
  const found = evidence["operation"];
  if (typeof found === "string") return found;
  if (typeof found === "object" && found !== null && "id" in found && typeof found.id === "string") return found.id;
  return undefined;
}
