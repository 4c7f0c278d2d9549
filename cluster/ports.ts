import { randomInt } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer, type Server } from "node:net";
import { z } from "zod";
import type { Layout } from "./layout.ts";

const Ports = z.object({
  apiserver: z.int(),
  etcd: z.int(),
  etcdPeer: z.int(),
  controllerManager: z.int(),
  gateway: z.int(),
  gatewayAdmin: z.int(),
});
export type Ports = z.infer<typeof Ports>;

/**
 * Gives the cluster its ports on 127.0.0.1 and remembers them, so that kubeconfigs hold over a restart.
 *
 * @param apiserver port of the API server for a new cluster; 0 for any that is free
 */
export async function ensurePorts(layout: Layout, apiserver: number): Promise<Ports> {
  const known = await readFile(layout.ports, "utf8").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return undefined;
    throw cause;
  });
  if (known !== undefined) return Ports.parse(JSON.parse(known));
  const [free, etcd, etcdPeer, controllerManager, gateway, gatewayAdmin] = await freePorts(6);
  const ports = {
    apiserver: apiserver || free!,
    etcd: etcd!,
    etcdPeer: etcdPeer!,
    controllerManager: controllerManager!,
    gateway: gateway!,
    gatewayAdmin: gatewayAdmin!,
  };
  await writeFile(layout.ports, JSON.stringify(ports));
  return ports;
}

/** Below what systems give to outgoing connections: one of those could take a port before, or between, its owner's starts. */
const first = 20_000;
const count = 10_000;

/** Different ones: all are held before the first is let go. */
async function freePorts(wanted: number): Promise<number[]> {
  const held: Server[] = [];
  while (held.length < wanted) {
    const server = await listenOn(first + randomInt(count));
    if (server !== undefined) held.push(server);
  }
  const ports = held.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(held.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** Undefined where the port is taken. */
async function listenOn(port: number): Promise<Server | undefined> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(undefined) : reject(error),
    );
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}
