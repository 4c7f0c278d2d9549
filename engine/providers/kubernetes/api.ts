/** Calls for single objects. */
import type { Json, JsonObject } from "../../values/property.ts";
import type { OperationContext } from "../provider.ts";
import { Unreachable, type KubeRequest, type KubeResponse } from "./client.ts";
import { pathOf, type Kind } from "./discovery.ts";
import { NoSuchKind } from "./errors.ts";
import { apiVersionOf, kindOf, namespaceOf } from "./object.ts";
import type { Cluster, Kube } from "./kube.ts";

/** Where an object is: of which kind, in which namespace. */
export interface Place {
  collection: string;
  item(name: string): string;
}

export async function placeOf(kube: Kube, object: JsonObject): Promise<Place> {
  const kind = await findKind(kube, apiVersionOf(object), kindOf(object));
  if (!kind) throw new NoSuchKind(apiVersionOf(object), kindOf(object));
  const namespace = namespaceOf(object) || "default";
  return { collection: pathOf(kind, namespace), item: (name) => pathOf(kind, namespace, name) };
}

export function findKind(kube: Kube, apiVersion: string, kind: string): Promise<Kind | undefined> {
  return reached(kube, ({ discovery }) => discovery.find(apiVersion, kind));
}

/** Forgets what the server said of the object's kind: its definition came, went or changed. */
export function forgetKind(kube: Kube, object: JsonObject): Promise<void> {
  return reached(kube, ({ discovery }) => discovery.forget(apiVersionOf(object)));
}

/** Sends a request; what the server warns of is told to the user, which Pulumi's own provider does not do. */
export async function send(kube: Kube, request: KubeRequest, context: OperationContext): Promise<KubeResponse> {
  const response = await reached(kube, ({ client }) => client.request({ ...request, signal: context.signal }));
  for (const warning of response.warnings) context.log("warning", warning);
  return response;
}

/** A cluster that is away is waited for once, not by every resource. */
async function reached<T>(kube: Kube, call: (cluster: Cluster) => Promise<T> | T): Promise<T> {
  if (kube.away) throw kube.away;
  try {
    return await call(await kube.cluster());
  } catch (error) {
    if (error instanceof Unreachable) kube.away = error;
    throw error;
  }
}

export const dryRun = (context: OperationContext) => (context.preview ? { dryRun: "All" } : undefined);

export async function getObject(kube: Kube, path: string, context: OperationContext): Promise<JsonObject> {
  return (await send(kube, { method: "GET", path }, context)).body;
}

export interface Apply {
  readonly path: string;
  readonly body: Json;
  readonly manager: string;
  readonly force: boolean;
}

/** Server-side apply: says what the object's fields should be, and that they are `manager`'s. */
export async function apply(
  kube: Kube,
  { path, body, manager, force }: Apply,
  context: OperationContext,
): Promise<JsonObject> {
  const query = { fieldManager: manager, force: String(force), fieldValidation: "Warn", ...dryRun(context) };
  const { body: applied } = await send(
    kube,
    { method: "PATCH", path, query, body, contentType: "application/apply-patch+yaml" },
    context,
  );
  return applied;
}

/** Gives up all fields that `manager` has: those that nobody else has either go. */
export async function relinquish(
  kube: Kube,
  object: JsonObject,
  name: string,
  manager: string,
  context: OperationContext,
): Promise<void> {
  const namespace = namespaceOf(object);
  const metadata = { name, ...(namespace !== "" && { namespace }) };
  const body = { apiVersion: apiVersionOf(object), kind: kindOf(object), metadata };
  await apply(kube, { path: (await placeOf(kube, object)).item(name), body, manager, force: false }, context);
}
