import assert from "node:assert/strict";
import fc from "fast-check";
import { foundRoute, leadingOf } from "../../../automation/probes/leading.ts";

const gateway = { name: "teal", namespace: "teal-system" };
const backendRefs = [{ name: "shop", port: 80 }];
const routeOf = (spec: object) =>
  foundRoute.parse({
    metadata: { name: "shop", namespace: "shop", creationTimestamp: "2026-01-01T00:00:00Z" },
    spec: { parentRefs: [gateway], hostnames: ["shop.example.com"], rules: [{ backendRefs }], ...spec },
  });
const ruled = (rule: object) => ({ rules: [{ backendRefs, ...rule }] });
const led = (ref: object) => ({ rules: [{ backendRefs: [{ ...backendRefs[0], ...ref }] }] });
const every = { path: { type: "PathPrefix", value: "/" } };

describe("where a route leads", () => {
  const whole: [string, object][] = [
    ["by a rule without matches", {}],
    ["by every path", ruled({ matches: [every] })],
    ["by every path as the API's defaults have it", ruled({ matches: [{ path: {} }] })],
    [
      "with what the API server fills in",
      {
        rules: [
          {
            name: "main",
            matches: [every],
            backendRefs: [{ group: "", kind: "Service", weight: 1, namespace: "shop", ...backendRefs[0] }],
          },
        ],
      },
    ],
    ["with empty lists", ruled({ filters: [] })],
  ];
  for (const [what, spec] of whole)
    it(`is one Service ${what}`, () =>
      assert.deepEqual(leadingOf(routeOf(spec), gateway), { service: "shop", port: 80 }));

  const more: [string, object, RegExp][] = [
    ["another Gateway", { parentRefs: [{ name: "other" }] }, /something else than Gateway teal-system\/teal/],
    ["another Gateway as well", { parentRefs: [gateway, { name: "other" }] }, /something else/],
    ["no Gateway", { parentRefs: [] }, /something else/],
    ["a mesh's Service", { parentRefs: [{ ...gateway, kind: "Service" }] }, /something else/],
    ["one listener", { parentRefs: [{ ...gateway, sectionName: "https" }] }, /listeners only/],
    ["one port", { parentRefs: [{ ...gateway, port: 443 }] }, /listeners only/],
    ["no rule", { rules: [] }, /0 rules/],
    ["two rules", { rules: [{ backendRefs }, { backendRefs }] }, /2 rules/],
    ["some paths", ruled({ matches: [{ path: { type: "PathPrefix", value: "/api" } }] }), /every path/],
    ["one path", ruled({ matches: [{ path: { type: "Exact", value: "/" } }] }), /every path/],
    ["a header", ruled({ matches: [{ ...every, headers: [{ name: "x", value: "1" }] }] }), /more than the path/],
    ["a method", ruled({ matches: [{ method: "GET" }] }), /more than the path/],
    ["filters", ruled({ filters: [{ type: "URLRewrite" }] }), /its rule has filters/],
    ["timeouts", ruled({ timeouts: { request: "10s" } }), /its rule has timeouts/],
    ["what comes later", ruled({ retry: { attempts: 3 } }), /its rule has retry/],
    ["a split", { rules: [{ backendRefs: [...backendRefs, { name: "b", port: 80 }] }] }, /2 backends/],
    ["no backend", { rules: [{}] }, /0 backends/],
    ["a backend's filters", led({ filters: [{ type: "RequestHeaderModifier" }] }), /its backend has filters/],
    ["another kind", led({ group: "multicluster.x-k8s.io", kind: "ServiceImport" }), /a ServiceImport/],
    ["another namespace", led({ namespace: "other" }), /namespace other/],
    ["weight 0", led({ weight: 0 }), /leads nowhere/],
    ["no port", { rules: [{ backendRefs: [{ name: "shop" }] }] }, /leads nowhere/],
    ["a Service that is named as Teal's", led({ name: "green" }), /named green/],
  ];
  for (const [what, spec, why] of more)
    it(`says what is in the way: ${what}`, () => {
      const leading = leadingOf(routeOf(spec), gateway);
      assert.match("whyNot" in leading ? leading.whyNot : "nothing", why);
    });

  it("is never one Service where the rule has anything that is not known here", () => {
    const key = fc
      .string({ minLength: 1 })
      .filter((one) => !["matches", "backendRefs", "name", "__proto__"].includes(one));
    const anything = fc.oneof(fc.boolean(), fc.integer(), fc.string(), fc.constant({ a: 1 }));
    fc.assert(
      fc.property(key, anything, (name, value) => {
        assert.ok("whyNot" in leadingOf(routeOf(ruled({ [name]: value })), gateway));
      }),
    );
  });
});
