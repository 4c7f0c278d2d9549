import http from "node:http";
import type { AddressInfo } from "node:net";
import { createApp, type App } from "../../../examples/app/app.ts";

export interface Running {
  app: App;
  lines: string[];
  exits: number[];
  /** The code that it exited with; waits for it. */
  exited: Promise<number>;
  get: (path: string) => Promise<{ status: number; text: string }>;
  send: (method: string, path: string, body?: unknown) => Promise<{ status: number; body: Record<string, unknown> }>;
}

/** Runs the application on a port of its own; `closing` gets what ends it. */
export async function runApp(
  closing: (() => void)[],
  image: string,
  env: Record<string, string> = {},
  words: string[] = [],
): Promise<Running> {
  const lines: string[] = [];
  const exits: number[] = [];
  const exited = Promise.withResolvers<number>();
  const exit = (code: number): void => {
    exits.push(code);
    exited.resolve(code);
  };
  const app = createApp(env, image, { words, log: (line) => lines.push(line), exit });
  const server = http.createServer(app.handle);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  app.start();
  closing.push(() => {
    app.stop();
    server.close();
    server.closeAllConnections();
  });
  const url = `http://127.0.0.1:${port}`;
  return {
    app,
    lines,
    exits,
    exited: exited.promise,
    get: async (path) => {
      const response = await fetch(url + path);
      return { status: response.status, text: await response.text() };
    },
    send: async (method, path, body) => {
      const text = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
      const response = await fetch(url + path, { method, ...text });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
  };
}
