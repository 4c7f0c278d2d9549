import type { StackResource } from "../../api/types.ts";
import { Status } from "../../parts/status.tsx";
import { kindOf } from "../../words/plan.ts";
import { treeOf, type Node } from "./tree.ts";

/** The stack's resources, each below the one that made it. */
export function ResourceTree({ resources }: { resources: readonly StackResource[] }) {
  return (
    <ul className="tree">
      {treeOf(resources).map((node) => (
        <Branch key={node.resource.urn} node={node} />
      ))}
    </ul>
  );
}

function Branch({ node: { resource, children } }: { node: Node }) {
  if (children.length === 0)
    return (
      <li>
        <Leaf resource={resource} />
      </li>
    );
  return (
    <li>
      <details open>
        <summary>
          <Leaf resource={resource} />
        </summary>
        <ul>
          {children.map((child) => (
            <Branch key={child.resource.urn} node={child} />
          ))}
        </ul>
      </details>
    </li>
  );
}

const states: Record<Exclude<StackResource["state"], "ok">, string> = {
  pending: "End not known",
  incomplete: "Incomplete",
  deleting: "To be deleted",
};

function Leaf({ resource }: { resource: StackResource }) {
  const { type, name, id, state, pending, errors, protect } = resource;
  return (
    <span className="leaf">
      <span className="strong">{kindOf(type)}</span> <code>{name}</code>
      {protect && <span className="badge">protected</span>}
      {state !== "ok" && (
        <Status tone={state === "deleting" ? "run" : "bad"}>
          {states[state]}
          {pending !== undefined && ` (${pending})`}
        </Status>
      )}
      {id !== undefined && id !== "" && id !== name && <span className="small faint mono breaks">{id}</span>}
      {errors?.map((error) => (
        <span key={error} className="small status-bad breaks">
          {error}
        </span>
      ))}
    </span>
  );
}
