import type { ResourceState } from "../state/resource.ts";
import { Secret, type Value } from "../values/property.ts";

/** Marks as secret the outputs that the program wants so, and those whose input of the same name is. */
export function withSecretOutputs(state: ResourceState): ResourceState {
  const secret = [
    ...state.additionalSecretOutputs,
    ...Object.keys(state.inputs).filter((key) => state.inputs[key] instanceof Secret),
  ].filter((key) => Object.hasOwn(state.outputs, key) && !(state.outputs[key] instanceof Secret));
  if (secret.length === 0) return state;
  const outputs: Record<string, Value> = { ...state.outputs };
  for (const key of secret) outputs[key] = new Secret(outputs[key]!);
  return { ...state, outputs };
}
