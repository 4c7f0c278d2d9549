import assert from "node:assert/strict";
import { because, call, openHarness, release, run, tenant, type Harness } from "../harness.ts";

const production = "production";

describe("room at a load balancer", () => {
  let harness: Harness;
  const room = { targetGroups: 5, rules: 9 };
  before(async () => {
    harness = await openHarness({ room });
    for (const environment of [production, "develop"])
      await harness.automation.releases.register(environment, release("1.0.0"), call);
  });
  after(() => harness.close());
  const provision = async (environment: string, id: string, more: object = {}) => {
    const operation = await harness.automation.tenants.create(environment, tenant(id, more), call);
    await run(harness.ledger, operation.id);
  };

  it("is what tenants of all environments may take at most, and refused beyond it with the count", async () => {
    await provision(production, "acme");
    await provision("develop", "acme");
    const third = harness.automation.tenants.create(production, tenant("bolt"), call);
    await assert.rejects(third, {
      code: "no_room",
      message: /5 target groups for tenants and each takes 2: at most 2 tenants, and these would be 3/,
      data: { room, taken: { targetGroups: 6, rules: 12 }, tenants: 3 },
    });
    await assert.rejects(harness.automation.tenants.get(production, "bolt"), { code: "tenant_not_found" });
  });

  it("goes by rules, too: three host names to a rule, Teal's own among them", async () => {
    const { tenants } = harness.automation;
    const { revision } = await tenants.get(production, "acme");
    const names = (count: number) => ({ hostnames: Array.from({ length: count }, (_, i) => `s${i}.shop.test`) });
    await assert.rejects(tenants.patch(production, "acme", names(6), revision, call), {
      code: "no_room",
      message: /9 rules for tenants, and these 2 tenants with their host names would take 10\..*TEAL_ALB_RULES/,
    });
    const five = await tenants.patch(production, "acme", names(5), revision, call);
    assert.ok(five);
    await run(harness.ledger, five.id);
    const fewer = await tenants.patch(production, "acme", names(1), revision + 1, call);
    assert.ok(fewer);
    await run(harness.ledger, fewer.id);
  });

  it("is free again once a tenant has gone, and nobody takes the last of it twice", async () => {
    const { tenants } = harness.automation;
    const gone = await tenants.offboard("develop", "acme", { graceSeconds: 0 }, because);
    await run(harness.ledger, gone.id);
    const both = ["bolt", "cobalt"].map((id) => tenants.create(production, tenant(id), call));
    const ended = await Promise.allSettled(both);
    assert.deepEqual(ended.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  });
});
