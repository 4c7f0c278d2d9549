import type { PlannedStep } from "../api/types.ts";
import { groupsOf, planInShort } from "../words/plan.ts";

/** What would be done, first in a sentence, then object by object. */
export function Plan({ steps, open = false }: { steps: readonly PlannedStep[]; open?: boolean }) {
  const groups = groupsOf(steps);
  return (
    <div className="stack-s">
      <p className="strong">{planInShort(steps)}</p>
      {groups.length > 0 && (
        <details open={open}>
          <summary>Object by object</summary>
          <div className="stack-s">
            {groups.map(({ op, verb, steps: all }) => (
              <div key={op} className="stack-s">
                <h3 className={op === "delete" || op === "replace" ? "status-bad" : ""}>
                  {verb} {all.length}
                </h3>
                <ul className="plan">
                  {all.map(({ kind, name, purpose, diffs }) => (
                    <li key={`${kind} ${name}`}>
                      <span className="strong">{kind}</span> <code>{name}</code>
                      {purpose !== "" && <span className="faint"> {purpose}</span>}
                      {diffs.length > 0 && <div className="small faint breaks">{diffs.join(", ")}</div>}
                    </li>
                  ))}
                </ul>
              </div>
            ))}
          </div>
        </details>
      )}
    </div>
  );
}
