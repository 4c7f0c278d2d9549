import { createServer } from "node:net";
import { TealError } from "../model/errors.ts";

/** A port of 127.0.0.1 that nobody uses now. */
export async function freePort(): Promise<number> {
  return await tryPort(0, "127.0.0.1");
}

/** Throws `port_in_use`, naming the setting, when `port` can't be listened on. 0 is always free. */
export async function expectFree(setting: string, port: number, address: string): Promise<void> {
  try {
    await tryPort(port, address);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why = code === "EADDRINUSE" ? "it is in use" : message;
    throw new TealError("port_in_use", `${setting}: expected a port to listen on at ${address}, got ${port}: ${why}.`, {
      cause,
    });
  }
}

function tryPort(port: number, address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(port, address, () => {
      const bound = server.address();
      server.close(() => resolve(typeof bound === "object" && bound ? bound.port : port));
    });
  });
}
