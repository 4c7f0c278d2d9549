import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation/index.js";
import type { DriftItem, DriftView } from "../../model/views.ts";
import { additionsIn } from "./additions.ts";
import { digestOf } from "./digest.ts";
import type { Mask } from "./mask.ts";
import { plannedStep, type PlannedStep } from "./plan.ts";

/** What `preview --refresh` finds. */
export interface StackDrift {
  items: DriftItem[];
  additions: DriftView["additions"];
}

const changes = { create: "deleted", update: "changed", replace: "changed", delete: "added" } as const;

/** Gathers drift from the engine events of a preview that refreshes first: what it would do is what has drifted. */
export function driftWatch(mask: Mask) {
  const items: DriftItem[] = [];
  const additions: DriftView["additions"] = [];
  const beingRead = new Set<string>();
  const onEvent = ({ resourcePreEvent, resOutputsEvent }: EngineEvent): void => {
    const planned = resourcePreEvent?.metadata;
    const step = planned && plannedStep(planned);
    if (step) items.push(itemOf(step, planned, mask));
    if (planned?.op === "refresh") beingRead.add(planned.urn);
    const read = resOutputsEvent?.metadata;
    if (!read || !beingRead.delete(read.urn)) return;
    const { kind, name } = named(read);
    additions.push(...additionsIn(read.new?.outputs).map((addition) => ({ kind, name, ...addition })));
  };
  return {
    onEvent,
    /** Parts of what has changed are no additions. */
    drift: (): StackDrift => ({ items, additions: additions.filter((one) => !items.some(covers(one))) }),
  };
}

function covers(addition: DriftView["additions"][number]) {
  const plain = addition.path.replaceAll(/\[[^\]]*\]/g, "");
  return ({ kind, name, properties }: DriftItem) =>
    kind === addition.kind &&
    name === addition.name &&
    properties.some(({ path }) => plain.startsWith(path.replaceAll(/\[[^\]]*\]/g, "")));
}

function itemOf(step: PlannedStep, metadata: StepEventMetadata, mask: Mask): DriftItem {
  const { urn, diffs } = step;
  const { kind, name } = named(metadata);
  const change = changes[step.op];
  const shown = (state: StepEventMetadata["new"], path: string): string | undefined => {
    const value = state && valueAt(state.inputs, path);
    return value === undefined || kind === "Secret" ? undefined : mask(JSON.stringify(value)).slice(0, 500);
  };
  const properties =
    change === "changed"
      ? diffs.map((path) => {
          const [expected, found] = [shown(metadata.new, path), shown(metadata.old, path)];
          return { path, ...(expected !== undefined && { expected }), ...(found !== undefined && { found }) };
        })
      : [];
  const id = digestOf([urn, step.op, JSON.stringify(properties)]);
  return { id, urn, kind, name, change, properties };
}

function named({ urn, type }: { urn: string; type: string }): { kind: string; name: string } {
  return { kind: type.slice(type.lastIndexOf(":") + 1), name: urn.slice(urn.lastIndexOf("::") + 2) };
}

/** The value at a path as detailed diffs write it: `spec.rules[0].backendRefs`, `metadata.labels["a.b/c"]`. */
export function valueAt(value: unknown, path: string): unknown {
  const parts = [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)];
  return parts.reduce<unknown>((at, [, quoted, index, plain]) => {
    if (typeof at !== "object" || at === null) return undefined;
    return (at as Record<string, unknown>)[quoted ?? index ?? plain ?? ""];
  }, value);
}
