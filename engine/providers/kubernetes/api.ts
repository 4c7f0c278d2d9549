/** Calls for single objects. */
import type { Json, JsonObject } from "../../values/property.ts";
import type { OperationContext } from "../provider.ts";
import type { KubeRequest, KubeResponse } from "./client.ts";
import { pathOf } from "./discovery.ts";
import { NoSuchKind } from "./errors.ts";
import { apiVersionOf, kindOf, namespaceOf } from "./object.ts";
import type { Kube } from "./kube.ts";

/** Where an object is: of which kind, in which namespace. */
export interface Place {
  collection: string;
  item(name: string): string;
}

export async function placeOf(kube: Kube, object: JsonObject): Promise<Place> {
  const { client, discovery } = await kube.cluster();
  const kind = await discovery.find(apiVersionOf(object), kindOf(object));
  if (!kind) throw new NoSuchKind(apiVersionOf(object), kindOf(object));
  const namespace = namespaceOf(object) || client.namespace;
  return { collection: pathOf(kind, namespace), item: (name) => pathOf(kind, namespace, name) };
}

/** Sends a request; what the server warns of is told to the user. */
export async function send(kube: Kube, request: KubeRequest, context: OperationContext): Promise<KubeResponse> {
  const { client } = await kube.cluster();
  const response = await client.request({ ...request, signal: context.signal });
  for (const warning of response.warnings) context.log("warning", warning);
  return response;
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
