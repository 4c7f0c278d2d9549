import { type Cluster, existing, type WriteOptions } from "./cluster.ts";
import { create } from "./create.ts";
import { incoming } from "./incoming.ts";
import { isObject, type JsonObject, objectAt } from "./json.ts";
import { jsonPatched } from "./jsonPatch.ts";
import { type Kind, resourceOf } from "./kinds.ts";
import { applied, entriesOf } from "./managed.ts";
import { mergePatched, strategicPatched } from "./mergePatch.ts";
import type { KubeObject } from "./object.ts";
import { shapeOf } from "./schema.ts";
import { badRequest, conflict, modifiedMeanwhile, notFound, StatusError, unsupportedMedia } from "./status.ts";
import { replace } from "./update.ts";

export const patchTypes = {
  json: "application/json-patch+json",
  merge: "application/merge-patch+json",
  strategic: "application/strategic-merge-patch+json",
  apply: "application/apply-patch+yaml",
} as const;

/** Changes an object by one of the patch formats other than apply. */
export function patch(
  cluster: Cluster,
  kind: Kind,
  namespace: string | undefined,
  name: string,
  type: string,
  body: unknown,
  options: WriteOptions,
): KubeObject {
  const live = existing(cluster, kind, namespace, name);
  const patched = patchedBy(kind, live, type, body);
  const next = incoming(kind, namespace, patched);
  if (objectAt(next["metadata"])["name"] !== name) throw badRequest("the name of the object may not be changed");
  return replace(cluster, kind, live, next, options);
}

function patchedBy(kind: Kind, live: JsonObject, type: string, body: unknown): unknown {
  if (type === patchTypes.json) return jsonPatched(live, body);
  if (!isObject(body)) throw badRequest("expected the patch to be an object");
  if (type === patchTypes.merge) return mergePatched(live, body);
  if (type === patchTypes.strategic && !kind.custom) return strategicPatched(live, body, shapeOf(kind));
  const known = Object.values(patchTypes).filter((known) => !kind.custom || known !== patchTypes.strategic);
  throw unsupportedMedia(type, known);
}

export interface Applied {
  object: KubeObject;
  created: boolean;
}

/** Server-side apply: creates or changes an object so that it has what this manager says. */
export function apply(
  cluster: Cluster,
  kind: Kind,
  namespace: string | undefined,
  name: string,
  body: unknown,
  options: WriteOptions & { force: boolean },
): Applied {
  const config = configuration(kind, namespace, name, body, options);
  const live = cluster.store.get(resourceOf(kind), namespace, name);
  const version = objectAt(config["metadata"])["resourceVersion"];
  if (live === undefined) {
    if (options.subresource !== undefined) throw notFound(kind, name);
    const made = applied(kind, undefined, config, options, options.force);
    return { object: create(cluster, kind, namespace, made, options, entriesOf(made)), created: true };
  }
  if (version !== undefined && version !== live.metadata.resourceVersion) throw conflict(kind, name, modifiedMeanwhile);
  const next = incoming(kind, namespace, applied(kind, live, config, options, options.force));
  return { object: replace(cluster, kind, live, next, options, entriesOf(next)), created: false };
}

/** The part of the body that this manager may own: its status through the status subresource, all else otherwise. */
function configuration(
  kind: Kind,
  namespace: string | undefined,
  name: string,
  body: unknown,
  options: WriteOptions,
): JsonObject {
  const config = incoming(kind, namespace, body);
  const metadata = objectAt(config["metadata"]);
  if (metadata["managedFields"] !== undefined) throw badRequest("metadata.managedFields must be nil");
  const given = metadata["name"] ?? name;
  if (given !== name) {
    throw badRequest(`the name of the object (${String(given)}) does not match the name on the URL (${name})`);
  }
  if (isObject(body) && (body["apiVersion"] === undefined || body["kind"] === undefined)) {
    throw new StatusError(400, "BadRequest", `Object 'Kind' is missing in the applied configuration of ${name}`);
  }
  const { status, ...rest } = { ...config, metadata: { ...metadata, name } } as JsonObject;
  if (options.subresource === "status") {
    return { apiVersion: config["apiVersion"], kind: config["kind"], metadata: { name, namespace }, status };
  }
  return kind.subresources.includes("status") || status === undefined ? rest : { ...rest, status };
}
