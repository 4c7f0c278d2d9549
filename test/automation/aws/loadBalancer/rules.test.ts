import assert from "node:assert/strict";
import type { Rule } from "@aws-sdk/client-elastic-load-balancing-v2";
import fc from "fast-check";
import { namespacesIn, notFollowed, splitIn } from "../../../../automation/aws/loadBalancer/compare.ts";
import { rulesWanted } from "../../../../automation/aws/loadBalancer/ingress.ts";
import { readRules, slotIn, targetGroupsOf, type SlotTargets } from "../../../../automation/aws/loadBalancer/rules.ts";
import { albRules, type AlbRule } from "../../../../tenant/plan/albRules.ts";
import { ingressAnnotations, ingressSpec } from "../../../../tenant/plan/ingress.ts";
import { namespaceOf } from "../../../../tenant/plan/names.ts";
import type { TenantSpec } from "../../../../tenant/spec.ts";
import { albRouting, anyAlbSpec } from "../../../tenant/arbitrary.ts";
import { rollingOut, specOf } from "../../../tenant/specs.ts";

const ingressOf = (spec: TenantSpec) => ({
  metadata: { annotations: ingressAnnotations(spec) },
  spec: ingressSpec(spec, "teal-tenants"),
});

/** The rules as AWS tells them, in another order, with the default one, and whose target groups they lead to. */
function asAws(spec: TenantSpec, rules: readonly AlbRule[] = albRules(spec)) {
  const arn = (color: string) => `arn:${namespaceOf(spec)}:${color}`;
  const slots = new Map<string, SlotTargets>(
    (["blue", "green"] as const).map((color) => [arn(color), { namespace: namespaceOf(spec), color }]),
  );
  const aws = rules.map(({ hosts, header, source, action }, index): Rule => {
    const TargetGroups = Object.entries("weights" in action ? action.weights : {}).map(([color, Weight]) => ({
      TargetGroupArn: arn(color),
      Weight,
    }));
    return {
      Priority: String(index + 9),
      Conditions: [
        ...(header
          ? [{ Field: "http-header", HttpHeaderConfig: { HttpHeaderName: header.name, Values: [header.value] } }]
          : []),
        ...(source ? [{ Field: "source-ip", SourceIpConfig: { Values: [source] } }] : []),
        { Field: "host-header", HostHeaderConfig: { Values: hosts.map((host) => host.toUpperCase()) } },
        { Field: "path-pattern", PathPatternConfig: { Values: ["/*"] } },
      ],
      Actions: [
        "status" in action
          ? { Type: "fixed-response", FixedResponseConfig: { StatusCode: String(action.status) } }
          : { Type: "forward", ForwardConfig: { TargetGroups } },
      ],
    };
  });
  const standard: Rule = { Priority: "default", IsDefault: true, Actions: [{ Type: "fixed-response" }] };
  return { rules: [standard, ...aws.toReversed()], slots };
}

const found = (spec: TenantSpec, rules?: readonly AlbRule[]) => {
  const aws = asAws(spec, rules);
  return readRules(aws.rules, aws.slots);
};
const plain = ({ hosts, header, source, action }: AlbRule) => ({
  hosts,
  ...(header && { header }),
  ...(source && { source }),
  action,
});

describe("a load balancer's rules", () => {
  it("are wanted as the Ingress in the cluster says, whatever the tenant", () => {
    fc.assert(
      fc.property(anyAlbSpec, (spec) => {
        assert.deepEqual(rulesWanted(ingressOf(spec)), albRules(spec).map(plain));
      }),
    );
  });

  it("are followed once it has them all, in their order, and give the tenant's weights", () => {
    fc.assert(
      fc.property(anyAlbSpec, (spec) => {
        assert.equal(notFollowed(rulesWanted(ingressOf(spec)), found(spec)), undefined);
        assert.deepEqual(splitIn(found(spec), namespaceOf(spec)), spec.suspended ? null : spec.weights);
        assert.equal(splitIn(found(spec), "another-tenant"), null);
        assert.deepEqual(namespacesIn(found(spec)), [namespaceOf(spec)]);
      }),
    );
  });

  const before = rollingOut({ routing: albRouting });
  const behind: [string, TenantSpec, RegExp][] = [
    [
      "weights",
      { ...before, weights: { blue: 50, green: 50 } },
      /no such rule yet: acme\.production\.localhost: blue 50, green 50/,
    ],
    [
      "the preview's token",
      { ...before, preview: { color: "green", token: "another-token" } },
      /no such rule yet: .* with teal-preview: green 1/,
    ],
    ["the preview's end", { ...before, preview: null }, /still has the rule: .* with teal-preview: green 1/],
    ["a suspension", { ...before, suspended: "closed" }, /no such rule yet/],
    ["a host name", { ...before, hostnames: [...before.hostnames, "shop.test"] }, /no such rule yet: .*shop\.test/],
  ];
  for (const [what, now, why] of behind) {
    it(`are not followed while it is behind with ${what}, which is said without the token`, () => {
      const said = notFollowed(rulesWanted(ingressOf(now)), found(before));
      assert.match(said ?? "", why);
      assert.equal(/another-token|preview-token/.test(said ?? ""), false);
    });
  }

  it("are not followed in another order: who asks for a preview would get the guard", () => {
    const turned = albRules(before).toReversed();
    assert.match(notFollowed(rulesWanted(ingressOf(before)), found(before, turned)) ?? "", /in their order/);
  });

  it("of other tenants are none of this one's business", () => {
    const other = specOf({ id: "globex", hostnames: ["globex.test"], routing: albRouting });
    const [mine, its] = [asAws(before), asAws(other)];
    const both = readRules([...mine.rules, ...its.rules], new Map([...mine.slots, ...its.slots]));
    assert.equal(notFollowed(rulesWanted(ingressOf(before)), both), undefined);
    assert.deepEqual(namespacesIn(both).sort(), ["production-acme", "production-globex"]);
    assert.equal(targetGroupsOf([...mine.rules, ...its.rules]).length, 3);
  });

  const tags: [Record<string, string>, SlotTargets | null][] = [
    [{ "ingress.k8s.aws/resource": "production-acme/app-blue:80" }, { namespace: "production-acme", color: "blue" }],
    [
      { "ingress.k8s.aws/resource": "production-acme/app-green:http" },
      { namespace: "production-acme", color: "green" },
    ],
    [{ "ingress.k8s.aws/resource": "teal-system/teal-teal-server:80" }, null],
    [{ "ingress.k8s.aws/resource": "production-acme/other-blue:80" }, null],
    [{}, null],
  ];
  for (const [given, slot] of tags) {
    it(`know a target group with ${JSON.stringify(given)} as ${slot?.color ?? "no slot's"}`, () => {
      assert.deepEqual(slotIn(given), slot);
    });
  }
});
