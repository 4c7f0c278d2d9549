import { timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import { TealError } from "../../model/errors.ts";
import { messageOf } from "../kubernetes/failure.ts";
import type { Pods } from "./pods.ts";

/** Who may read logs, and how the port is spoken to. A real API server asks by HTTPS, with a certificate of its own. */
export interface KubeletAccess {
  /** What log readers must bear, where it is set. */
  token?: string | undefined;
  /** Paths of PEM files; `clientCa` is whose certificates clients must have, where it is set. */
  tls?: { cert: string; key: string; clientCa?: string | undefined } | undefined;
}

/**
 * The port that a kubelet has: `/healthz`, `/metrics`, and the log lines of a container at
 * `/containerLogs/{namespace}/{pod}/{container}?tailLines=N&previous=true&timestamps=true`.
 *
 * @throws TealError `node_certificate` where a certificate or key can't be used
 */
export function createKubelet(pods: Pods, { token, tls }: KubeletAccess): http.Server | https.Server {
  const listener: http.RequestListener = (request, response) => {
    const url = new URL(request.url ?? "/", "http://kubelet");
    const [, first, ...rest] = url.pathname.split("/").map(decodeURIComponent);
    if (request.method !== "GET") answer(response, 405, "only GET is known here\n");
    else if (first === "healthz") answer(response, 200, "ok");
    else if (!mayRead(request, token)) answer(response, 401, "a bearer token is needed\n");
    else if (first === "metrics") answer(response, 200, metrics(pods));
    else if (first === "containerLogs" && rest.length === 3) answerLogs(pods, rest, url.searchParams, response);
    else answer(response, 404, "not found\n");
  };
  return tls === undefined ? http.createServer(listener) : https.createServer(tlsOptions(tls), listener);
}

function tlsOptions({ cert, key, clientCa }: NonNullable<KubeletAccess["tls"]>): https.ServerOptions {
  try {
    const own = { cert: readFileSync(cert), key: readFileSync(key) };
    if (clientCa === undefined) return own;
    return { ...own, ca: readFileSync(clientCa), requestCert: true, rejectUnauthorized: true };
  } catch (error) {
    const message = `Expected PEM files of a certificate and its key for the node's port: ${messageOf(error)}`;
    throw new TealError("node_certificate", message, { cause: error });
  }
}

function answerLogs(pods: Pods, path: readonly string[], query: URLSearchParams, response: http.ServerResponse): void {
  const [namespace, pod, name = ""] = path;
  const container = pods.get(`${namespace}/${pod}`)?.containers.get(name);
  if (container === undefined) return answer(response, 404, `container ${name} of pod ${pod} is not on this node\n`);
  const tail = query.get("tailLines");
  const count = tail === null ? undefined : Number(tail);
  if (count !== undefined && !(Number.isInteger(count) && count >= 0))
    return answer(response, 400, `expected tailLines to be a whole number, got ${JSON.stringify(tail)}\n`);
  const run = query.get("previous") === "true" ? "previous" : "present";
  const timed = query.get("timestamps") === "true";
  const lines = container.log.entries(run, count).map(({ at, line }) => (timed ? `${at} ${line}\n` : `${line}\n`));
  answer(response, 200, lines.join(""));
}

const metrics = (pods: Pods): string =>
  [
    "# HELP sandbox_node_pods Pods that this node runs.",
    "# TYPE sandbox_node_pods gauge",
    `sandbox_node_pods ${pods.size}`,
    "# HELP sandbox_node_pods_ready Pods that this node runs and that are ready.",
    "# TYPE sandbox_node_pods_ready gauge",
    `sandbox_node_pods_ready ${pods.readyCount}`,
    "# HELP process_resident_memory_bytes Resident memory of this process.",
    "# TYPE process_resident_memory_bytes gauge",
    `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
    "",
  ].join("\n");

function mayRead(request: http.IncomingMessage, token: string | undefined): boolean {
  if (token === undefined) return true;
  const given = Buffer.from(request.headers.authorization ?? "");
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function answer(response: http.ServerResponse, status: number, body: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(body);
}
