import assert from "node:assert/strict";
import { refuseOtherRouting } from "../../../automation/worker/sameRouting.ts";
import { troubleOf } from "../../../automation/worker/trouble.ts";
import { albRouting } from "../../tenant/arbitrary.ts";
import { specOf } from "../../tenant/specs.ts";

describe("the routing of a tenant that is there", () => {
  const [byGateway, byAlb] = [specOf(), specOf({ routing: albRouting })];

  it("is as this Teal would have it, or there is nothing to cut off", () => {
    refuseOtherRouting("acme", byGateway, {});
    refuseOtherRouting("acme", byAlb, { routing: albRouting });
    refuseOtherRouting("acme", byAlb, { routing: { ...albRouting, cidrs: ["10.0.0.0/24"] } });
    refuseOtherRouting("acme", null, { routing: albRouting });
    refuseOtherRouting("acme", "unreadable", { routing: albRouting });
  });

  for (const [what, last, site] of [
    ["from a Gateway to a load balancer", byGateway, { routing: albRouting }],
    ["from a load balancer to a Gateway", byAlb, {}],
  ] as const) {
    it(`is never changed ${what}: the operation waits until the setting is as it was`, () => {
      assert.throws(
        () => refuseOtherRouting("acme", last, site),
        (error) => {
          const { outcome, retriable } = troubleOf(error);
          assert.deepEqual([outcome.code, outcome.cause, retriable], ["routing_changed", "platform", true]);
          assert.match(outcome.message, /Set TEAL_ROUTING=(gateway|alb-ingress) again/);
          return true;
        },
      );
    });
  }
});
