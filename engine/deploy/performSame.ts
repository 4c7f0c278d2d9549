/** Steps that change nothing at a provider's; but state may learn something, such as new dependencies. */
import type { ResourceState } from "../state/resource.ts";
import { isProviderType } from "../state/urn.ts";
import { equal } from "../values/property.ts";
import type { Deploying } from "./context.ts";
import type { Outcome } from "./outcome.ts";
import { withSecretOutputs } from "./secretOutputs.ts";
import type { Step } from "./step.ts";

export function performSame(deploying: Deploying, step: Step): Outcome {
  const old = step.old!;
  // What a limited operation leaves out is not there.
  if (step.skipped) return { state: step.new };
  const next = withSecretOutputs({ ...step.new!, id: old.id, outputs: old.outputs });
  const state = step.untargeted || sameState(old, next) ? old : { ...next, other: old.other };
  if (isProviderType(state.type)) deploying.registry.register(state);
  if (state === old) deploying.snapshot.keep(old);
  else {
    deploying.snapshot.done(old);
    deploying.snapshot.add(state);
  }
  return { state };
}

/** Whether there is nothing in which the states differ that would have to be written. */
function sameState(old: ResourceState, next: ResourceState): boolean {
  const lists = [
    "dependencies",
    "additionalSecretOutputs",
    "ignoreChanges",
    "replaceOnChanges",
    "initErrors",
    "replaceWith",
    "hideDiffs",
  ] as const;
  const plain = [
    "urn",
    "type",
    "custom",
    "id",
    "parent",
    "protect",
    "provider",
    "retainOnDelete",
    "deletedWith",
    "external",
  ] as const;
  return (
    plain.every((key) => old[key] === next[key]) &&
    lists.every((key) => sameList(old[key], next[key])) &&
    equal(old.inputs, next.inputs) &&
    (old.outputs === next.outputs || equal(old.outputs, next.outputs)) &&
    equal(old.replacementTrigger, next.replacementTrigger) &&
    sameTimeouts(old, next) &&
    Object.keys(next.propertyDependencies).length === Object.keys(old.propertyDependencies).length &&
    Object.entries(next.propertyDependencies).every(([key, urns]) =>
      sameList(urns, old.propertyDependencies[key] ?? [undefined]),
    )
  );
}

function sameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && (a.every((item, i) => item === b[i]) || a.every((item) => b.includes(item)));
}

function sameTimeouts(a: ResourceState, b: ResourceState): boolean {
  const names = ["create", "update", "delete", "read"] as const;
  return names.every((name) => (a.customTimeouts?.[name] ?? 0) === (b.customTimeouts?.[name] ?? 0));
}
