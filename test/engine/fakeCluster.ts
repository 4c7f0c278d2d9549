/** The least of an API server that the engine's tests need: ConfigMaps and Namespaces in memory, over plain HTTP. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { JsonObject } from "../../engine/values/property.ts";

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: JsonObject;
}

export interface Answer {
  readonly status: number;
  readonly body: JsonObject;
  readonly headers?: Record<string, string>;
}

export interface FakeCluster {
  readonly kubeconfig: string;
  readonly objects: Map<string, JsonObject>;
  readonly calls: Call[];
  /** Called when a call has had its effect, before it is answered: may delay the answer, or give another one. */
  before: (call: Call) => Promise<Answer | undefined> | Answer | undefined;
  close(): Promise<void>;
}

const kinds = [
  { name: "configmaps", kind: "ConfigMap", namespaced: true },
  { name: "namespaces", kind: "Namespace", namespaced: false },
];
const status = (code: number, reason: string, message: string) => ({
  status: code,
  body: { kind: "Status", code, reason, message } as JsonObject,
});

export async function startFakeCluster(): Promise<FakeCluster> {
  const server = createServer((request, response) => void answer(cluster, request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const kubeconfig = JSON.stringify({
    clusters: [{ name: "c", cluster: { server: `http://127.0.0.1:${port}` } }],
    contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
    users: [{ name: "u", user: { token: "t" } }],
    "current-context": "c",
  });
  const cluster: FakeCluster = {
    kubeconfig,
    objects: new Map(),
    calls: [],
    before: () => undefined,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return cluster;
}

async function answer(cluster: FakeCluster, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url!, "http://x");
  const body = JSON.parse(Buffer.concat(chunks).toString() || "{}") as JsonObject;
  const call = { method: request.method!, path: url.pathname, query: url.searchParams, body };
  cluster.calls.push(call);
  const own = perform(cluster, call);
  const given: Answer = (await cluster.before(call)) ?? own;
  response.writeHead(given.status, {
    "content-type": "application/json",
    ...given.headers,
  });
  response.end(JSON.stringify(given.body));
}

function perform(cluster: FakeCluster, { method, path, query, body }: Call): { status: number; body: JsonObject } {
  if (path === "/api/v1") return { status: 200, body: { resources: kinds } };
  const name = (body["metadata"] as JsonObject | undefined)?.["name"];
  const at = method === "POST" ? `${path}/${String(name)}` : path;
  const found = cluster.objects.get(at);
  const keep = (object: JsonObject) => {
    if (!query.has("dryRun")) cluster.objects.set(at, object);
    return { status: 200, body: object };
  };
  if (method === "POST")
    return found
      ? status(409, "AlreadyExists", `configmaps "${String(name)}" already exists`)
      : keep(live(body, query.get("fieldManager")!));
  if (!found) return status(404, "NotFound", `${path} not found`);
  if (method === "GET") return { status: 200, body: found };
  if (method === "PATCH")
    return keep(
      Array.isArray(body)
        ? found
        : {
            ...found,
            ...body,
            metadata: { ...(found["metadata"] as JsonObject), ...(body["metadata"] as JsonObject) },
          },
    );
  cluster.objects.delete(at);
  return { status: 200, body: { kind: "Status", status: "Success" } };
}

let version = 0;

function live(object: JsonObject, manager: string): JsonObject {
  const managedFields = [{ manager, operation: "Update", apiVersion: "v1", fieldsV1: {} }];
  return {
    ...object,
    metadata: {
      ...(object["metadata"] as JsonObject),
      uid: String(++version),
      resourceVersion: String(version),
      managedFields,
    },
  };
}
