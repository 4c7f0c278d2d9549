import type { IncomingMessage, ServerResponse } from "node:http";
import { contentType, readBody } from "./body.ts";
import { required } from "./causes.ts";
import { type Cluster, existing, type WriteOptions } from "./cluster.ts";
import { create } from "./create.ts";
import { remove } from "./delete.ts";
import type { JsonObject } from "./json.ts";
import { apiVersionOf } from "./kinds.ts";
import { serveLog } from "./logs.ts";
import type { KubeObject } from "./object.ts";
import { apply, patch, patchTypes } from "./patch.ts";
import { deleteOptionsOf, flag, isDryRun } from "./query.ts";
import { list, listBody } from "./read.ts";
import { deleted, invalidOptions, methodNotAllowed } from "./status.ts";
import { bind, evict, finalize, rescale, scaleOf, targetNodeOf } from "./subresources.ts";
import { type Form, formOf, metadataOf, tableOf } from "./table.ts";
import { type Target, targetOf } from "./target.ts";
import { update } from "./update.ts";
import { serveWatch, type Show } from "./watch.ts";

export interface Answer {
  status: number;
  body: JsonObject;
}

export interface Call {
  cluster: Cluster;
  token: string;
  url: URL;
  request: IncomingMessage;
  response: ServerResponse;
}

/** Serves a request for objects. Gives the answer to send, or nothing when it is being streamed. */
export async function serveObjects(call: Call): Promise<Answer | undefined> {
  const target = targetOf(call.url.pathname);
  const form = formOf(call.request.headers.accept);
  switch (call.request.method) {
    case "GET":
      return read(call, target, form);
    case "POST":
      return post(call, target, await readBody(call.request), form);
    case "PUT":
      return put(call, target, await readBody(call.request), form);
    case "PATCH":
      return patched(call, target, await readBody(call.request), form);
    case "DELETE":
      return destroy(call, target, await readBody(call.request));
    default:
      throw methodNotAllowed();
  }
}

async function read(call: Call, target: Target, form: Form): Promise<Answer | undefined> {
  const { cluster, url, request, response } = call;
  const { kind, namespace, name, subresource } = target;
  const query = url.searchParams;
  if (subresource === "log") {
    await serveLog(cluster, target, query, call.token, request, response);
    return undefined;
  }
  if (flag(query, "watch") && subresource === undefined) {
    await serveWatch(cluster, target, query, request, response, showIn(form, kind.kind));
    return undefined;
  }
  if (name === undefined) {
    const page = list(cluster, target, query);
    if (form === "table") return { status: 200, body: tableOf(kind.kind, page.items, page.metadata) };
    const items = form === "metadata" ? page.items.map(metadataOf) : undefined;
    const partial = { kind: "PartialObjectMetadataList", apiVersion: "meta.k8s.io/v1", metadata: page.metadata, items };
    return { status: 200, body: items === undefined ? listBody(target, page) : partial };
  }
  if (subresource === "binding" || subresource === "eviction") throw methodNotAllowed();
  const object = existing(cluster, kind, namespace, name);
  return { status: 200, body: subresource === "scale" ? scaleOf(object) : shown(object, form) };
}

function showIn(form: Form, kind: string): Show {
  if (form === "table")
    return (object, first) => tableOf(kind, [object], { resourceVersion: object.metadata.resourceVersion }, first);
  return (object) => shown(object, form);
}

function shown(object: KubeObject, form: Form): JsonObject {
  if (form === "table") return tableOf(object.kind, [object], { resourceVersion: object.metadata.resourceVersion });
  return form === "metadata" ? metadataOf(object) : object;
}

function writeOptions({ url, request }: Call, { subresource }: Target): WriteOptions {
  const agent = (request.headers["user-agent"] ?? "unknown").split("/")[0]!.slice(0, 128);
  return {
    manager: url.searchParams.get("fieldManager") || agent,
    dryRun: isDryRun(url.searchParams),
    ...(subresource === "status" || subresource === "scale" ? { subresource } : {}),
  };
}

function post(call: Call, target: Target, body: unknown, form: Form): Answer {
  const { cluster } = call;
  const { kind, namespace, name, subresource } = target;
  const options = writeOptions(call, target);
  if (name === undefined) {
    if (kind.namespaced && namespace === undefined) throw methodNotAllowed();
    return { status: 201, body: shown(create(cluster, kind, namespace, body, options), form) };
  }
  if (subresource === "binding") bind(cluster, namespace!, name, targetNodeOf(body), options);
  else if (subresource === "eviction") evict(cluster, namespace!, name, options);
  else throw methodNotAllowed();
  return { status: 201, body: { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", code: 201 } };
}

function put(call: Call, target: Target, body: unknown, form: Form): Answer {
  const { cluster } = call;
  const { kind, namespace, name, subresource } = target;
  const options = writeOptions(call, target);
  if (name === undefined) throw methodNotAllowed();
  if (subresource === "finalize") return { status: 200, body: finalize(cluster, name, body, options) };
  if (subresource === "scale") {
    const live = existing(cluster, kind, namespace, name);
    return { status: 200, body: scaleOf(rescale(cluster, kind, live, body, options)) };
  }
  if (subresource !== undefined && subresource !== "status") throw methodNotAllowed();
  return { status: 200, body: shown(update(cluster, kind, namespace, name, body, options), form) };
}

function patched(call: Call, target: Target, body: unknown, form: Form): Answer {
  const { cluster, url, request } = call;
  const { kind, namespace, name, subresource } = target;
  const type = contentType(request);
  const options = writeOptions(call, target);
  if (name === undefined) throw methodNotAllowed();
  if (subresource === "scale") {
    const live = existing(cluster, kind, namespace, name);
    return { status: 200, body: scaleOf(rescale(cluster, kind, live, body, options)) };
  }
  if (subresource !== undefined && subresource !== "status") throw methodNotAllowed();
  if (type !== patchTypes.apply) {
    return { status: 200, body: shown(patch(cluster, kind, namespace, name, type, body, options), form) };
  }
  if (!url.searchParams.get("fieldManager"))
    throw invalidOptions("PatchOptions", required("fieldManager", "is required for apply patch"));
  const force = flag(url.searchParams, "force");
  const { object, created } = apply(cluster, kind, namespace, name, body, { ...options, force });
  return { status: created ? 201 : 200, body: shown(object, form) };
}

/** Kinds whose deletion is answered with the object itself, as the real API server does. */
const answeredWhole = new Set(["Pod", "Service", "ServiceAccount", "PersistentVolumeClaim", "ResourceQuota"]);

function destroy(call: Call, target: Target, body: unknown): Answer {
  const { cluster, url } = call;
  const { kind, namespace, name, subresource } = target;
  if (subresource !== undefined) throw methodNotAllowed();
  const options = deleteOptionsOf(url.searchParams, body);
  if (name === undefined) {
    if (kind.namespaced && namespace === undefined) throw methodNotAllowed();
    const page = list(cluster, target, url.searchParams);
    for (const item of page.items) remove(cluster, kind, namespace, item.metadata.name, options);
    return { status: 200, body: { kind: `${kind.kind}List`, apiVersion: apiVersionOf(kind), ...page } };
  }
  const { object, gone } = remove(cluster, kind, namespace, name, options);
  const whole = !gone || answeredWhole.has(kind.kind);
  return { status: 200, body: whole ? object : deleted(kind, name, object.metadata.uid) };
}
