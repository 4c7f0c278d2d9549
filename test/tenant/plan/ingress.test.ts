import assert from "node:assert/strict";
import fc from "fast-check";
import { colors } from "../../../model/color.ts";
import { albNeeds } from "../../../model/routing.ts";
import { albRules } from "../../../tenant/plan/albRules.ts";
import { ingressAnnotations, ingressSpec } from "../../../tenant/plan/ingress.ts";
import { routeSpec } from "../../../tenant/plan/route.ts";
import type { TenantSpec } from "../../../tenant/spec.ts";
import { albRouting, anyAlbSpec } from "../arbitrary.ts";
import { rollingOut, specOf } from "../specs.ts";

/** Specs with up to as many host names as a tenant can have. */
const named: fc.Arbitrary<TenantSpec> = fc
  .tuple(anyAlbSpec, fc.integer({ min: 1, max: 21 }))
  .map(([spec, count]) => ({ ...spec, hostnames: Array.from({ length: count }, (_, i) => `h${i}.example.com`) }));

const json = (annotations: Record<string, string>, name: string): unknown =>
  JSON.parse(annotations[`alb.ingress.kubernetes.io/${name}`]!);

describe("tenant/plan/ingress", () => {
  it("sends the same host names, by the same weights, as the HTTPRoute of the same spec", () => {
    fc.assert(
      fc.property(named, (spec) => {
        const route = routeSpec(spec, spec.preview?.token);
        const split = albRules(spec).filter(({ name }) => name.startsWith("split-"));
        assert.deepEqual(
          split.flatMap(({ hosts }) => hosts),
          route.hostnames,
        );
        const backends = route.rules.at(-1)!.backendRefs;
        const expected = spec.suspended
          ? { status: 503 }
          : { weights: Object.fromEntries(backends.map(({ name, weight }) => [name, weight])) };
        for (const { action } of split) assert.deepEqual(action, expected);
        const previews = albRules(spec).filter(({ name }) => name === "preview");
        assert.deepEqual(
          previews.map(({ header, action }) => [header?.value, "weights" in action && Object.keys(action.weights)]),
          spec.preview ? [[spec.preview.token, [spec.preview.color]]] : [],
        );
      }),
    );
  });

  it("stays within a rule's values and the quotas that a tenant is counted with", () => {
    fc.assert(
      fc.property(named, (spec) => {
        const rules = albRules(spec);
        for (const { hosts, header, source } of rules) {
          assert.ok(hosts.length <= 3);
          // The path is a value, too.
          assert.ok(hosts.length + 1 + (header ? 1 : 0) + (source ? 1 : 0) <= 5);
        }
        assert.ok(rules.length <= albNeeds(spec.hostnames.length).rules);
        assert.equal(new Set(rules.map(({ name }) => name)).size, rules.length);
      }),
    );
  });

  it("leads to no slot while it is suspended but by the preview, and keeps both slots' target groups", () => {
    fc.assert(
      fc.property(named, fc.constantFrom("closed" as const, "stopped" as const), (any, suspended) => {
        const spec = { ...any, suspended };
        const forwarding = albRules(spec).filter(({ action }) => "weights" in action);
        assert.deepEqual(
          forwarding.map(({ name }) => name),
          [...(spec.preview ? ["preview"] : []), "standby"],
        );
        const standby = forwarding.at(-1)!;
        assert.equal(standby.source, "255.255.255.255/32");
        assert.deepEqual(
          Object.keys((standby.action as { weights: object }).weights),
          colors.filter((color) => spec[color]),
        );
      }),
    );
  });

  it("is what the controller reads: each rule of the spec is an action among the annotations, in order", () => {
    const spec = rollingOut({ routing: albRouting, hostnames: ["a.test", "b.test", "c.test", "d.test"] });
    const annotations = ingressAnnotations(spec);
    const { rules, ingressClassName } = ingressSpec(spec, "teal-tenants");
    assert.equal(ingressClassName, "teal-tenants");
    assert.deepEqual(
      rules.map(({ host, http }) => [host, http.paths[0]!.backend.service]),
      [
        ["a.test", { name: "preview", port: { name: "use-annotation" } }],
        ["a.test", { name: "no-preview", port: { name: "use-annotation" } }],
        ["a.test", { name: "split-0", port: { name: "use-annotation" } }],
        ["d.test", { name: "split-1", port: { name: "use-annotation" } }],
      ],
    );
    assert.deepEqual(json(annotations, "actions.split-0"), {
      type: "forward",
      forwardConfig: {
        targetGroups: [
          { serviceName: "blue", servicePort: 80, weight: 90 },
          { serviceName: "green", servicePort: 80, weight: 10 },
        ],
      },
    });
    assert.deepEqual(json(annotations, "conditions.split-0"), [
      { field: "host-header", hostHeaderConfig: { values: ["b.test", "c.test"] } },
    ]);
    assert.equal(annotations["alb.ingress.kubernetes.io/conditions.split-1"], undefined);
    assert.deepEqual(json(annotations, "conditions.preview"), [
      {
        field: "http-header",
        httpHeaderConfig: { httpHeaderName: "teal-preview", values: ["preview-token-0123456789"] },
      },
    ]);
    assert.deepEqual(json(annotations, "actions.no-preview"), {
      type: "fixed-response",
      fixedResponseConfig: { contentType: "text/plain", statusCode: "421", messageBody: "There is no such preview.\n" },
    });
    assert.equal(annotations["alb.ingress.kubernetes.io/target-type"], "ip");
  });

  it("says of a suspended tenant whether it is worked on", () => {
    const body = (spec: TenantSpec) =>
      (
        json(ingressAnnotations(spec), "actions.split-0") as {
          fixedResponseConfig: { statusCode: string; messageBody: string };
        }
      ).fixedResponseConfig;
    const suspended = specOf({ routing: albRouting, suspended: "stopped" });
    assert.deepEqual(
      [body(suspended).statusCode, body(suspended).messageBody],
      ["503", "This service is suspended.\n"],
    );
    assert.match(body({ ...suspended, maintenance: true }).messageBody, /being updated/);
  });
});
