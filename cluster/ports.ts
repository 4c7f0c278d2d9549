import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
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

/** Different ones: all are held before the first is let go. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.once("error", reject);
          server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port));
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
