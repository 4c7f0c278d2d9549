import type { KubeClient } from "../kubernetes/client.ts";
import { messageOf } from "../kubernetes/failure.ts";
import { keyOf } from "../kubernetes/types.ts";
import { drain } from "../drain.ts";
import { createAdmin } from "./admin.ts";
import { Certificates } from "./certificates.ts";
import { Endpoints } from "./endpoints.ts";
import { Grants } from "./grants.ts";
import { listening, listenOn, plainServer, portOf, tlsServer } from "./listeners.ts";
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
  /** Where TLS is served, by name; 0: any free one, undefined: nowhere. */
  tlsPort?: number;
  adminPort: number;
  /** GatewayClasses of this controller are served. */
  controllerName: string;
  log: (message: string) => void;
}

export interface RunningGateway {
  port: number;
  tlsPort?: number;
  adminPort: number;
  /** Accepts nothing more, and gives requests under way some seconds to end. */
  stop: () => Promise<void>;
}

const drainMs = 3000;

/** The parts of a gateway that know of each other: what is watched, what is in force for it, what is told of that. */
function assemble(client: KubeClient, { controllerName, log, tlsPort }: GatewayOptions) {
  const onTrouble = (what: string, error: unknown): void => log(`${what}: ${messageOf(error)}`);
  const table = new RoutingTable();
  const metrics = new GatewayMetrics();
  const gateway = (key: string): Gateway | undefined => watches.gateway(key, controllerName);
  const endpoints = new Endpoints((service) => program.serviceChanged(service));
  const grants = new Grants();
  const program: Program = new Program({
    table,
    endpoints,
    granted: (...names) => grants.allows(...names),
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
  const certificates = new Certificates(
    () => [...watches.gateways()].filter((one) => gateway(keyOf(one)) !== undefined),
    () => [...watches.gateways()].forEach((one) => statuses.gateways.mark(keyOf(one))),
  );
  const watches: Watches = new Watches(client, {
    controllerName,
    endpoints,
    grants,
    certificates: tlsPort === undefined ? undefined : certificates,
    program,
    statuses: () => statuses,
    onTrouble,
  });
  const route = (key: string): HTTPRoute | undefined => watches.routes.get(key);
  const statuses = new Statuses(client, { controllerName, program, certificates, route, gateway, onTrouble });
  return { table, metrics, program, watches, statuses, certificates };
}

/** Serves once everything that the API knows is in force; resolves then. */
export async function startGateway(client: KubeClient, options: GatewayOptions): Promise<RunningGateway> {
  const { table, metrics, program, watches, statuses, certificates } = assemble(client, options);
  await watches.start();
  const admin = createAdmin(table, program, metrics);
  const handlers = { request: createProxy(table, metrics), upgrade: createUpgrader(table) };
  const { listen, port, tlsPort, log } = options;
  const servers = await listenOn({ listen, port, log }, () => plainServer(handlers));
  const contextFor = (name: string) => certificates.contextFor(name);
  const secure =
    tlsPort === undefined ? [] : await listenOn({ listen, port: tlsPort, log }, () => tlsServer(handlers, contextFor));
  const adminPort = await listening(admin, options.adminPort, "127.0.0.1");
  return {
    port: portOf(servers[0]!),
    ...(secure[0] && { tlsPort: portOf(secure[0]) }),
    adminPort,
    stop: async () => {
      watches.stop();
      program.stop();
      statuses.stop();
      admin.close();
      admin.closeAllConnections();
      await Promise.all([...servers, ...secure].map((server) => drain(server, drainMs)));
    },
  };
}
