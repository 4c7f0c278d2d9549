import http from "node:http";
import https from "node:https";
import { statSync } from "node:fs";
import { KubeConfig } from "@kubernetes/client-node";
import { KubeError, messageOf } from "./failure.ts";

export interface WatchEvent<T> {
  type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR";
  object: T;
}

interface Connection {
  server: URL;
  options: https.RequestOptions;
  transport: typeof http | typeof https;
}

export type PatchType = "merge-patch" | "strategic-merge-patch" | "apply-patch";
const patchMediaType: Record<PatchType, string> = {
  "merge-patch": "application/merge-patch+json",
  "strategic-merge-patch": "application/strategic-merge-patch+json",
  "apply-patch": "application/apply-patch+yaml",
};

const requestTimeoutMs = 15_000;
/** The server ends a watch after five minutes; a connection silent for longer than that is dead. */
const watchSeconds = 290;

/**
 * A small Kubernetes REST client over kept-alive connections, for processes that make thousands of small calls: the
 * generated client opens a TLS connection per call. The kubeconfig is read again once the server has gone or refused
 * the credentials, as a sandbox that starts again may have another port.
 */
export class KubeClient {
  readonly #kubeconfig: string;
  readonly #context: string | undefined;
  #connection: Promise<Connection> | undefined;

  /** @param kubeconfig path of the file; @param context one of its contexts, the current one when absent */
  constructor(kubeconfig: string, context?: string) {
    this.#kubeconfig = kubeconfig;
    this.#context = context;
  }

  get = <T>(path: string): Promise<T> => this.#json<T>("GET", path);

  create = <T>(path: string, body: object): Promise<T> => this.#json<T>("POST", path, body);

  replace = <T>(path: string, body: object): Promise<T> => this.#json<T>("PUT", path, body);

  patch = <T>(path: string, body: object, type: PatchType = "merge-patch"): Promise<T> =>
    this.#json<T>("PATCH", path, body, patchMediaType[type]);

  delete = <T>(path: string, body?: object): Promise<T> => this.#json<T>("DELETE", path, body);

  /**
   * Calls `onEvent` for each event after `resourceVersion`; resolves when the server ends the watch, which it does.
   *
   * @param path may have selectors in a query of its own
   */
  async watch<T>(
    path: string,
    resourceVersion: string,
    onEvent: (event: WatchEvent<T>) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const query = new URLSearchParams({
      watch: "true",
      resourceVersion,
      allowWatchBookmarks: "true",
      timeoutSeconds: String(watchSeconds),
    });
    const response = await this.#send("GET", `${path}${path.includes("?") ? "&" : "?"}${query}`, undefined, undefined, {
      signal,
      watch: true,
    });
    if (response.statusCode !== 200) throw await refusal(response, "GET", path);
    try {
      let rest = "";
      response.setEncoding("utf8");
      for await (const chunk of response) {
        const lines = (rest + String(chunk)).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) if (line !== "") onEvent(JSON.parse(line) as WatchEvent<T>);
      }
    } catch (error) {
      if (error instanceof KubeError) throw error;
      throw new KubeError(0, `Watching ${path} was cut off: ${messageOf(error)}`, error);
    }
  }

  async #json<T>(method: string, path: string, body?: object, mediaType = "application/json"): Promise<T> {
    const response = await this.#send(
      method,
      path,
      body === undefined ? undefined : JSON.stringify(body),
      mediaType,
      {},
    );
    if (response.statusCode === undefined || response.statusCode >= 300) throw await refusal(response, method, path);
    try {
      return JSON.parse(await text(response)) as T;
    } catch (error) {
      throw new KubeError(0, `The answer to ${method} ${path} is no JSON or was cut off: ${messageOf(error)}`, error);
    }
  }

  async #send(
    method: string,
    path: string,
    body: string | undefined,
    mediaType: string | undefined,
    { signal, watch = false }: { signal?: AbortSignal; watch?: boolean },
  ): Promise<http.IncomingMessage> {
    const { server, options, transport } = await (this.#connection ??= this.#connect());
    const headers: http.OutgoingHttpHeaders = {
      ...(options.headers as http.OutgoingHttpHeaders),
      accept: "application/json",
    };
    if (body !== undefined) {
      headers["content-type"] = mediaType;
      headers["content-length"] = Buffer.byteLength(body);
    }
    const timeout = watch ? (watchSeconds + 30) * 1000 : requestTimeoutMs;
    return new Promise((resolve, reject) => {
      const url = new URL(path, server);
      const request = transport.request(url, { ...options, method, headers, timeout, ...(signal && { signal }) });
      request.on("response", (response) => {
        if (response.statusCode === 401) this.#connection = undefined;
        resolve(response);
      });
      request.on("timeout", () => request.destroy(new Error(`no answer within ${timeout / 1000} s`)));
      request.on("error", (error: NodeJS.ErrnoException) => {
        // A kept connection that the server has just closed says nothing about where the server is.
        if (!request.reusedSocket) this.#connection = undefined;
        reject(
          new KubeError(0, `${method} ${path} did not reach the API server at ${server.host}: ${error.message}`, error),
        );
      });
      request.end(body);
    });
  }

  async #connect(): Promise<Connection> {
    try {
      const config = new KubeConfig();
      statSync(this.#kubeconfig);
      config.loadFromFile(this.#kubeconfig);
      if (this.#context !== undefined) config.setCurrentContext(this.#context);
      const cluster = config.getCurrentCluster();
      if (cluster === null) throw new Error(`context ${config.getCurrentContext()} has no cluster`);
      const options: https.RequestOptions = {};
      await config.applyToHTTPSOptions(options);
      const server = new URL(cluster.server);
      const transport = server.protocol === "http:" ? http : https;
      const { ca, cert, key, rejectUnauthorized, servername, headers, auth } = options;
      const tls = { ca, cert, key, rejectUnauthorized, servername };
      const agent = new transport.Agent({ ...(transport === https && tls), keepAlive: true, maxFreeSockets: 16 });
      return { server, transport, options: { ...(transport === https && tls), headers, auth, agent } };
    } catch (error) {
      this.#connection = undefined;
      throw new KubeError(0, `The kubeconfig ${this.#kubeconfig} can't be used: ${messageOf(error)}`, error);
    }
  }
}

async function refusal(response: http.IncomingMessage, method: string, path: string): Promise<KubeError> {
  const body = await text(response).catch(() => "");
  let message = body.slice(0, 300);
  try {
    message = (JSON.parse(body) as { message?: string }).message ?? message;
  } catch {
    // Not every refusal comes from the API server itself: the text is what there is.
  }
  return new KubeError(
    response.statusCode ?? 0,
    `${method} ${path} was refused with ${response.statusCode}: ${message}`,
  );
}

async function text(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
