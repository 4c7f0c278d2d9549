/** What must hold of world and state, whatever was done. */
import { readFileSync } from "node:fs";
import { echoOf, thingType } from "./memoryPackage.ts";
import { flaws, needs, type Checkpoint, type StoredResource } from "./checkpoint.ts";
import { type Program, type ResourceSpec } from "./program.ts";
import type { World, WorldObject } from "./world.ts";

const nameOf = (state: StoredResource) => state.urn.split("::").at(-1)!;
export const uidOf = (state: StoredResource) => Number(/r(\d+)v/.exec(nameOf(state))?.[1] ?? -1);

/** Everything that is wrong with the state, or lost from it. `abandoned` are the objects left behind on purpose. */
export function broken(checkpoint: Checkpoint, world: World, abandoned: ReadonlySet<string>): string[] {
  const known = new Set([
    ...checkpoint.resources.map(({ id }) => id),
    ...checkpoint.pending.flatMap(({ resource }) => [resource.id, resource.inputs?.["name"]]),
  ]);
  const lost = [...world.objects.keys()].filter((id) => !known.has(id) && !abandoned.has(id));
  return [...flaws(checkpoint), ...world.violations, ...lost.map((id) => `${id} is lost`)];
}

/**
 * The objects that a run may have left behind on purpose: retained by what state said before it, or lying in one that
 * was and going with it.
 */
export function leftBehind(before: Checkpoint, after: Checkpoint, world: World): string[] {
  const known = new Set(after.resources.map(({ id }) => id));
  const gone = before.resources.filter(({ id }) => id !== undefined && !known.has(id) && world.objects.has(id));
  const left = new Set(gone.filter((state) => state.retainOnDelete).map((state) => state.id!));
  for (const state of gone) {
    const container = world.objects.get(state.id!)!.inputs["container"];
    if (state.deletedWith && typeof container === "string" && left.has(container)) left.add(state.id!);
  }
  return [...left];
}

/** How world and state differ from what a program wants, once it was carried out. */
export function unlike(program: Program, checkpoint: Checkpoint, world: World): string[] {
  const found: string[] = [];
  const live = checkpoint.resources.filter((state) => !state.delete);
  const stateOf = (uid: number | undefined) => {
    const spec = program.find((each) => each.uid === uid);
    return spec && live.find((state) => nameOf(state) === spec.name);
  };
  if (live.length !== checkpoint.resources.length) found.push("something replaced is still there");
  const wanted = program.filter((spec) => spec.kind === "thing");
  const things = live.filter((state) => state.type === thingType);
  if (things.length !== wanted.length) found.push(`${wanted.length} things wanted, ${things.length} in state`);
  for (const spec of wanted) {
    const state = stateOf(spec.uid);
    const object = world.objects.get(state?.id ?? "");
    if (!state || !object) found.push(`${spec.name} is missing from the ${state ? "world" : "state"}`);
    else found.push(...differences(spec, object, (uid) => stateOf(uid)?.id, program));
  }
  // A creation that a crash left stays on record while the program has not asked for it again.
  const ids = new Set(live.map(({ id }) => id));
  for (const { type, resource } of checkpoint.pending)
    if (type !== "creating" || ids.has(resource.inputs?.["name"] as string))
      found.push(`${type} ${resource.urn} is still pending`);
  return found;
}

function differences(
  spec: ResourceSpec,
  object: WorldObject,
  idOf: (uid: number | undefined) => string | undefined,
  program: Program,
): string[] {
  const source = program.find(({ uid }) => uid === spec.copy);
  const { value, key, label } = spec;
  const expected = {
    value,
    key,
    ...(!spec.ignoreLabel && { label }),
    token: `hush-${spec.uid}-${spec.token}`,
    link: idOf(spec.link),
    bond: idOf(spec.bond),
    container: idOf(spec.container),
    copy: source && echoOf({ value: source.value }),
  };
  return Object.entries(expected)
    .filter(([name, each]) => object.inputs[name] !== each)
    .map(
      ([name, each]) => `${spec.name}.${name}: ${String(each)} wanted, the world has ${String(object.inputs[name])}`,
    );
}

/**
 * What forbids that the object is deleted now, by the state on disk and what is there. A run that is `limited` to some
 * resources leaves others pointing to what it replaced.
 */
export function forbidsDeletion(
  path: string,
  world: World,
  program: Program,
  object: WorldObject,
  limited: boolean,
): string | undefined {
  const { checkpoint } = JSON.parse(readFileSync(path, "utf8")) as {
    checkpoint: {
      latest: { resources?: StoredResource[]; pending_operations?: { type: string; resource: StoredResource }[] };
    };
  };
  const { resources = [], pending_operations: pending = [] } = checkpoint.latest;
  const intent = pending.find(({ type, resource }) => type === "deleting" && resource.id === object.id)?.resource;
  const state = resources.find(({ id }) => id === object.id);
  if (!intent || !state) return "nothing of that is on disk";
  if (state.protect && !state.delete && !intent.pendingReplacement) return "it is protected";
  const alive = resources.filter((other) => other !== state && other.id !== undefined && world.objects.has(other.id));
  const early = intent.pendingReplacement === true && !state.delete;
  const dependant = alive.find((other) =>
    early ? mustGoFirst(other, state, program) : (!state.delete || other.delete) && needs(other).has(state.urn),
  );
  if (dependant) return `${dependant.urn} needs it`;
  const pointing =
    early || limited ? undefined : alive.find((other) => pointsTo(world.objects.get(other.id!)!, object.id));
  return pointing && `${pointing.urn} still points to it`;
}

const pointsTo = ({ inputs }: WorldObject, id: string) =>
  ["link", "bond", "container"].some((key) => inputs[key] === id);

/** Before something is deleted to be made anew, all must go that it would take another of. */
function mustGoFirst(other: StoredResource, state: StoredResource, program: Program): boolean {
  if (other.delete || other.retainOnDelete || other.deletedWith === state.urn) return false;
  const keys = (["bond", "container"] as const).filter((key) => other.propertyDependencies?.[key]?.includes(state.urn));
  // One that the program has no longer bound to it may have been dealt with before.
  const spec = program.find(({ uid }) => uid === uidOf(other));
  return keys.some((key) => !spec || spec[key] === uidOf(state));
}
