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

  it("closes a suspended route at once: there it is meant", () => {
    assert.equal(inForceAfter(to("empty", 2, { "teal.dev/suspended": "true" })), 2);
  });
});
