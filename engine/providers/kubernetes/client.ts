/** Requests to an API server: kept-alive connections, patience with one that is away for a moment. */
import http from "node:http";
import https from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import type { Json, JsonObject } from "../../values/property.ts";
import { isObject } from "./object.ts";
import type { Connection } from "./kubeconfig.ts";

/**
 * How long an API server that refuses, hurries off or asks for patience is asked again, in milliseconds. No longer: nobody
 * is told meanwhile, and whoever runs the engine can say that it waits and try again.
 */
const patience = 10_000;
const firstPause = 200;
const longestPause = 5_000;
const requestTimeout = 60_000;
const connections = 32;

export interface KubeRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Json;
  readonly contentType?: string;
  readonly signal?: AbortSignal;
}

export interface KubeResponse {
  readonly body: JsonObject;
  /** What the server warns of, in its own words. */
  readonly warnings: readonly string[];
  /** An earlier attempt may have come through although no answer came back. */
  readonly repeated: boolean;
}

/** The API server refused: `message` and `reason` are its own. */
export class ApiError extends Error {
  readonly code: number;
  readonly reason: string;
  readonly repeated: boolean;
  readonly details: JsonObject;
  constructor(status: JsonObject, code: number, repeated: boolean) {
    super(typeof status["message"] === "string" ? status["message"] : `the server answered ${code}`);
    this.name = "ApiError";
    this.code = code;
    this.reason = typeof status["reason"] === "string" ? status["reason"] : "";
    this.repeated = repeated;
    this.details = isObject(status["details"]) ? status["details"] : {};
  }
}

/** No cluster can be talked to: it does not answer, or it is not known where it is. */
export class Unreachable extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(`configured Kubernetes cluster is unreachable: ${reason}`, options);
    this.name = "Unreachable";
  }
}

export class KubeClient {
  readonly #connection: Connection;
  readonly #base: URL;
  readonly #agent: http.Agent;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#base = new URL(connection.server);
    const options = { keepAlive: true, maxSockets: connections };
    this.#agent =
      this.#base.protocol === "https:" ? new https.Agent({ ...options, ...connection.tls }) : new http.Agent(options);
  }

  get namespace(): string {
    return this.#connection.namespace;
  }

  close(): void {
    this.#agent.destroy();
  }

  /** Makes a request, and makes it again while the trouble looks as if it would pass. */
  async request(request: KubeRequest): Promise<KubeResponse> {
    const until = Date.now() + patience;
    let repeated = false;
    for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
      try {
        return await this.#once(request, repeated);
      } catch (error) {
        const wait = pauseAfter(error, pause);
        if (wait === undefined || Date.now() + wait > until || request.signal?.aborted) throw asUnreachable(error);
        repeated ||= mayHaveArrived(error);
        await sleep(wait, undefined, { signal: request.signal });
      }
    }
  }

  async #once(request: KubeRequest, repeated: boolean): Promise<KubeResponse> {
    const { status, headers, text } = await this.#send(request);
    const body = parseBody(text, status);
    if (status >= 400) throw withRetryAfter(new ApiError(body, status, repeated), headers["retry-after"]);
    return { body, warnings: parseWarnings(headers["warning"]), repeated };
  }

  async #send(request: KubeRequest): Promise<{ status: number; headers: http.IncomingHttpHeaders; text: string }> {
    const query = new URLSearchParams(request.query).toString();
    const payload = request.body === undefined ? undefined : JSON.stringify(request.body);
    const headers = {
      accept: "application/json",
      ...(await this.#connection.authorization()),
      ...(payload !== undefined && {
        "content-type": request.contentType ?? "application/json",
        "content-length": Buffer.byteLength(payload),
      }),
    };
    const url = new URL(this.#base.pathname.replace(/\/$/, "") + request.path + (query && `?${query}`), this.#base);
    return new Promise((resolve, reject) => {
      const options = {
        method: request.method,
        headers,
        agent: this.#agent,
        timeout: requestTimeout,
        signal: request.signal,
      };
      const sent = (url.protocol === "https:" ? https : http).request(url, options, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString("utf8"),
          }),
        );
      });
      sent.on("timeout", () =>
        sent.destroy(Object.assign(new Error(`no answer within ${requestTimeout / 1000} s`), { code: "ETIMEDOUT" })),
      );
      sent.on("error", reject);
      sent.end(payload);
    });
  }
}

function parseBody(text: string, status: number): JsonObject {
  try {
    const body = JSON.parse(text) as Json;
    if (isObject(body)) return body;
  } catch {
    // An answer that is no JSON comes from something before the API server; its text is all there is to show.
  }
  return { message: text.trim() || `the server answered ${status} without a body` };
}

const retryAfter = new WeakMap<ApiError, number>();

function withRetryAfter(error: ApiError, header: string | undefined): ApiError {
  if (header !== undefined && /^\d+$/.test(header)) retryAfter.set(error, Number(header) * 1000);
  return error;
}

const transientCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EAI_AGAIN",
]);

/** Any trouble but an answer means that the server is away. An abort is our own doing. */
function asUnreachable(error: unknown): unknown {
  if (error instanceof ApiError || (error as Error).name === "AbortError") return error;
  return new Unreachable(error instanceof Error ? error.message : String(error), { cause: error });
}

/** Whether the request may have had its effect although its answer was lost or was no answer of the API server's. */
function mayHaveArrived(error: unknown): boolean {
  if (error instanceof ApiError) return error.code !== 429;
  return (error as NodeJS.ErrnoException).code !== "ECONNREFUSED";
}

/** Milliseconds after which to try again; undefined when that is of no use. */
function pauseAfter(error: unknown, pause: number): number | undefined {
  if (error instanceof ApiError) {
    const transient = error.code === 429 || error.code === 502 || error.code === 503 || error.code === 504;
    return transient ? (retryAfter.get(error) ?? pause) : undefined;
  }
  return transientCodes.has((error as NodeJS.ErrnoException).code ?? "") ? pause : undefined;
}

/** `299 - "text"`, several of them joined by commas. */
function parseWarnings(header: string | string[] | undefined): string[] {
  const text = Array.isArray(header) ? header.join(", ") : (header ?? "");
  return [...text.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map((match) => match[1]!.replaceAll(/\\(.)/g, "$1"));
}
