import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import http from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { KubeConfig } from "@kubernetes/client-node";
import { stringify } from "yaml";

/** A write that went through, and what the API server said to it. */
export interface Written {
  method: string;
  path: string;
  /** As the client sent it. */
  query: URLSearchParams;
  status: number;
  /** The `Warning` header: unknown or repeated fields, deprecated versions. */
  warning: string | undefined;
  answer: string;
}

/** How the way to the API server is; each may be changed at any time. */
export interface Way {
  /** Every request waits for so long first. */
  delayMs: number;
  /** Share of requests, 0 to 1, that are answered 429 or 503 and never reach the API server. */
  refusedShare: number;
  /** Writes are asked to be validated strictly: what is unknown or given twice is refused. */
  strict: boolean;
}

const writes = ["POST", "PUT", "PATCH"];

/**
 * A stretch of the way between Teal and its API server that a test can spoil. Speaks plain HTTP to Teal on a port of its
 * own, and HTTPS to the API server with the identity of the kubeconfig that it was opened with.
 */
export class Proxy {
  readonly way: Way = { delayMs: 0, refusedShare: 0, strict: false };
  readonly written: Written[] = [];
  refused = 0;
  port = 0;
  readonly #upstream: URL;
  readonly #agent: https.Agent;
  #server: http.Server | undefined;
  #turn = 0;

  private constructor(upstream: URL, agent: https.Agent) {
    this.#upstream = upstream;
    this.#agent = agent;
  }

  static async open(kubeconfig: string): Promise<Proxy> {
    const config = new KubeConfig();
    config.loadFromFile(kubeconfig);
    const options: https.RequestOptions = {};
    await config.applyToHTTPSOptions(options);
    const { ca, cert, key } = options;
    const agent = new https.Agent({ ca, cert, key, keepAlive: true });
    const proxy = new Proxy(new URL(config.getCurrentCluster()!.server), agent);
    await proxy.comeBack();
    return proxy;
  }

  /** Writes the kubeconfig by which Teal goes this way. */
  async writeKubeconfig(path: string): Promise<string> {
    const name = "teal-cluster";
    const content = stringify({
      apiVersion: "v1",
      kind: "Config",
      // client-node asks for this before it speaks plain HTTP.
      clusters: [{ name, cluster: { server: `http://127.0.0.1:${this.port}`, "insecure-skip-tls-verify": true } }],
      users: [{ name, user: {} }],
      contexts: [{ name, context: { cluster: name, user: name } }],
      "current-context": name,
    });
    await writeFile(path, content, { mode: 0o600 });
    return path;
  }

  /** Cuts every connection; new ones are refused. */
  async goAway(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  }

  async comeBack(): Promise<void> {
    const server = http.createServer((request, response) => {
      this.#take(request, response).catch(() => response.destroy());
    });
    server.listen(this.port, "127.0.0.1");
    await once(server, "listening");
    this.port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  async close(): Promise<void> {
    await this.goAway();
    this.#agent.destroy();
  }

  async #take(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    if (this.way.delayMs > 0) await delay(this.way.delayMs);
    if (Math.random() < this.way.refusedShare) return this.#refuse(request, response);
    const url = new URL(request.url ?? "/", this.#upstream);
    const write = writes.includes(request.method ?? "");
    const query = new URLSearchParams(url.searchParams);
    if (write && this.way.strict) url.searchParams.set("fieldValidation", "Strict");
    const headers = { ...request.headers, host: this.#upstream.host };
    const sent = https.request(url, { method: request.method, headers, agent: this.#agent });
    request.pipe(sent);
    const [answer] = (await once(sent, "response")) as [http.IncomingMessage];
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    response.flushHeaders();
    response.on("close", () => answer.destroy());
    answer.on("error", () => response.destroy());
    if (write) {
      let text = "";
      answer.on("data", (chunk: Buffer) => (text += chunk.toString()));
      answer.on("end", () => this.#record(request, url.pathname, query, answer, text));
    }
    answer.pipe(response);
  }

  #record(
    { method = "" }: http.IncomingMessage,
    path: string,
    query: URLSearchParams,
    { statusCode: status = 0, headers }: http.IncomingMessage,
    answer: string,
  ): void {
    this.written.push({ method, path, query, status, warning: headers.warning, answer });
  }

  /** As an API server does that has too much to do, and as a load balancer does before one that isn't there. */
  #refuse(request: http.IncomingMessage, response: http.ServerResponse): void {
    this.refused += 1;
    request.resume();
    if (++this.#turn % 2 === 0) {
      response.writeHead(503, { "content-type": "text/plain" }).end("no healthy upstream");
      return;
    }
    const status = {
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Failure",
      message: "the server has received too many requests and has asked us to try again later",
      reason: "TooManyRequests",
      details: { retryAfterSeconds: 1 },
      code: 429,
    };
    response.writeHead(429, { "content-type": "application/json", "retry-after": "1" }).end(JSON.stringify(status));
  }
}
