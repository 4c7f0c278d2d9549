import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { connect } from "node:net";
import { pino } from "pino";
import { Registry } from "prom-client";
import { createApp } from "../../../server/app.ts";
import type { Deps } from "../../../server/deps.ts";
import { listen } from "../../../server/listen.ts";
import { environments, FakeAutomation } from "./fakeAutomation.ts";

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** The text as JSON; null where it isn't. */
  body: Record<string, unknown> | null;
}

export interface Sent {
  body?: string | Uint8Array;
  json?: unknown;
  headers?: Record<string, string>;
}

/** The real server on a port of its own, with a fake behind it. */
export async function startServer(change: Partial<Deps> = {}) {
  const automation = new FakeAutomation();
  const lines: string[] = [];
  const deps: Deps = {
    automation,
    environments,
    target: "sandbox",
    listen: "127.0.0.1",
    previewUrl: "http://localhost:4090",
    logger: pino({ level: "debug" }, { write: (line: string) => void lines.push(line) }),
    metrics: new Registry(),
    version: "0.0.0-test",
    ready: () => true,
    ...change,
  };
  const { port, close } = await listen(createApp(deps), { port: 0, address: "127.0.0.1" });
  return {
    automation,
    port,
    close,
    /** What was logged. */
    lines,
    call: (method: string, path: string, sent: Sent = {}) => call(port, method, path, sent),
    raw: (text: string) => raw(port, text),
  };
}
export type Server = Awaited<ReturnType<typeof startServer>>;

// Not fetch: it neither lets Host and Origin be set nor sends odd paths as they are.
function call(port: number, method: string, path: string, { body, json, headers }: Sent): Promise<Answer> {
  const bytes = json === undefined ? body : JSON.stringify(json);
  const type = json === undefined ? {} : { "content-type": "application/json" };
  const chunked = headers?.["transfer-encoding"] !== undefined;
  const length = bytes === undefined || chunked ? {} : { "content-length": Buffer.byteLength(bytes) };
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, method, path, headers: { ...type, ...length, ...headers } };
    const sent = httpRequest(options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, body: parsed(text) });
      });
    });
    sent.on("error", reject);
    sent.end(bytes);
  });
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
}

/** What comes back for bytes that needn't be HTTP. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    let answer = "";
    socket.setEncoding("utf8").on("data", (chunk: string) => (answer += chunk));
    socket.on("error", reject);
    socket.on("close", () => resolve(answer));
  });
}
