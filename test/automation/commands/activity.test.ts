import assert from "node:assert/strict";
import type { ActivityFilter } from "../../../automation/automation.ts";
import { activityItem } from "../../../model/console/activity.ts";
import { because, call, openHarness, provisioned, run, tenant, type Harness } from "../harness.ts";

const production = "production";

describe("activity", () => {
  let harness: Harness;
  let rollout: string;
  let between: Date;
  before(async () => {
    harness = await openHarness();
    const { automation, ledger } = harness;
    await provisioned(harness, tenant("acme"), tenant("beta"));
    await new Promise((resolve) => setTimeout(resolve, 20));
    between = new Date();
    await new Promise((resolve) => setTimeout(resolve, 20));
    rollout = (await automation.tenants.rollout(production, "acme", { release: "2.0.0" }, because)).id;
    await run(ledger, rollout, "shifting");
    await automation.operations.intervene(rollout, "pause", { actor: "bob", reason: "a graph" });
    await automation.environments.stop("develop", { actor: "bob", reason: "incident" });
  });
  after(() => harness.close());

  const list = async (filter: ActivityFilter, limit = 200) => {
    const { items } = await harness.automation.overview.activity(filter, { limit });
    return items.map((item) => activityItem.parse(item));
  };

  it("is all that happened, newest first, with who and why", async () => {
    const items = await list({});
    assert.deepEqual(
      items.map(({ id }) => id),
      items.map(({ id }) => id).sort((a, b) => b - a),
    );
    const [stopped, asked] = items;
    assert.deepEqual([stopped?.type, stopped?.actor, stopped?.reason], ["environment_stopped", "bob", "incident"]);
    assert.deepEqual([asked?.type, asked?.actor, asked?.reason], ["requested", "bob", "a graph"]);
    const phase = items.find(({ type }) => type === "phase");
    assert.deepEqual([phase?.actor, phase?.reason], [null, null]);
  });

  it("is filtered by all that it may be", async () => {
    const all = await list({});
    const filters: [ActivityFilter, (item: (typeof all)[number]) => boolean][] = [
      [{ environment: "develop" }, ({ environment }) => environment === "develop"],
      [{ environment: production, tenant: "beta" }, ({ tenant: id }) => id === "beta"],
      [{ operation: rollout }, ({ operation }) => operation === rollout],
      [{ actor: "bob" }, ({ actor }) => actor === "bob"],
      [{ people: true }, ({ actor }) => actor !== null],
      [{ types: ["accepted", "requested"] }, ({ type }) => ["accepted", "requested"].includes(type)],
      [{ phases: ["succeeded"] }, ({ phase }) => phase === "succeeded"],
      [{ since: between }, ({ at }) => at >= between.toISOString()],
      [{ until: between }, ({ at }) => at < between.toISOString()],
      [
        { actor: "alice", types: ["accepted"], since: between },
        ({ operation, type }) => operation === rollout && type === "accepted",
      ],
    ];
    for (const [filter, holds] of filters) {
      const expected = all.filter(holds).map(({ id }) => id);
      assert.ok(expected.length > 0 && expected.length < all.length, JSON.stringify(filter));
      assert.deepEqual(
        (await list(filter)).map(({ id }) => id),
        expected,
        JSON.stringify(filter),
      );
    }
    for (const none of [{ actor: "nobody" }, { since: new Date("2099-01-01") }, { until: new Date("2000-01-01") }])
      assert.deepEqual(await list(none), []);
  });

  it("comes page by page, and refuses what it doesn't know", async () => {
    const { activity } = harness.automation.overview;
    const ids: number[] = [];
    for (let cursor: string | undefined; ;) {
      const { items, next } = await activity({}, { limit: 7, ...(cursor !== undefined && { cursor }) });
      ids.push(...items.map(({ id }) => id));
      if ((cursor = next) === undefined) break;
    }
    assert.deepEqual(
      ids,
      (await list({})).map(({ id }) => id),
    );
    await assert.rejects(activity({ environment: "nowhere" }, { limit: 1 }), { code: "environment_not_found" });
    await assert.rejects(activity({ operation: crypto.randomUUID() }, { limit: 1 }), { code: "operation_not_found" });
    await assert.rejects(activity({}, { limit: 1, cursor: "x" }), { code: "invalid_cursor" });
  });

  it("names whoever caused anything, whatever it was", async () => {
    const { automation, ledger } = harness;
    const other = { actor: "carol", reason: "a test" };
    await automation.freezes.declare(
      production,
      { to: new Date(Date.now() + 60_000).toISOString(), reason: "Christmas" },
      other,
    );
    const [freeze] = await automation.freezes.list(production);
    await automation.freezes.lift(production, freeze!.id, other);
    await automation.policies.set(production, { holdSeconds: 1 }, 0, other);
    const webhook = {
      url: "http://127.0.0.1:9/x",
      secret: "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
      remindMinutes: 30,
    };
    await automation.webhooks.set(production, webhook, other);
    await automation.webhooks.remove(production, other);
    await automation.releases.withdraw(production, "2.0.0", other);
    await automation.releases.register(
      "develop",
      { version: "1", image: "teal/app:1", components: { web: { port: 8080, healthPath: "/" } }, checks: [] },
      call,
    );
    const { id } = await automation.tenants.scale(production, "beta", 3, other);
    await run(ledger, id);
    const mine = await list({ actor: "carol" });
    const types = [
      "accepted",
      "release_withdrawn",
      "webhook_removed",
      "webhook_set",
      "policy_changed",
      "freeze_lifted",
      "freeze_declared",
    ];
    assert.deepEqual(
      mine.map(({ type }) => type),
      types,
    );
    for (const { type, reason } of mine) assert.equal(typeof reason, "string", type);
  });
});
