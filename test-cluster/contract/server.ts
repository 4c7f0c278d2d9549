import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import { KubeConfig } from "@kubernetes/client-node";

/** An API server's answer, as far as the contract goes. */
export interface Answer {
  status: number;
  warning?: string;
  body: unknown;
}

export interface CallOptions {
  body?: unknown;
  /** Sent as it is, in place of `body`. */
  text?: string;
  type?: "json" | "apply" | "merge" | "json-patch" | "strategic" | "unknown";
}

const types = {
  json: "application/json",
  apply: "application/apply-patch+yaml",
  merge: "application/merge-patch+json",
  "json-patch": "application/json-patch+json",
  strategic: "application/strategic-merge-patch+json",
  unknown: "application/x-unknown",
};

/** One of the API servers that the contract is tried on. */
export class Server {
  readonly #url: URL;
  readonly #options: https.RequestOptions;
  readonly #agent: http.Agent;

  private constructor(url: URL, options: https.RequestOptions) {
    this.#url = url;
    this.#options = options;
    this.#agent = new https.Agent({ ca: options.ca, cert: options.cert, key: options.key, keepAlive: true });
  }

  static async of(kubeconfig: string): Promise<Server> {
    const config = new KubeConfig();
    config.loadFromFile(kubeconfig);
    const options: https.RequestOptions = {};
    await config.applyToHTTPSOptions(options);
    return new Server(new URL(config.getCurrentCluster()!.server), options);
  }

  async call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
    const response = await this.#send(method, path, options);
    let text = "";
    for await (const chunk of response.setEncoding("utf8")) text += chunk;
    const { statusCode: status = 0, headers } = response;
    return { status, ...(headers.warning && { warning: headers.warning }), body: parsed(text) };
  }

  /** The first `count` events of a watch, or fewer where the server ends it. */
  async watch(path: string, count: number): Promise<{ type: string; object: unknown }[]> {
    const response = await this.#send("GET", path, {});
    const events: { type: string; object: unknown }[] = [];
    let rest = "";
    for await (const chunk of response.setEncoding("utf8")) {
      const lines = (rest + String(chunk)).split("\n");
      rest = lines.pop()!;
      for (const line of lines) events.push(JSON.parse(line) as { type: string; object: unknown });
      if (events.length >= count) break;
    }
    response.destroy();
    return events.slice(0, count);
  }

  close(): void {
    this.#agent.destroy();
  }

  async #send(method: string, path: string, { body, text, type }: CallOptions): Promise<http.IncomingMessage> {
    const content = text ?? (body === undefined ? undefined : JSON.stringify(body));
    const sent = https.request(new URL(path, this.#url), {
      method,
      agent: this.#agent,
      auth: this.#options.auth,
      headers: {
        ...(this.#options.headers as http.OutgoingHttpHeaders),
        accept: "application/json",
        ...(content !== undefined && {
          "content-type": types[type ?? "json"],
          "content-length": Buffer.byteLength(content),
        }),
      },
    });
    sent.end(content);
    const [response] = (await once(sent, "response")) as [http.IncomingMessage];
    return response;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
