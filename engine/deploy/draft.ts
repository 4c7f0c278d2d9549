import type { ResourceState } from "../state/resource.ts";
import type { Goal } from "./goal.ts";

/** The state that a goal leads to, before a provider has had its say. */
export function draftState(urn: string, goal: Goal, old: ResourceState | undefined): ResourceState {
  return {
    urn,
    type: goal.type,
    custom: goal.custom,
    delete: false,
    id: "",
    inputs: goal.properties,
    outputs: {},
    parent: goal.parent,
    protect: goal.protect ?? false,
    external: false,
    dependencies: goal.dependencies,
    initErrors: [],
    provider: goal.provider,
    propertyDependencies: goal.propertyDependencies,
    pendingReplacement: false,
    additionalSecretOutputs: goal.additionalSecretOutputs,
    aliases: [],
    customTimeouts: goal.customTimeouts,
    retainOnDelete: goal.retainOnDelete ?? false,
    deletedWith: goal.deletedWith,
    replaceWith: goal.replaceWith,
    replacementTrigger: goal.replacementTrigger,
    replaceOnChanges: goal.replaceOnChanges,
    ignoreChanges: goal.ignoreChanges,
    hideDiffs: goal.hideDiffs,
    created: old?.created,
    modified: old?.modified,
    other: {},
  };
}
