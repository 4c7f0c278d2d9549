import assert from "node:assert/strict";
import fc from "fast-check";
import { blockOf, cidrOf, contains } from "../../../platform/network/addresses.ts";
import { planSubnets } from "../../../platform/network/plan.ts";

const zones = ["eu-central-1a", "eu-central-1b", "eu-central-1c"];
const range = fc
  .tuple(fc.integer({ min: 16, max: 20 }), fc.integer({ min: 0, max: 2 ** 24 - 1 }))
  .map(([prefix, at]) => cidrOf({ base: 10 * 2 ** 24 + (at - (at % 2 ** (32 - prefix))), prefix }));

describe("platform/network/plan", () => {
  it("divides a range", () => {
    assert.deepEqual(
      planSubnets("10.64.0.0/16", zones).map(({ name, cidr }) => `${name} ${cidr}`),
      [
        "public-a 10.64.192.0/22",
        "private-a 10.64.0.0/18",
        "data-a 10.64.224.0/22",
        "public-b 10.64.196.0/22",
        "private-b 10.64.64.0/18",
        "data-b 10.64.228.0/22",
        "public-c 10.64.200.0/22",
        "private-c 10.64.128.0/18",
        "data-c 10.64.232.0/22",
      ],
    );
  });

  it("gives every subnet addresses of its own within the range, and as many as AWS asks for at least", () => {
    fc.assert(
      fc.property(range, (cidr) => {
        const subnets = planSubnets(cidr, zones).map((subnet) => subnet.cidr);
        for (const subnet of subnets) {
          assert.ok(contains(cidr, subnet), `${subnet} of ${cidr}`);
          assert.ok(blockOf(subnet).isNetwork && blockOf(subnet).prefix <= 28, subnet);
          for (const other of subnets) assert.ok(other === subnet || !contains(subnet, other), `${subnet}, ${other}`);
        }
        assert.equal(new Set(subnets).size, 9);
      }),
    );
  });

  it("reads what it writes", () => {
    fc.assert(fc.property(range, (cidr) => assert.equal(cidrOf(blockOf(cidr)), cidr)));
  });
});
