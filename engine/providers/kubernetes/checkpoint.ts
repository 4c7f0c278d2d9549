/** What state holds of an object: the object itself, and under hidden names what it was made from and by whom. */
import type { OperationContext } from "../provider.ts";
import { reveal, type JsonObject, type PropertyMap } from "../../values/property.ts";
import { apiVersionOf, isObject } from "./object.ts";
import { uniqueName } from "./naming.ts";
import { fromObject, toObject } from "./plain.ts";

export function checkpoint(of: {
  readonly inputs: JsonObject;
  readonly live: JsonObject;
  /** The inputs as the program gave them: with its secrets. */
  readonly news: PropertyMap;
  readonly initialApiVersion: string;
  readonly manager: string;
}): PropertyMap {
  return {
    ...fromObject(of.live, of.news),
    __inputs: fromObject(of.inputs, of.news),
    __initialApiVersion: of.initialApiVersion,
    __fieldManager: of.manager,
  };
}

export interface Checkpoint {
  readonly inputs: JsonObject;
  readonly live: JsonObject;
  /** Empty where state has none: an object that was imported. */
  readonly manager: string;
  readonly initialApiVersion: string;
}

export function parseCheckpoint(outputs: PropertyMap): Checkpoint {
  const { __inputs: inputs, __initialApiVersion: version, __fieldManager: manager, ...live } = toObject(outputs);
  const kept = isObject(inputs) ? inputs : {};
  return {
    inputs: kept,
    live,
    manager: typeof manager === "string" ? manager : "",
    initialApiVersion: typeof version === "string" ? version : apiVersionOf(kept),
  };
}

/** The manager of an object's fields: as its annotation says, as it was, or a new one. */
export function managerOf(outputs: PropertyMap | undefined, annotated: string): string {
  const kept = outputs && reveal(outputs["__fieldManager"] ?? null);
  return annotated || (typeof kept === "string" && kept !== "" ? kept : uniqueName("pulumi-kubernetes-"));
}

/** The state of a resource after an operation: the live object, with what Pulumi keeps beside it. */
export function outputsOf(
  news: PropertyMap,
  sent: JsonObject,
  live: JsonObject,
  initialApiVersion: string,
  manager: string,
  context: OperationContext,
): PropertyMap {
  const { status: _, ...withoutStatus } = live;
  return checkpoint({ inputs: sent, live: context.preview ? withoutStatus : live, news, initialApiVersion, manager });
}
