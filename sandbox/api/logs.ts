import { type IncomingMessage, type ServerResponse, request as httpRequest } from "node:http";
import { type Cluster, existing } from "./cluster.ts";
import { kindNamed } from "./kinds.ts";
import { objectAt, objectsAt, textAt } from "./json.ts";
import type { KubeObject } from "./object.ts";
import { badRequest, StatusError } from "./status.ts";
import type { Target } from "./target.ts";

const passedOn = ["follow", "previous", "sinceSeconds", "sinceTime", "tailLines", "limitBytes", "timestamps"];

/** Passes a request for a pod's log on to the node that runs it, and its answer back. */
export async function serveLog(
  cluster: Cluster,
  { namespace, name }: Target,
  query: URLSearchParams,
  token: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const pod = existing(cluster, kindNamed("Pod"), namespace, name!);
  const container = containerOf(pod, query.get("container"));
  const nodeName = textAt(objectAt(pod["spec"])["nodeName"]);
  if (nodeName === undefined) throw badRequest(`pod ${name!} does not have a host assigned`);
  const node = existing(cluster, kindNamed("Node"), undefined, nodeName);
  const endpoints = objectAt(objectAt(node["status"])["daemonEndpoints"]);
  const port = objectAt(endpoints["kubeletEndpoint"])["Port"];
  if (typeof port !== "number") throw new StatusError(500, "InternalError", `node ${nodeName} has no kubelet endpoint`);
  const asked = new URLSearchParams();
  for (const key of passedOn) if (query.has(key)) asked.set(key, query.get(key)!);
  const path = `/containerLogs/${[namespace!, name!, container].map(encodeURIComponent).join("/")}?${asked}`;
  await new Promise<void>((resolve, reject) => {
    const options = { host: "127.0.0.1", port, path, headers: { authorization: `Bearer ${token}` } };
    const outgoing = httpRequest(options, (incoming) => {
      response.writeHead(incoming.statusCode ?? 502, {
        "content-type": incoming.headers["content-type"] ?? "text/plain",
      });
      incoming.pipe(response);
      incoming.on("end", resolve).on("error", reject);
    });
    request.once("close", () => outgoing.destroy());
    response.once("close", () => outgoing.destroy());
    outgoing.on("error", (error) => {
      if (response.headersSent) response.destroy();
      reject(new StatusError(500, "InternalError", `Get "http://${nodeName}${path}": ${error.message}`));
    });
    outgoing.end();
  });
}

function containerOf(pod: KubeObject, asked: string | null): string {
  const spec = objectAt(pod["spec"]);
  const names = [...objectsAt(spec["containers"]), ...objectsAt(spec["initContainers"])].map(
    (c) => textAt(c["name"]) ?? "",
  );
  if (asked !== null && asked !== "") {
    if (!names.includes(asked)) throw badRequest(`container ${asked} is not valid for pod ${pod.metadata.name}`);
    return asked;
  }
  if (objectsAt(spec["containers"]).length > 1) {
    const choice = `choose one of: [${names.join(" ")}]`;
    throw badRequest(`a container name must be specified for pod ${pod.metadata.name}, ${choice}`);
  }
  return names[0]!;
}
