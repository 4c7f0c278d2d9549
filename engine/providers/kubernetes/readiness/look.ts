/** How rules of readiness look at objects. */
import type { Json, JsonObject } from "../../../values/property.ts";
import type { OperationContext } from "../../provider.ts";
import { getObject } from "../api.ts";
import { ApiError } from "../client.ts";
import type { Kube } from "../kube.ts";
import { isObject, metadataOf, namespaceOf } from "../object.ts";

export type Readiness =
  | { readonly ready: true }
  | {
      readonly ready: false;
      /** Waiting is of no use. */
      readonly failed?: boolean;
      /** When the time is up, this is good enough. */
      readonly tolerable?: boolean;
      /** What progress shows. */
      readonly status: string;
      /** What is wrong, asked for only when it is to be told. */
      readonly reasons?: () => Promise<readonly string[]> | readonly string[];
    };

export interface Around {
  readonly kube: Kube;
  readonly context: OperationContext;
  /** The object before it was changed; undefined when it has just been made. */
  readonly before: JsonObject | undefined;
  /** How long `value` has been what it is, in seconds. */
  steadyFor(value: string): number;
}

export interface Rule {
  look(object: JsonObject, around: Around): Readiness | Promise<Readiness>;
  /** Whether a refresh asks for readiness too. */
  readonly onRead: boolean;
  /** Seconds to wait at most, where that is not for the resource to say. */
  readonly limit?: number;
  /** What to say when the time is up. */
  late(name: string): string;
}

export const ready: Readiness = { ready: true };
export const waiting = (status: string, reasons?: () => Promise<readonly string[]> | readonly string[]): Readiness => ({
  ready: false,
  status,
  ...(reasons && { reasons }),
});

export const late = (name: string) => `'${name}' timed out waiting to be Ready`;
export const lateByPolling = (name: string) => `Timeout occurred polling for '${name}'`;
export const lateCondition = () => "timed out waiting for the condition";

export const part = (object: JsonObject, name: string): JsonObject => (isObject(object[name]) ? object[name] : {});
export const statusOf = (object: JsonObject) => part(object, "status");
export const specOf = (object: JsonObject) => part(object, "spec");
export const listOf = (value: Json | undefined) => (Array.isArray(value) ? value.filter(isObject) : []);
export const number = (value: Json | undefined, otherwise = 0) => (typeof value === "number" ? value : otherwise);
export const text = (value: Json | undefined) => (typeof value === "string" ? value : "");
export const generationOf = (object: JsonObject) => number(metadataOf(object)["generation"]);

export function condition(object: JsonObject, type: string): JsonObject | undefined {
  return listOf(statusOf(object)["conditions"]).find((each) => each["type"] === type);
}

/** `namespace/name`, or the name alone in the namespace called default. */
export function qualifiedName(object: JsonObject): string {
  const [namespace, name] = [namespaceOf(object), text(metadataOf(object)["name"])];
  return namespace === "" || namespace === "default" ? name : `${namespace}/${name}`;
}

/** What is in the same namespace; none where that can't be found out. */
export async function neighbours(
  object: JsonObject,
  root: string,
  plural: string,
  { kube, context }: Around,
): Promise<JsonObject[]> {
  const path = `${root}/namespaces/${encodeURIComponent(namespaceOf(object) || "default")}/${plural}`;
  try {
    return listOf((await getObject(kube, path, context))["items"]);
  } catch (error) {
    if (error instanceof ApiError) return [];
    throw error;
  }
}

export async function ownedBy(owner: JsonObject, root: string, plural: string, around: Around): Promise<JsonObject[]> {
  const uid = metadataOf(owner)["uid"];
  const all = await neighbours(owner, root, plural, around);
  return all.filter((each) =>
    listOf(metadataOf(each)["ownerReferences"]).some((reference) => reference["uid"] === uid),
  );
}
