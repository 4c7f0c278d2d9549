import assert from "node:assert/strict";
import fc from "fast-check";
import { compileRoute, type CompiledRoute } from "../../../sandbox/gateway/compile.ts";
import { Endpoints } from "../../../sandbox/gateway/endpoints.ts";
import { hostOf, intersection } from "../../../sandbox/gateway/hostname.ts";
import { compileMatch, comparePrecedence, matches, type CompiledMatch } from "../../../sandbox/gateway/match.ts";
import { grantees, Grants } from "../../../sandbox/gateway/grants.ts";
import type { ReferenceGrant, HTTPRoute, RouteMatch } from "../../../sandbox/gateway/resources.ts";
import { RoutingTable } from "../../../sandbox/gateway/table.ts";
import { route } from "./objects.ts";

const endpoints = new Endpoints(() => undefined);

function compiled(object: HTTPRoute): CompiledRoute {
  const result = compileRoute(object, (...names) => endpoints.backend(...names));
  if (typeof result === "string") throw new Error(result);
  return result;
}

/** A table of routes with one rule per match, each leading to the service that it names. */
function tableOf(entries: Record<string, { hostnames?: string[]; rules: Record<string, RouteMatch[]> }>): RoutingTable {
  const table = new RoutingTable();
  for (const [name, { hostnames = ["acme.localhost"], rules }] of Object.entries(entries)) {
    const list = Object.entries(rules).map(([to, all]) => ({ matches: all, backendRefs: [{ name: to, port: 80 }] }));
    table.set(compiled(route(list, {}, name)), hostnames);
  }
  return table;
}

function found(table: RoutingTable, host: string, url = "/", headers = {}, method = "GET"): string | undefined {
  return table.find(host, { method, url, headers })?.targets[0]?.backend?.service;
}

describe("sandbox/gateway routing table", () => {
  it("takes the most specific host, and never another one's routes", () => {
    const table = tableOf({
      exact: { hostnames: ["a.b.localhost"], rules: { exact: [{ path: { type: "Exact", value: "/only" } }] } },
      near: { hostnames: ["*.b.localhost"], rules: { near: [{}] } },
      far: { hostnames: ["*.localhost"], rules: { far: [{}] } },
    });
    assert.equal(found(table, "a.b.localhost:4080", "/only"), "exact");
    assert.equal(found(table, "a.b.localhost", "/else"), undefined);
    assert.equal(found(table, "X.b.LOCALHOST."), "near");
    assert.equal(found(table, "x.y.b.localhost"), "near");
    assert.equal(found(table, "b.localhost"), "far");
    assert.equal(found(table, "localhost"), undefined);
    assert.equal(found(table, "example.com"), undefined);
  });

  it("falls back to routes of any host", () => {
    assert.equal(found(tableOf({ any: { hostnames: ["*"], rules: { any: [{}] } } }), "what.ever"), "any");
  });

  it("matches by path, method, header and query, in the Gateway API's order", () => {
    const rules: Record<string, RouteMatch[]> = {
      all: [{}],
      api: [{ path: { type: "PathPrefix", value: "/api/" } }],
      exact: [{ path: { type: "Exact", value: "/api/v1" } }],
      post: [{ path: { type: "PathPrefix", value: "/api" }, method: "POST" }],
      preview: [{ headers: [{ name: "X-Preview", value: "t" }] }],
      query: [{ queryParams: [{ name: "beta", value: "1" }] }],
    };
    const table = tableOf({ web: { rules } });
    const at = (url: string, headers = {}, method = "GET") => found(table, "acme.localhost", url, headers, method);
    assert.equal(at("/"), "all");
    assert.equal(at("/api"), "api");
    assert.equal(at("/apis"), "all");
    assert.equal(at("/api/x?beta=1"), "api");
    assert.equal(at("/api/v1?x=y"), "exact");
    assert.equal(at("/api/x", {}, "POST"), "post");
    assert.equal(at("/", { "x-preview": "t" }), "preview");
    assert.equal(at("/", { "x-preview": "other" }), "all");
    assert.equal(at("/?beta=1&x=2"), "query");
    assert.equal(at("/?beta=2"), "all");
  });

  it("prefers the older route among equals, then the one first by name", () => {
    const young = compiled(route([{ backendRefs: [{ name: "young", port: 80 }] }], {}, "a"));
    const old = compiled(route([{ backendRefs: [{ name: "old", port: 80 }] }], {}, "z"));
    const table = new RoutingTable();
    table.set({ ...young, createdAt: "2026-02-01T00:00:00Z" }, ["h"]);
    table.set(old, ["h"]);
    assert.equal(found(table, "h"), "old");
    table.set(young, ["h"]);
    assert.equal(found(table, "h"), "young");
  });

  it("changes and removes one route without touching others", () => {
    const table = tableOf({
      one: { hostnames: ["one"], rules: { one: [{}] } },
      two: { hostnames: ["two"], rules: { two: [{}] } },
    });
    table.set(compiled(route([{ backendRefs: [{ name: "moved", port: 80 }] }], {}, "one")), ["uno"]);
    assert.equal(found(table, "one"), undefined);
    assert.equal(found(table, "uno"), "moved");
    assert.equal(found(table, "two"), "two");
    table.delete("acme/one");
    assert.equal(found(table, "uno"), undefined);
    assert.equal(found(table, "two"), "two");
  });

  it("refuses what it doesn't do", () => {
    const refuses = (object: HTTPRoute) =>
      typeof compileRoute(object, (...names) => endpoints.backend(...names)) === "string";
    assert.ok(refuses(route([{ matches: [{ path: { type: "RegularExpression", value: ".*" } }] }])));
    assert.ok(refuses(route([{ filters: [{ type: "RequestMirror" }] }])));
    assert.equal(
      compiled(route([{ backendRefs: [{ name: "x", namespace: "other", port: 80 }] }])).unresolved?.reason,
      "RefNotPermitted",
    );
  });

  describe("a Service of another namespace", () => {
    const from = { group: "gateway.networking.k8s.io", kind: "HTTPRoute", namespace: "acme" };
    const to = { group: "", kind: "Service", name: "x" };
    const grant = (more: { from?: object; to?: object; namespace?: string }): ReferenceGrant => ({
      metadata: { namespace: more.namespace ?? "other", name: "grant" },
      spec: { from: [{ ...from, ...more.from }], to: [{ ...to, ...more.to }] },
    });
    const cases: [string, ReferenceGrant | null, boolean][] = [
      ["may not be led to without a grant", null, false],
      ["may be by one for just it", grant({}), true],
      ["may not be by one for another Service", grant({ to: { name: "y" } }), false],
      ["may not be by one for a Secret", grant({ to: { kind: "Secret" } }), false],
      ["may not be by one for another namespace's routes", grant({ from: { namespace: "globex" } }), false],
      ["may not be by one for routes of another kind", grant({ from: { kind: "GRPCRoute" } }), false],
      ["may not be by one in the route's own namespace", grant({ namespace: "acme" }), false],
    ];
    for (const [what, given, permitted] of cases) {
      it(what, () => {
        const grants = new Grants();
        if (given) grants.set(given);
        const led = compileRoute(
          route([{ backendRefs: [{ name: "x", namespace: "other", port: 80 }] }]),
          (...names) => endpoints.backend(...names),
          (...names) => grants.allows(...names),
        ) as CompiledRoute;
        assert.equal(led.unresolved?.reason, permitted ? undefined : "RefNotPermitted");
        const [target] = led.rules[0]!.targets;
        assert.deepEqual(
          [target?.backend?.namespace, target?.backend?.service],
          permitted ? ["other", "x"] : [undefined, undefined],
        );
      });
    }

    it("may be by one that names no Service, until it is taken back", () => {
      const grants = new Grants();
      const { name: _, ...any } = to;
      const all = { ...grant({}), spec: { from: [from], to: [any] } };
      grants.set(all);
      assert.ok(grants.allows("acme", "other", "z"));
      assert.deepEqual(grantees(all), ["acme"]);
      grants.delete(all);
      assert.ok(!grants.allows("acme", "other", "z"));
    });
  });

  const anyMatch = fc.record({
    path: fc.record({
      type: fc.constantFrom("Exact", "PathPrefix"),
      value: fc.constantFrom("/", "/a", "/a/", "/a/b", "/ab"),
    }),
    headers: fc.subarray([
      { name: "x", value: "1" },
      { name: "y", value: "1" },
    ]),
  });
  const compileAll = (all: RouteMatch[]): CompiledMatch[] => all.map(compileMatch).filter((m) => typeof m !== "string");

  it("has an order of precedence that is one", () => {
    fc.assert(
      fc.property(anyMatch, anyMatch, anyMatch, (...all) => {
        const [a, b, c] = compileAll(all) as [CompiledMatch, CompiledMatch, CompiledMatch];
        assert.equal(Math.sign(comparePrecedence(a, b)) + Math.sign(comparePrecedence(b, a)), 0);
        if (comparePrecedence(a, b) <= 0 && comparePrecedence(b, c) <= 0) assert.ok(comparePrecedence(a, c) <= 0);
      }),
    );
  });

  it("finds the best of all matches that a request fulfils", () => {
    const urls = fc.constantFrom("/", "/a", "/a/b", "/a/b/c", "/ab", "/abc");
    fc.assert(
      fc.property(fc.array(anyMatch, { minLength: 1, maxLength: 6 }), urls, fc.boolean(), (all, url, withHeader) => {
        const rules = Object.fromEntries(all.map((match, index) => [`s${index}`, [match]]));
        const table = tableOf({ web: { rules } });
        const request = { method: "GET", url, headers: withHeader ? { x: "1" } : {} };
        const rule = table.find("acme.localhost", request);
        const fulfilled = compileAll(all).filter((match) => matches(match, request));
        assert.equal(rule === undefined, fulfilled.length === 0);
        for (const match of fulfilled) assert.ok(comparePrecedence(rule!.matches[0]!, match) <= 0);
      }),
    );
  });
});

describe("sandbox/gateway host names", () => {
  it("reads the Host header", () => {
    assert.equal(hostOf("ACME.Example.com.:80"), "acme.example.com");
    assert.equal(hostOf("[::1]:4080"), "[::1]");
    assert.equal(hostOf(undefined), "");
  });

  it("intersects", () => {
    assert.equal(intersection("a.b", "*"), "a.b");
    assert.equal(intersection("*", "*.b"), "*.b");
    assert.equal(intersection("a.b", "*.b"), "a.b");
    assert.equal(intersection("*.b", "a.b"), "a.b");
    assert.equal(intersection("*.a.b", "*.b"), "*.a.b");
    assert.equal(intersection("b", "*.b"), undefined);
    assert.equal(intersection("a.c", "*.b"), undefined);
  });
});
