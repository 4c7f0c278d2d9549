import assert from "node:assert/strict";
import { because, call, openHarness, provisioned, release, tenant, type Harness } from "../harness.ts";

describe("environments", () => {
  let harness: Harness;
  before(async () => void (harness = await openHarness()));
  after(() => harness.close());

  it("are those declared, with what they hold", async () => {
    const { environments } = harness.automation;
    await provisioned(harness, tenant("acme"), tenant("bolt"));
    assert.deepEqual(await environments.list(), [
      { name: "develop", mode: "manage", tenants: 0, releases: 0 },
      { name: "production", mode: "manage", tenants: 2, releases: 2 },
    ]);
  });

  it("stop and go on, once each", async () => {
    const { environments, events } = harness.automation;
    const stopped = await environments.stop("production", because);
    assert.equal(stopped.stopped?.by, "alice");
    assert.deepEqual(await environments.stop("production", { actor: "bob", reason: "another" }), stopped);
    const resumed = await environments.resume("production", because);
    assert.equal(resumed.stopped, undefined);
    assert.deepEqual(await environments.resume("production", because), resumed);
    const types = (await events.list({ environment: "production" }, 0, 1000)).map((event) => event.type);
    const changes = types.filter((type) => type.startsWith("environment_"));
    assert.deepEqual(changes, ["environment_stopped", "environment_resumed"]);
  });

  it("that are not declared are refused by every call, naming those that are", async () => {
    const { automation } = harness;
    const page = { limit: 10 };
    const calls = [
      () => automation.environments.get("staging"),
      () => automation.environments.stop("staging", because),
      () => automation.environments.resume("staging", because),
      () => automation.releases.register("staging", release("1.0.0"), call),
      () => automation.releases.list("staging", page),
      () => automation.releases.get("staging", "1.0.0"),
      () => automation.releases.withdraw("staging", "1.0.0", because),
      () => automation.releases.promote("staging", "1.0.0", "production", because),
      () => automation.releases.promote("production", "1.0.0", "staging", because),
      () => automation.policies.get("staging"),
      () => automation.policies.set("staging", {}, 0, because),
      () => automation.freezes.declare("staging", { to: "2099-01-01T00:00:00Z", reason: "x" }, call),
      () => automation.freezes.list("staging"),
      () => automation.freezes.lift("staging", "00000000-0000-4000-8000-000000000000", call),
      () => automation.tenants.create("staging", tenant("acme"), call),
      () => automation.tenants.list("staging", page),
      () => automation.tenants.get("staging", "acme"),
      () => automation.tenants.patch("staging", "acme", {}, 1, call),
      () => automation.tenants.offboard("staging", "acme", {}, call),
      () => automation.tenants.rollout("staging", "acme", { release: "2.0.0" }, call),
      () => automation.tenants.rollback("staging", "acme", call),
      () => automation.tenants.preview("staging", "acme", {}),
      () => automation.operations.list({ environment: "staging" }, page),
      () => automation.events.list({ environment: "staging" }, 0, 10),
    ];
    for (const one of calls) {
      await assert.rejects(one, (error: Error & { code: string }) => {
        assert.equal(error.code, "environment_not_found");
        assert.match(error.message, /develop, production/);
        return true;
      });
    }
  });
});
