import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { outputQuery } from "../../api/queries.ts";
import { Card } from "../../parts/card.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { Status } from "../../parts/status.tsx";
import { Ago, Took } from "../../parts/time.tsx";
import { wordsOf } from "../../words/machine.ts";

/** What Pulumi printed, for those who want to see it. Not asked for until somebody does. */
export function Output({ id, open = false }: { id: string; open?: boolean }) {
  const [wanted, setWanted] = useState(open);
  return (
    <Card title="Pulumi output">
      {wanted ? (
        <Runs id={id} />
      ) : (
        <button type="button" className="button button-small" onClick={() => setWanted(true)}>
          Show what Pulumi printed
        </button>
      )}
    </Card>
  );
}

export function Runs({ id }: { id: string }) {
  const output = useQuery(outputQuery(id));
  return (
    <Loaded query={output} what="what Pulumi printed" lines={6}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="muted">Nothing yet. It is kept for 30 days.</p>
        ) : (
          <ul className="stack-s">
            {items.toReversed().map((run, i) => (
              <li key={run.startedAt}>
                <details open={i === 0}>
                  <summary>
                    {run.task} while {wordsOf(run.phase).short.toLowerCase()}, <Ago at={run.startedAt} />, took{" "}
                    <Took from={run.startedAt} to={run.endedAt} /> {run.failed && <Status tone="bad">Failed</Status>}
                  </summary>
                  {run.truncated && <p className="small faint">Its beginning is left out.</p>}
                  {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- What scrolls has to be reached by keyboard. */}
                  <pre className="terminal" tabIndex={0}>
                    {run.text}
                  </pre>
                </details>
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}
