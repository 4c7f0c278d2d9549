import type { Deployment, ReplicaSet } from "./objects.ts";

/** How many pods an update may add, and how many may be missing meanwhile. */
export interface Bounds {
  surge: number;
  unavailable: number;
}

/** A wanted number of copies for a set. */
export interface Scaling {
  set: ReplicaSet;
  replicas: number;
}

export function boundsOf({ spec }: Deployment): Bounds {
  if (spec.strategy.type === "Recreate") return { surge: 0, unavailable: 0 };
  const { maxSurge = 0, maxUnavailable = 0 } = spec.strategy.rollingUpdate ?? {};
  const surge = share(maxSurge, spec.replicas, Math.ceil);
  const unavailable = share(maxUnavailable, spec.replicas, Math.floor);
  // Without either nothing could ever move.
  return surge === 0 && unavailable === 0 ? { surge, unavailable: 1 } : { surge, unavailable };
}

/** A number, or a percentage of `whole`. */
export function share(value: number | string, whole: number, round: (n: number) => number): number {
  if (typeof value === "number") return value;
  const percent = Number(value.replace(/%$/, ""));
  return value.endsWith("%") ? round((percent * whole) / 100) : percent;
}

const sum = (sets: ReplicaSet[], of: (set: ReplicaSet) => number): number =>
  sets.reduce((total, set) => total + of(set), 0);
const wanted = (set: ReplicaSet): number => set.spec.replicas;
const available = (set: ReplicaSet): number => set.status.availableReplicas ?? 0;

/**
 * The next step of a rolling update: the new set grows as far as the surge allows; then old ones shrink, unhealthy copies
 * first, as far as enough stay available. `old` is oldest first.
 */
export function rollingStep(deployment: Deployment, current: ReplicaSet, old: ReplicaSet[]): Scaling[] {
  const { surge, unavailable } = boundsOf(deployment);
  const desired = deployment.spec.replicas;
  const total = sum([current, ...old], wanted);
  if (wanted(current) > desired) return [{ set: current, replicas: desired }];
  const room = Math.min(desired + surge - total, desired - wanted(current));
  if (room > 0) return [{ set: current, replicas: wanted(current) + room }];
  return shrinkOld(current, old, desired - unavailable);
}

function shrinkOld(current: ReplicaSet, old: ReplicaSet[], least: number): Scaling[] {
  const left = new Map(old.map((set) => [set, wanted(set)]));
  const total = sum([current, ...old], wanted);
  let budget = total - least - (wanted(current) - available(current));
  for (const set of old) {
    const cut = Math.max(0, Math.min(budget, wanted(set) - available(set)));
    left.set(set, wanted(set) - cut);
    budget -= cut;
  }
  let spare = Math.min(budget, sum([current, ...old], available) - least);
  for (const set of old) {
    const cut = Math.max(0, Math.min(spare, left.get(set)!));
    left.set(set, left.get(set)! - cut);
    spare -= cut;
  }
  return old.map((set) => ({ set, replicas: left.get(set)! })).filter(({ set, replicas }) => replicas !== wanted(set));
}
