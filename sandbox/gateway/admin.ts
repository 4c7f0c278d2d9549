import http from "node:http";
import type { GatewayMetrics } from "./metrics.ts";
import type { Program } from "./program.ts";
import type { RoutingTable } from "./table.ts";

/** `/healthz`, `/metrics` and `/routes` (what is in force) on a port of its own that only this machine reaches. */
export function createAdmin(table: RoutingTable, program: Program, metrics: GatewayMetrics): http.Server {
  return http.createServer((request, response) => {
    const path = (request.url ?? "/").split("?", 1)[0];
    if (path === "/healthz") response.end("ok");
    else if (path === "/routes") {
      response.setHeader("content-type", "application/json");
      response.end(`${JSON.stringify(routesInForce(table, program))}\n`);
    } else if (path === "/metrics")
      void metrics.registry.metrics().then((text) => {
        response.setHeader("content-type", metrics.registry.contentType);
        response.end(text);
      });
    else response.writeHead(404).end("not found\n");
  });
}

export interface RouteInForce {
  namespace: string;
  name: string;
  /** Of the HTTPRoute that this was made from. */
  generation: number;
  hostnames: readonly string[];
  rules: readonly {
    matches: readonly object[];
    /** `endpoints` are `address:port` of the ready pods. */
    backends: readonly { service: string | null; port: number | null; weight: number; endpoints: readonly string[] }[];
  }[];
}

function routesInForce(table: RoutingTable, program: Program): RouteInForce[] {
  return [...table.values()].map(({ route, hostnames }) => {
    const [namespace = "", name = ""] = route.key.split("/");
    const rules = route.rules.map(({ matches, targets }) => ({
      matches: matches.map(({ exactPath, prefix, method, headers, query }) => ({
        ...(exactPath === undefined ? { pathPrefix: prefix === "" ? "/" : prefix } : { path: exactPath }),
        ...(method !== undefined && { method }),
        // Values of headers may be the token of a preview.
        ...(headers.length > 0 && { headers: headers.map(([header]) => header) }),
        ...(query.length > 0 && { query: query.map(([parameter]) => parameter) }),
      })),
      backends: targets.map(({ backend, weight }) => ({
        service: backend?.service ?? null,
        port: backend?.port ?? null,
        weight,
        endpoints: backend?.endpoints.map(({ host, port }) => `${host}:${port}`) ?? [],
      })),
    }));
    return { namespace, name, generation: program.get(route.key)?.generation ?? 0, hostnames, rules };
  });
}
