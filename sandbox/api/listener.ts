import { createServer as createHttpServer, type RequestListener, type Server as HttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { TealError } from "../../model/errors.ts";
import type { ServingCertificate } from "./certificate.ts";

export interface Listener {
  port: number;
  /** Ends every connection, watches too. */
  close(): Promise<void>;
}

const tlsHandshake = 0x16;

/**
 * Listens on 127.0.0.1 for HTTP and HTTPS on the same port. kubectl sends a token over HTTPS only; Teal's own clients save
 * themselves the handshakes.
 *
 * @throws TealError `sandbox_port` when the port cannot be had.
 */
export async function listen(port: number, certificate: ServingCertificate, serve: RequestListener): Promise<Listener> {
  const plain = createHttpServer(serve);
  const secure = createHttpsServer(certificate, serve);
  for (const server of [plain, secure]) letStay(server);
  const sockets = new Set<Socket>();
  const front = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    // A client that goes away in the middle is nobody's error.
    socket.on("error", () => socket.destroy());
    socket.once("readable", () => {
      const first = socket.read(1) as Buffer | null;
      if (first === null) return socket.destroy();
      socket.unshift(first);
      (first[0] === tlsHandshake ? secure : plain).emit("connection", socket);
    });
  });
  await new Promise<void>((resolve, reject) => {
    front.once("error", (cause: NodeJS.ErrnoException) => {
      const message = `Expected to listen on 127.0.0.1:${port} for the sandbox's API, got ${cause.code ?? cause.message}. Choose another port or stop what uses it.`;
      reject(new TealError("sandbox_port", message, { cause }));
    });
    front.listen(port, "127.0.0.1", resolve);
  });
  return {
    port: (front.address() as AddressInfo).port,
    async close() {
      const closed = new Promise((resolve) => front.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Watches stay open for as long as they like. */
function letStay(server: HttpServer): void {
  server.requestTimeout = 0;
  server.keepAliveTimeout = 60_000;
}
