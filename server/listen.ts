import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { TealError } from "../model/errors.ts";
import { problemOf } from "./http/errors.ts";

/** How long answers under way may take once the server closes, before their connections are cut. */
const graceMilliseconds = 3_000;

/** Milliseconds. Connections are kept for longer than clients commonly wait between two polls. */
const timeouts = { headersTimeout: 20_000, requestTimeout: 60_000, keepAliveTimeout: 65_000 };

export interface Listening {
  port: number;
  /** Takes no more connections, ends event streams and idle connections at once, and waits for answers under way. */
  close(): Promise<void>;
}

/** Serves the app at `address`. `port` 0 takes any free one. Throws `port_in_use`, `address_unavailable`. */
export async function listen(app: RequestListener, at: { port: number; address: string }): Promise<Listening> {
  // A request without Host is refused by the app, as a problem; Node's own answer would have no body.
  const server = createServer({ requireHostHeader: false, ...timeouts }, app);
  // An Expect that nobody understands may be ignored; Node's own refusal would have no body either.
  server.on("checkExpectation", app);
  const open = openResponses(server);
  server.on("clientError", (error, socket: Socket) => {
    // Nothing may be written into the middle of an answer.
    const isAnswering = [...open].some((response) => response.socket === socket && response.headersSent);
    if (isAnswering || !socket.writable) socket.destroy();
    else refuseUnreadable(error, socket);
  });
  server.listen(at.port, at.address);
  try {
    await once(server, "listening");
  } catch (error) {
    throw listenFailure(error, at);
  }
  return { port: (server.address() as AddressInfo).port, close: () => close(server, open) };
}

function openResponses(server: Server): Set<ServerResponse> {
  const open = new Set<ServerResponse>();
  server.on("request", (_request, response: ServerResponse) => {
    open.add(response);
    response.once("close", () => open.delete(response));
  });
  return open;
}

async function close(server: Server, open: Set<ServerResponse>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const response of open) {
    if (!response.headersSent) response.setHeader("Connection", "close");
    else if (isStream(response)) response.end();
  }
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), graceMilliseconds);
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  await closed;
  clearTimeout(cut);
  clearInterval(sweep);
}

function isStream(response: ServerResponse): boolean {
  return String(response.getHeader("content-type")).startsWith("text/event-stream");
}

function listenFailure(cause: unknown, { port, address }: { port: number; address: string }): TealError {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "EADDRINUSE") {
    const hint = "stop what listens there, or set PORT to another";
    return new TealError("port_in_use", `Expected port ${port} of ${address} to be free; it is in use: ${hint}.`, {
      cause,
    });
  }
  const text = `Expected an address and port that can be listened on; got ${address} port ${port} (${String(code)}).`;
  return new TealError("address_unavailable", `${text} Set TEAL_LISTEN and PORT.`, { cause });
}

/** Answers what isn't HTTP, or too long: the app never sees it. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  const problem = problemOf(unreadable(error), randomUUID());
  const body = JSON.stringify(problem);
  socket.end(
    [
      `HTTP/1.1 ${problem.status} ${problem.title}`,
      "Content-Type: application/problem+json",
      `Content-Length: ${Buffer.byteLength(body)}`,
      "Connection: close",
      "",
      body,
    ].join("\r\n"),
  );
}

function unreadable(error: NodeJS.ErrnoException): TealError {
  if (error.code === "HPE_HEADER_OVERFLOW") {
    return new TealError("headers_too_large", "Expected a request line and headers of at most 16 kB; got more.");
  }
  if (error.code === "ERR_HTTP_REQUEST_TIMEOUT") {
    return new TealError("request_timeout", "Expected the request within a minute; it did not arrive.");
  }
  return new TealError("bad_request", "Expected an HTTP/1.1 request; got something else.");
}
