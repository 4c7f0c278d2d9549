import assert from "node:assert/strict";
import { attachmentsOf } from "../../../sandbox/gateway/attachment.ts";
import type { Gateway, HTTPRoute, Listener } from "../../../sandbox/gateway/resources.ts";
import { gatewayStatus, routeParents } from "../../../sandbox/gateway/status.ts";
import { gateway, parentRef, route } from "./objects.ts";

const withListener = (listener: Partial<Listener>): Gateway => ({
  ...gateway,
  spec: { ...gateway.spec, listeners: [{ ...gateway.spec.listeners[0]!, ...listener }] },
});

function attach(object: HTTPRoute, to: Gateway = gateway, labels: Record<string, string> = {}) {
  return attachmentsOf(object, {
    gateway: (key) => (key === "teal-system/teal" ? to : undefined),
    namespaceLabels: () => labels,
  });
}

describe("sandbox/gateway attachment", () => {
  it("attaches to a listener that allows it", () => {
    const [attachment] = attach(route([]));
    assert.deepEqual(attachment?.hostnames, ["acme.localhost"]);
    assert.equal(attachment?.reason, "Accepted");
  });

  it("says nothing of parents that aren't ours", () => {
    assert.deepEqual(attach(route([], { parentRefs: [{ name: "other", namespace: "teal-system" }] })), []);
    assert.deepEqual(attach(route([], { parentRefs: [{ ...parentRef, kind: "Service" }] })), []);
  });

  it("refuses what listeners don't have or allow", () => {
    const reasonOf = (object: HTTPRoute, to?: Gateway, labels?: Record<string, string>) =>
      attach(object, to, labels)[0]?.reason;
    assert.equal(reasonOf(route([], { parentRefs: [{ ...parentRef, sectionName: "x" }] })), "NoMatchingParent");
    assert.equal(reasonOf(route([]), withListener({ protocol: "HTTPS" })), "NoMatchingParent");
    assert.equal(reasonOf(route([]), withListener({ hostname: "*.example.com" })), "NoMatchingListenerHostname");
    assert.equal(reasonOf(route([]), withListener({ allowedRoutes: {} })), "NotAllowedByListeners");
    const selector = { matchLabels: { tenant: "yes" } };
    const selective = withListener({ allowedRoutes: { namespaces: { from: "Selector", selector } } });
    assert.equal(reasonOf(route([]), selective), "NotAllowedByListeners");
    assert.equal(reasonOf(route([]), selective, { tenant: "yes" }), "Accepted");
  });

  it("serves only what route and listener have in common", () => {
    const [attachment] = attach(route([], { hostnames: ["a.x.io", "b.y.io"] }), withListener({ hostname: "*.x.io" }));
    assert.deepEqual(attachment?.hostnames, ["a.x.io"]);
  });
});

describe("sandbox/gateway status", () => {
  const programmed = (object: HTTPRoute, generation = 3) => ({
    generation,
    attachments: attach(object),
    compiled: undefined,
    problem: undefined,
  });

  it("keeps other controllers' parents and the time of the last change", () => {
    const other = { parentRef, controllerName: "example.com/other", conditions: [] };
    const object: HTTPRoute = { ...route([]), status: { parents: [other] } };
    const first = routeParents(object, programmed(object), "teal.dev/gateway");
    assert.equal(first[0], other);
    const ours = first[1]!;
    assert.deepEqual(
      ours.conditions.map(({ type, status, reason, observedGeneration }) => [type, status, reason, observedGeneration]),
      [
        ["Accepted", "True", "Accepted", 3],
        ["ResolvedRefs", "True", "ResolvedRefs", 3],
      ],
    );
    const long = {
      ...ours,
      conditions: ours.conditions.map((c) => ({ ...c, lastTransitionTime: "2020-01-01T00:00:00Z" })),
    };
    const again = routeParents({ ...object, status: { parents: [long] } }, programmed(object, 4), "teal.dev/gateway");
    assert.deepEqual(
      again[0]?.conditions.map((c) => [c.observedGeneration, c.lastTransitionTime]),
      [
        [4, "2020-01-01T00:00:00Z"],
        [4, "2020-01-01T00:00:00Z"],
      ],
    );
  });

  it("counts attached routes per listener, and refuses protocols that it doesn't speak", () => {
    const both: Gateway = {
      ...gateway,
      spec: { ...gateway.spec, listeners: [gateway.spec.listeners[0]!, { name: "tls", port: 443, protocol: "HTTPS" }] },
    };
    const { listeners } = gatewayStatus(both, new Map([["http", 7]]));
    assert.deepEqual(
      listeners?.map(({ name, attachedRoutes, conditions }) => [name, attachedRoutes, conditions[0]?.reason]),
      [
        ["http", 7, "Accepted"],
        ["tls", 0, "UnsupportedProtocol"],
      ],
    );
  });
});
