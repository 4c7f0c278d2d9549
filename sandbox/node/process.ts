import http from "node:http";
import { createApp, type App } from "../../examples/app/app.ts";
import { drain } from "../drain.ts";

export interface ProcessOptions {
  image: string;
  env: Readonly<Record<string, string>>;
  words: readonly string[];
  runsToCompletion: boolean;
  ports: readonly number[];
  log: (line: string) => void;
  onExit: (code: number) => void;
}

/** What runs in a container: the example application, with a listener for each of the container's ports. */
export class Process {
  readonly #options: ProcessOptions;
  readonly #app: App;
  #servers: readonly http.Server[] = [];
  #ended = false;

  constructor(options: ProcessOptions) {
    this.#options = options;
    this.#app = createApp(options.env, options.image, {
      words: options.words,
      runsToCompletion: options.runsToCompletion,
      log: options.log,
      exit: (code) => this.#exit(code),
    });
  }

  /** Binds all ports at `address`; rejects with EADDRINUSE, nothing left bound, where one of them is taken. */
  async listen(address: string): Promise<void> {
    const results = await Promise.allSettled(this.#options.ports.map((port) => listening(this.#app, port, address)));
    this.#servers = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    const failed = results.find((result) => result.status === "rejected");
    if (failed === undefined) return;
    this.#close();
    throw failed.reason;
  }

  run(): void {
    this.#app.start();
  }

  /** Answers that it isn't ready any more, and goes on serving. */
  drain(): void {
    this.#app.drain();
  }

  /** Accepts nothing new and lets requests under way end, for `graceMs` at most. */
  async stop(graceMs: number): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    this.#app.stop();
    await Promise.all(this.#servers.map((server) => drain(server, graceMs)));
  }

  /** Ends it on the spot, as a crash does. */
  kill(): void {
    this.#ended = true;
    this.#app.stop();
    this.#close();
  }

  #exit(code: number): void {
    if (this.#ended) return;
    this.kill();
    this.#options.onExit(code);
  }

  #close(): void {
    for (const server of this.#servers) {
      server.close();
      server.closeAllConnections();
    }
  }
}

function listening(app: App, port: number, address: string): Promise<http.Server> {
  // Connections idle for long belong to gateways, which close them first: a pod that did might cut off a request.
  const server = http.createServer({ keepAliveTimeout: 90_000, connectionsCheckingInterval: 60_000 }, app.handle);
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host: address, backlog: 128 }, () => {
      server.off("error", reject);
      resolve(server);
    });
  });
}
