/** Which resource of the state before a registration means. */
import type { ResourceState } from "../state/resource.ts";
import { makeUrn, type StackId } from "../state/urn.ts";
import { aliasUrns } from "./aliases.ts";
import { PlanError } from "./failure.ts";
import type { Goal } from "./goal.ts";
import type { Plans } from "./plans.ts";

/** The URN of a registration; a program can have it once. */
export function claimUrn(id: StackId, plans: Plans, goal: Goal): string {
  const urn = makeUrn(id, goal.parent, goal.type, goal.name);
  if (goal.parent && !plans.seen.has(goal.parent))
    throw new PlanError(urn, `could not find parent resource ${goal.parent}`);
  if (plans.seen.has(urn)) throw new PlanError(urn, `Duplicate resource URN '${urn}'; try giving it a unique name`);
  plans.seen.add(urn);
  return urn;
}

/** The URN under which the state before has the resource: its own, or one that it or its parent had. */
export function findOld(
  id: StackId,
  plans: Plans,
  olds: ReadonlyMap<string, ResourceState>,
  urn: string,
  goal: Goal,
): string | undefined {
  const { aliases, aliased, seen } = plans;
  const taken = aliased.get(urn);
  if (taken !== undefined)
    throw new PlanError(
      urn,
      `Duplicate resource URN '${urn}' conflicting with alias on resource with URN '${taken}'; try giving it a unique name`,
    );
  const former = aliasUrns(goal, goal.aliases, id, aliases);
  const found = [urn, ...former].find((candidate) => olds.has(candidate));
  if (found === undefined || found === urn) return found;
  const other = seen.has(found) ? urn : aliased.get(found);
  if (other !== undefined)
    throw new PlanError(
      urn,
      `Duplicate resource alias '${found}' applied to resource with URN '${urn}' conflicting with resource with URN '${other}'; try giving it a unique name`,
    );
  return found;
}
