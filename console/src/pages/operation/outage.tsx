import type { Operation } from "../../api/types.ts";
import { Status } from "../../parts/status.tsx";
import { At, useSeconds } from "../../parts/time.tsx";
import { hasEnded } from "../../words/machine.ts";
import { duration } from "../../words/time.ts";

/** How long nobody was served, or is not yet, beside what the policy takes for too long. */
export function Outage({ operation, outage }: { operation: Operation; outage: NonNullable<Operation["outage"]> }) {
  const { from, to, limitSeconds } = outage;
  const now = useSeconds();
  // Whatever opened the service again later is told there: this one can't tell how long it was shut in all.
  if (to === undefined && hasEnded(operation))
    return (
      <>
        from <At at={from} /> on: it left the service shut
      </>
    );
  // What the API said ages while it goes on.
  const seconds = to === undefined ? Math.ceil((now.getTime() - Date.parse(from)) / 1000) : outage.seconds;
  return (
    <span className="row">
      <span>
        <span className="strong">
          {duration(seconds)}
          {to === undefined && " so far"}
        </span>{" "}
        of at most {duration(limitSeconds)}
      </span>
      {(outage.tooLong || seconds > limitSeconds) && <Status tone="bad">Too long</Status>}
    </span>
  );
}
