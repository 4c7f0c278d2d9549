import assert from "node:assert/strict";
import { Endpoints } from "../../../sandbox/gateway/endpoints.ts";
import { Program } from "../../../sandbox/gateway/program.ts";
import type { HTTPRoute } from "../../../sandbox/gateway/resources.ts";
import { RoutingTable } from "../../../sandbox/gateway/table.ts";
import { gateway, pod, route, service } from "./objects.ts";

describe("sandbox/gateway program", () => {
  const to = (name: string, generation: number, annotations: Record<string, string> = {}): HTTPRoute => {
    const made = route([{ backendRefs: [{ name, port: 80 }] }]);
    return { ...made, metadata: { ...made.metadata, generation, annotations } };
  };
  /** The generation that is in force once a route to a Service with pods has become `changed`. */
  const inForceAfter = (changed: HTTPRoute): number | undefined => {
    const endpoints = new Endpoints(() => undefined);
    const program = new Program({
      table: new RoutingTable(),
      endpoints,
      surroundings: { gateway: () => gateway, namespaceLabels: () => ({}) },
      onChange: () => undefined,
      onForget: () => undefined,
    });
    endpoints.setService(service("web"));
    endpoints.setService(service("empty"));
    endpoints.setPod(pod("web", 1), undefined);
    const first = to("web", 1);
    program.set(first, undefined);
    program.set(changed, first);
    program.stop();
    return program.get("acme/web")?.generation;
  };

  it("lets a route that leads to no pod yet wait a moment as it was", () => {
    assert.equal(inForceAfter(to("empty", 2)), 1);
    assert.equal(inForceAfter(to("web", 2)), 2);
  });

  it("attaches a route that was heard of before its namespace", () => {
    const labels = new Map<string, Record<string, string>>();
    const selector = { matchLabels: { open: "yes" } };
    const [listener] = gateway.spec.listeners;
    const allowedRoutes = { namespaces: { from: "Selector" as const, selector } };
    const selective = { ...gateway, spec: { ...gateway.spec, listeners: [{ ...listener!, allowedRoutes }] } };
    const program = new Program({
      table: new RoutingTable(),
      endpoints: new Endpoints(() => undefined),
      surroundings: { gateway: () => selective, namespaceLabels: (name) => labels.get(name) },
      onChange: () => undefined,
      onForget: () => undefined,
    });
    program.set(to("web", 1), undefined);
    const reason = () => program.get("acme/web")?.attachments[0]?.reason;
    assert.equal(reason(), "NotAllowedByListeners");
    labels.set("acme", { open: "yes" });
    program.reattachIn("acm");
    assert.equal(reason(), "NotAllowedByListeners");
    program.reattachIn("acme");
    assert.equal(reason(), "Accepted");
  });

  it("closes a suspended route at once: there it is meant", () => {
    assert.equal(inForceAfter(to("empty", 2, { "teal.dev/suspended": "true" })), 2);
  });
});
