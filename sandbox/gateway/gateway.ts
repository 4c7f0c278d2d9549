import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import type { KubeClient } from "../kubernetes/client.ts";
import { messageOf } from "../kubernetes/failure.ts";
import { keyOf } from "../kubernetes/types.ts";
import { drain } from "../drain.ts";
import { createAdmin } from "./admin.ts";
import { Endpoints } from "./endpoints.ts";
import { GatewayMetrics } from "./metrics.ts";
import { Program } from "./program.ts";
import { createProxy } from "./proxy.ts";
import type { Gateway, HTTPRoute } from "./resources.ts";
import { Statuses } from "./statuses.ts";
import { RoutingTable } from "./table.ts";
import { createUpgrader } from "./upgrade.ts";
import { Watches } from "./watches.ts";

export interface GatewayOptions {
  /** Address to listen on; on loopback, `::1` is served too, as `*.localhost` may resolve to it. */
  listen: string;
  /** 0: any free one. */
  port: number;
  adminPort: number;
  /** GatewayClasses of this controller are served. */
  controllerName: string;
  log: (message: string) => void;
}

export interface RunningGateway {
  port: number;
  adminPort: number;
  /** Accepts nothing more, and gives requests under way some seconds to end. */
  stop: () => Promise<void>;
}

const drainMs = 3000;

/** The parts of a gateway that know of each other: what is watched, what is in force for it, what is told of that. */
function assemble(client: KubeClient, controllerName: string, log: (message: string) => void) {
  const onTrouble = (what: string, error: unknown): void => log(`${what}: ${messageOf(error)}`);
  const table = new RoutingTable();
  const metrics = new GatewayMetrics();
  const gateway = (key: string): Gateway | undefined => watches.gateway(key, controllerName);
  const endpoints = new Endpoints((service) => program.serviceChanged(service));
  const program: Program = new Program({
    table,
    endpoints,
    surroundings: { gateway, namespaceLabels: (name) => watches.namespaceLabels(name) },
    onChange: (key) => {
      statuses.routes.mark(key);
      for (const attachment of program.get(key)?.attachments ?? []) statuses.gateways.mark(attachment.gateway);
    },
    onForget: (key) => {
      statuses.routes.forget(key);
      metrics.forget(key);
      for (const one of watches.gateways()) statuses.gateways.mark(keyOf(one));
    },
  });
  const watches: Watches = new Watches(client, {
    controllerName,
    endpoints,
    program,
    statuses: () => statuses,
    onTrouble,
  });
  const route = (key: string): HTTPRoute | undefined => watches.routes.get(key);
  const statuses = new Statuses(client, { controllerName, program, route, gateway, onTrouble });
  return { table, metrics, program, watches, statuses };
}

/** Serves once everything that the API knows is in force; resolves then. */
export async function startGateway(client: KubeClient, options: GatewayOptions): Promise<RunningGateway> {
  const { table, metrics, program, watches, statuses } = assemble(client, options.controllerName, options.log);
  await watches.start();
  const admin = createAdmin(table, program, metrics);
  const servers = await listenOn(options, () => createServer(table, metrics));
  const adminPort = await listening(admin, options.adminPort, "127.0.0.1");
  return {
    port: (servers[0]!.address() as AddressInfo).port,
    adminPort,
    stop: async () => {
      watches.stop();
      program.stop();
      statuses.stop();
      admin.close();
      admin.closeAllConnections();
      await Promise.all(servers.map((server) => drain(server, drainMs)));
    },
  };
}

function createServer(table: RoutingTable, metrics: GatewayMetrics): http.Server {
  const proxy = createProxy(table, metrics);
  const server = http.createServer({ keepAliveTimeout: 65_000, requestTimeout: 0 }, (request, response) => {
    // Stopping: each connection ends with the answer to the request that is on it.
    if (!server.listening) response.shouldKeepAlive = false;
    proxy(request, response);
  });
  server.on("upgrade", createUpgrader(table));
  return server;
}

async function listenOn({ listen, port, log }: GatewayOptions, create: () => http.Server): Promise<http.Server[]> {
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

async function listening(server: http.Server, port: number, host: string): Promise<number> {
  server.listen({ port, host, backlog: 1024 });
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}
