import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { SecureContext } from "node:tls";
import { messageOf } from "../kubernetes/failure.ts";

const serverOptions = { keepAliveTimeout: 65_000, requestTimeout: 0 };

/** What a server does with what comes. */
export interface Handlers {
  request: http.RequestListener;
  upgrade: (request: http.IncomingMessage, socket: Duplex, head: Buffer) => void;
}

export function plainServer({ request, upgrade }: Handlers): http.Server {
  const server = http.createServer(serverOptions);
  return handled(server, request, upgrade);
}

/** Serves by the name that the client asks for: without one, or where there is no certificate, the handshake fails. */
export function tlsServer(
  { request, upgrade }: Handlers,
  contextFor: (servername: string) => SecureContext | undefined,
): https.Server {
  const server = https.createServer({
    ...serverOptions,
    ALPNProtocols: ["http/1.1"],
    SNICallback: (servername, done) => done(null, contextFor(servername)),
  });
  return handled(server, request, upgrade);
}

function handled<S extends http.Server>(server: S, request: http.RequestListener, upgrade: Handlers["upgrade"]): S {
  server.on("request", (incoming: http.IncomingMessage, response: http.ServerResponse) => {
    // Stopping: each connection ends with the answer to the request that is on it.
    if (!server.listening) response.shouldKeepAlive = false;
    request(incoming, response);
  });
  server.on("upgrade", upgrade);
  return server;
}

export interface Where {
  /** Address; on loopback, `::1` is served too, as `*.localhost` may resolve to it. */
  listen: string;
  /** 0: any free one. */
  port: number;
  log: (message: string) => void;
}

/** The servers that listen, all on one port. */
export async function listenOn<S extends http.Server>({ listen, port, log }: Where, create: () => S): Promise<S[]> {
  const first = create();
  const chosen = await listening(first, port, listen);
  if (!listen.startsWith("127.")) return [first];
  const second = create();
  try {
    await listening(second, chosen, "::1");
    return [first, second];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A machine without IPv6 has nobody who could ask by it.
    if (code !== "EADDRNOTAVAIL" && code !== "EAFNOSUPPORT")
      log(`not listening on [::1]:${chosen}: ${messageOf(error)}`);
    return [first];
  }
}

export async function listening(server: http.Server, port: number, host: string): Promise<number> {
  server.listen({ port, host, backlog: 1024 });
  await once(server, "listening");
  return portOf(server);
}

export function portOf(server: http.Server): number {
  return (server.address() as AddressInfo).port;
}
