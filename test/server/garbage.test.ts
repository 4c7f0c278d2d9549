import assert from "node:assert/strict";
import fc from "fast-check";
import { Registry } from "prom-client";
import { pino } from "pino";
import { apiRoutes } from "../../server/app.ts";
import type { Route } from "../../server/http/route.ts";
import { environments, FakeAutomation } from "./support/fakeAutomation.ts";
import { startServer, type Answer, type Server } from "./support/harness.ts";
import { operationId } from "./support/views.ts";

const routes = apiRoutes({
  automation: new FakeAutomation(),
  environments,
  target: "sandbox",
  previewUrl: "http://localhost:4090",
  listen: "127.0.0.1",
  logger: pino({ level: "silent" }),
  metrics: new Registry(),
  version: "0",
  ready: () => true,
});
const byName = new Map(routes.map((r) => [`${r.method} ${r.path}`, r]));
/** By name, so that a failure prints in one line. */
const anyRoute = fc.constantFrom(...byName.keys());
const known = ["id", "name", "release", "tier", "ring", "hostnames", "config", "flags", "secrets", "version", "image"];
known.push(
  "migration",
  "components",
  "checks",
  "steps",
  "bakeSeconds",
  "reason",
  "__proto__",
  "constructor",
  "toString",
);
const text = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("acme", "1.0.0", "small", "\0", "a".repeat(5000)));
const value = fc.oneof(fc.jsonValue({ maxDepth: 3 }), text, fc.constantFrom(0, -1, 1e308, true, null, [], {}));
/** Anything at all, and what is nearly right. */
const body = fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom(...known), value, { maxKeys: 6 }));
const part = fc.oneof(fc.constantFrom("acme", "production", operationId, "..", "%00", "%ff"), text);

function filled(name: string, id: string): string {
  const names: Record<string, string> = { env: "production", version: "1.0.0", id };
  return routeOf(name).path.replaceAll(/\{(\w+)\}/g, (_, name: string) => names[name] ?? "");
}

function routeOf(name: string): Route {
  return byName.get(name)!;
}

function assertRefusedOrDone(answer: Answer, server: Server): void {
  const where = `${answer.status} ${answer.text.slice(0, 200)}`;
  assert.ok(answer.status < 500, where);
  if (answer.status < 400) return;
  assert.equal(answer.headers["content-type"], "application/problem+json", where);
  const asked = server.automation.calls.map((c) => c.name).filter((name) => !name.endsWith(".get"));
  const late = [
    "tenant_not_found",
    "release_not_found",
    "operation_not_found",
    "freeze_not_found",
    "policy_not_found",
    "webhook_not_found",
  ].includes(String(answer.body?.code));
  if (!late) assert.deepEqual(asked, [], where);
}

describe("garbage", () => {
  let server: Server;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());
  beforeEach(() => void (server.automation.calls.length = 0));

  const send = async (name: string, path: string, sent: Parameters<Server["call"]>[2]) => {
    server.automation.calls.length = 0;
    assertRefusedOrDone(await server.call(routeOf(name).method.toUpperCase(), path, sent), server);
  };

  it("as a body on any route is refused as a problem, or does what it says", () =>
    fc.assert(
      fc.asyncProperty(anyRoute, body, (route, json) => {
        const id = route.includes(" /v1/operations") ? operationId : "acme";
        return send(route, filled(route, id), { json, headers: { "if-match": '"1"' } });
      }),
      { numRuns: 1500 },
    ));

  it("as bytes on any route is refused as a problem", () =>
    fc.assert(
      fc.asyncProperty(anyRoute, fc.uint8Array({ maxLength: 300 }), (route, bytes) =>
        send(route, filled(route, "acme"), { body: bytes, headers: { "content-type": "application/json" } }),
      ),
      { numRuns: 400 },
    ));

  it("in paths, queries and headers is refused as a problem", () => {
    const query = fc.oneof(text.map(encodeURIComponentLossy), fc.webQueryParameters());
    const header = fc.string({ minLength: 1, maxLength: 300 });
    return fc.assert(
      fc.asyncProperty(
        anyRoute,
        part,
        query,
        fc.constantFrom("limit", "after", "x", "reason"),
        header,
        (route, id, q, name, h) => {
          const path = `${filled(route, "ID")}?${name}=${q}`.replace("ID", encodeURIComponentLossy(id));
          const headers = { "idempotency-key": h, "if-match": h, "last-event-id": h, "teal-actor": h };
          return send(route, path, { json: { reason: "r" }, headers });
        },
      ),
      { numRuns: 800 },
    );
  });
});

function encodeURIComponentLossy(given: string): string {
  return encodeURIComponent(given.toWellFormed());
}
