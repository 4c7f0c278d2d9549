import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type ApiServer, type ApiServerOptions, startApiServer } from "../../../sandbox/api/server.ts";

export const token = "test-token";
export const types = {
  apply: "application/apply-patch+yaml",
  merge: "application/merge-patch+json",
  json: "application/json-patch+json",
  strategic: "application/strategic-merge-patch+json",
};

/** JSON as it comes: tests look into it freely. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = any;

export interface Answer {
  status: number;
  body: Json;
}

/** A server of its own with a directory of its own. */
export class TestServer {
  readonly directory: string;
  #server: ApiServer;
  readonly #options: Partial<ApiServerOptions>;

  private constructor(directory: string, server: ApiServer, options: Partial<ApiServerOptions>) {
    this.directory = directory;
    this.#server = server;
    this.#options = options;
  }

  static async start(options: Partial<ApiServerOptions> = {}): Promise<TestServer> {
    const directory = await mkdtemp(join(tmpdir(), "teal-api-"));
    return new TestServer(directory, await startApiServer({ directory, port: 0, token, ...options }), options);
  }

  get url(): string {
    return this.#server.url;
  }

  get port(): number {
    return this.#server.port;
  }

  async restart(): Promise<void> {
    await this.#server.close();
    this.#server = await startApiServer({ directory: this.directory, port: 0, token, ...this.#options });
  }

  async stop(): Promise<void> {
    await this.#server.close();
    await rm(this.directory, { recursive: true });
  }

  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return call(this.url, method, path, body, headers);
  }

  async get(path: string): Promise<Json> {
    return (await this.call("GET", path)).body;
  }

  async post(path: string, body: unknown): Promise<Json> {
    return expectOk(await this.call("POST", path, body));
  }

  async merge(path: string, body: unknown): Promise<Json> {
    return expectOk(await this.call("PATCH", path, body, { "content-type": types.merge }));
  }

  async apply(path: string, body: unknown, manager = "test", query = ""): Promise<Answer> {
    return this.call("PATCH", `${path}?fieldManager=${manager}${query}`, body, { "content-type": types.apply });
  }

  async namespace(name: string): Promise<string> {
    await this.post("/api/v1/namespaces", { metadata: { name } });
    return name;
  }
}

export async function call(
  url: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(url + path, {
    method,
    ...(text === undefined ? {} : { body: text }),
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...headers },
  });
  const answer = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") === true;
  return { status: response.status, body: isJson ? (JSON.parse(answer) as Json) : answer };
}

function expectOk({ status, body }: Answer): Json {
  if (status >= 300) throw new Error(`Expected the call to work, got ${status}: ${JSON.stringify(body)}`);
  return body;
}

/** Waits until `probe` gives something; looks every few milliseconds. */
export async function until<T>(what: string, probe: () => Promise<T | undefined | false>, millis = 10_000): Promise<T> {
  const end = Date.now() + millis;
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`Expected ${what} within ${millis} ms, it did not come.`);
    await sleep(15);
  }
}

/** Collects what a watch tells until it is closed. */
export class WatchLog {
  readonly events: { type: string; object: Json }[] = [];
  ended = false;
  readonly #abort = new AbortController();

  constructor(url: string, path: string) {
    void this.#read(url + path)
      .catch(() => undefined)
      .finally(() => (this.ended = true));
  }

  async #read(url: string): Promise<void> {
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` }, signal: this.#abort.signal });
    let rest = "";
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop()!;
      for (const line of lines) this.events.push(JSON.parse(line) as { type: string; object: Json });
    }
  }

  async of(count: number): Promise<{ type: string; object: Json }[]> {
    return until(`${count} events`, async () => (this.events.length >= count ? this.events : undefined));
  }

  summary(): string[] {
    return this.events.map(({ type, object }) => `${type} ${String(object.metadata?.name)}`);
  }

  close(): void {
    this.#abort.abort();
  }
}

export const container = { name: "web", image: "app:1" };

export function deployment(name: string, replicas: number, image = "app:1", spec: object = {}): Json {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: "web", image }] } },
      ...spec,
    },
  };
}
