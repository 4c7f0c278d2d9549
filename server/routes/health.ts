import type { Request } from "express";
import { z } from "zod";
import type { Deps } from "../deps.ts";
import { bears } from "../http/guard.ts";
import { route, type Route } from "../http/route.ts";

const tag = "Health";
const check = z.object({ name: z.string(), ok: z.boolean(), problem: z.string().optional() });
const readiness = z.object({ ready: z.boolean(), checks: z.array(check) }).meta({ id: "Readiness" });

export function healthRoutes(deps: Deps): Route[] {
  return [
    route({
      method: "get",
      path: "/healthz",
      id: "getHealth",
      tag,
      summary: "Whether the process lives",
      answers: { 200: { description: "It does", schema: z.object({ status: z.literal("ok"), version: z.string() }) } },
      handle: () => ({ status: 200, body: { status: "ok", version: deps.version } }),
    }),
    route({
      method: "get",
      path: "/readyz",
      id: "getReadiness",
      tag,
      summary: "Whether Teal can do its work now",
      answers: {
        200: { description: "It can", schema: readiness },
        503: { description: "It cannot; `checks` say why", schema: readiness },
      },
      handle: async ({ request }) => {
        const checks = await deps.automation.health();
        const ready = deps.ready() && checks.every((c) => c.ok);
        const shown = mayKnowMore(deps, request) ? checks : checks.map(({ name, ok }) => ({ name, ok }));
        return { status: ready ? 200 : 503, body: { ready, checks: shown } };
      },
    }),
    route({
      method: "get",
      path: "/metrics",
      id: "getMetrics",
      tag,
      summary: "Figures for Prometheus",
      answers: { 200: { description: "Prometheus text format", type: "text/plain" } },
      handle: async () => ({ status: 200, body: await deps.metrics.metrics(), type: deps.metrics.contentType }),
    }),
  ];
}

// Problems may name hosts and ports: where a token guards them, so it does here.
function mayKnowMore(deps: Deps, request: Request): boolean {
  return deps.token === undefined || bears(request, deps.token);
}
