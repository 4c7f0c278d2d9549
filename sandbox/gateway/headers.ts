import type { IncomingMessage } from "node:http";
import { TLSSocket } from "node:tls";
import type { Headers } from "./filters.ts";

/** Of one connection, not of the request: never passed on (RFC 9110, 7.6.1). */
const hopByHop = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** The headers that a request goes on with: without those of the connection, and with who asked, for what host. */
export function forwardedHeaders(request: IncomingMessage): Headers {
  const headers: Headers = { ...request.headers };
  for (const name of namedBy(request.headers.connection)) Reflect.deleteProperty(headers, name);
  for (const name of hopByHop) if (name in headers) Reflect.deleteProperty(headers, name);
  Reflect.deleteProperty(headers, "expect");
  // A body of unknown length stays one.
  if (request.headers["transfer-encoding"] !== undefined) headers["transfer-encoding"] = "chunked";
  const { host } = request.headers;
  const client = request.socket.remoteAddress ?? "";
  const before = request.headers["x-forwarded-for"];
  headers["x-forwarded-for"] = before === undefined ? client : `${String(before)}, ${client}`;
  headers["x-forwarded-proto"] ??= schemeOf(request);
  headers["x-forwarded-port"] ??= String(request.socket.localPort ?? "");
  if (host !== undefined) headers["x-forwarded-host"] ??= host;
  return headers;
}

/** How the client speaks to the gateway. */
export function schemeOf({ socket }: IncomingMessage): "http" | "https" {
  return socket instanceof TLSSocket ? "https" : "http";
}

/** The headers that an answer goes back with, `[name, value, …]` with names as they came. */
export function returnedHeaders(response: IncomingMessage): string[] {
  const { rawHeaders } = response;
  const named = namedBy(response.headers.connection);
  const headers: string[] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!.toLowerCase();
    if (!hopByHop.has(name) && !named.includes(name)) headers.push(rawHeaders[i]!, rawHeaders[i + 1]!);
  }
  return headers;
}

const namedBy = (connection: string | undefined): string[] =>
  connection === undefined || connection === "keep-alive" || connection === "close"
    ? []
    : connection.split(",").map((name) => name.trim().toLowerCase());

/** Whether a request has a body, which can be sent once only. */
export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
