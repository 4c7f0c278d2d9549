import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { startControllers } from "../controllers/start.ts";
import { bootstrap } from "./bootstrap.ts";
import { servingCertificate } from "./certificate.ts";
import { type Cluster, openCluster } from "./cluster.ts";
import { discovered, version } from "./discovery.ts";
import { writeKubeconfig } from "./kubeconfig.ts";
import { listen } from "./listener.ts";
import { claim } from "./lock.ts";
import { openApi } from "./openapi.ts";
import { serveObjects } from "./routes.ts";
import { noSuchResource, StatusError, unauthorized } from "./status.ts";

export interface ApiServerOptions {
  /** Where the state lives; made when it is missing. */
  directory: string;
  /** 0 chooses a free one. */
  port: number;
  /** Bearer token that every request but those for health and version must have. */
  token: string;
  /** Port of the Gateway's HTTP listener, as it is written into the cluster at its first start. */
  gatewayPort?: number;
  /** Without them objects are only kept: nothing makes pods of Deployments, and so on. */
  controllers?: boolean;
}

export interface ApiServer {
  /** Plain HTTP; the same port speaks HTTPS too. */
  url: string;
  port: number;
  close(): Promise<void>;
}

/**
 * Starts a Kubernetes API server with its controllers on 127.0.0.1, with the state of the directory, and writes
 * `kubeconfig` there.
 *
 * @throws TealError `sandbox_port` when the port cannot be listened on, `sandbox_disk` when the state cannot be written,
 * `sandbox_running` when another one works on the directory.
 */
export async function startApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const { directory, token } = options;
  const release = await claim(directory);
  const cluster = await openCluster(join(directory, "state")).catch(async (error: unknown) => {
    await release();
    throw error;
  });
  try {
    const certificate = await servingCertificate(join(directory, "certificate.json"));
    bootstrap(cluster, options.gatewayPort ?? 80);
    await cluster.store.durable();
    const listener = await listen(options.port, certificate, (request, response) => {
      void serve(cluster, token, request, response);
    });
    const { port } = listener;
    await writeKubeconfig(join(directory, "kubeconfig"), { port, token, certificate: certificate.cert });
    const controllers = options.controllers === false ? undefined : startControllers(cluster);
    return {
      url: `http://127.0.0.1:${port}`,
      port,
      async close() {
        controllers?.stop();
        await listener.close();
        await cluster.store.close();
        await release();
      },
    };
  } catch (error) {
    await cluster.store.close();
    await release();
    throw error;
  }
}

async function serve(
  cluster: Cluster,
  token: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const url = new URL(request.url ?? "/", "http://sandbox");
    if (/^\/(healthz|livez|readyz)(\/|$)/.test(url.pathname)) return text(response, 200, "ok");
    if (url.pathname === "/version") return json(response, 200, version);
    if (!isAuthorized(request, token)) throw unauthorized();
    const path = url.pathname.replace(/\/+$/, "");
    const known = request.method === "GET" ? (discovered(path) ?? openApi(path)) : undefined;
    const answer =
      known === undefined
        ? await serveObjects({ cluster, token, url, request, response })
        : { status: 200, body: known };
    if (answer === undefined) return;
    await cluster.store.durable();
    json(response, answer.status, answer.body);
  } catch (error) {
    refuse(request, response, error);
  }
}

function isAuthorized(request: IncomingMessage, token: string): boolean {
  const digest = (value: string): Buffer => createHash("sha256").update(value).digest();
  return timingSafeEqual(digest(request.headers.authorization ?? ""), digest(`Bearer ${token}`));
}

function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  const known = error instanceof StatusError ? error : unexpected(request, error);
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  // What is left of the body is not read: the connection ends with the answer.
  if (!request.complete) response.setHeader("connection", "close");
  json(response, known.status, known.body());
}

function unexpected(request: IncomingMessage, error: unknown): StatusError {
  if (error instanceof TypeError && "code" in error && error.code === "ERR_INVALID_URL") return noSuchResource();
  console.error(`${request.method ?? ""} ${request.url ?? ""}:`, error);
  const why = error instanceof Error ? error.message : String(error);
  return new StatusError(500, "InternalError", `Internal error occurred: ${why}`);
}

function json(response: ServerResponse, status: number, body: object): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { "content-type": "application/json", "content-length": bytes.length });
  response.end(bytes);
}

function text(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { "content-type": "text/plain" }).end(body);
}
