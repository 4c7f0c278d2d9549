import assert from "node:assert/strict";
import type { Page } from "../../../model/views.ts";
import { call, openHarness, provisioned, release, run, tenant, type Harness } from "../harness.ts";

const production = "production";

describe("lists", () => {
  let harness: Harness;
  before(async () => {
    harness = await openHarness();
    const { automation } = harness;
    await provisioned(harness);
    await automation.releases.register("develop", release("1.0.0"), call);
    for (let i = 0; i < 7; i++) {
      await automation.releases.register(production, release(`3.0.${i}`), call);
      await automation.tenants.create(production, tenant(`listed-${i}`), call);
    }
  });
  after(() => harness.close());

  async function pages<T>(list: (page: { limit: number; cursor?: string }) => Promise<Page<T>>): Promise<T[][]> {
    const all: T[][] = [];
    for (let cursor: string | undefined; ;) {
      const { items, next } = await list({ limit: 3, ...(cursor !== undefined && { cursor }) });
      all.push(items);
      if (next === undefined) return all;
      cursor = next;
    }
  }

  it("are given page by page, nothing twice or missing", async () => {
    const { tenants, releases, operations } = harness.automation;
    const listed = await pages((page) => tenants.list(production, page));
    assert.deepEqual(
      listed.map((page) => page.length),
      [3, 3, 1],
    );
    assert.deepEqual(
      listed.flat().map((one) => one.id),
      Array.from({ length: 7 }, (_, i) => `listed-${i}`),
    );
    const versions = (await pages((page) => releases.list(production, page))).flat().map((one) => one.version);
    assert.deepEqual(versions, [..."6543210"].map((i) => `3.0.${i}`).concat("2.0.0", "1.0.0"));
    const all = (await pages((page) => operations.list({ environment: production }, page))).flat();
    assert.deepEqual(
      all.map((one) => one.tenant),
      [..."6543210"].map((i) => `listed-${i}`),
    );
  });

  it("are filtered", async () => {
    const { operations, events } = harness.automation;
    const page = { limit: 10 };
    assert.equal((await operations.list({ tenant: "listed-1", kind: "provision" }, page)).items.length, 1);
    assert.equal((await operations.list({ tenant: "listed-1", kind: "rollout" }, page)).items.length, 0);
    assert.equal((await operations.list({ state: "queued" }, page)).items.length, 7);
    assert.equal((await operations.list({ environment: "develop" }, page)).items.length, 0);
    const some = await events.list({ environment: production, tenant: "listed-2" }, 0, 10);
    assert.deepEqual(
      some.map((event) => [event.type, event.phase]),
      [["accepted", "queued"]],
    );
    await assert.rejects(events.list({ operation: crypto.randomUUID() }, 0, 10), { code: "operation_not_found" });
  });

  it("of tenants are searched by id, name and host name, and filtered", async () => {
    const { tenants } = harness.automation;
    const more = { name: "Käse 100%_\\", tier: "large", ring: 3, hostnames: ["shop.example.com"] };
    await run(harness.ledger, (await tenants.create("develop", tenant("cheese", more), call)).id);
    await tenants.create("develop", tenant("bread"), call);
    const found = async (filter: object) =>
      (await tenants.list("develop", { limit: 10, ...filter })).items.map(({ id }) => id);
    for (const q of ["heEs", "käse", "100%", "%_", "\\", "SHOP.example"])
      assert.deepEqual(await found({ q }), ["cheese"], q);
    for (const q of ["10%0", "sh_p", "listed"]) assert.deepEqual(await found({ q }), [], q);
    assert.deepEqual(await found({ q: "e" }), ["bread", "cheese"]);
    assert.deepEqual(await found({ release: "1.0.0" }), ["cheese"]);
    assert.deepEqual(await found({ release: "2.0.0" }), []);
    assert.deepEqual(await found({ tier: "large" }), ["cheese"]);
    assert.deepEqual(await found({ ring: 0 }), ["bread"]);
    assert.deepEqual(await found({ ring: 3, tier: "small" }), []);
    const first = await tenants.list("develop", { limit: 1, q: "e" });
    assert.deepEqual((await tenants.list("develop", { limit: 1, q: "e", cursor: first.next! })).items[0]?.id, "cheese");
    const states = { environment: "develop", state: ["succeeded" as const, "queued" as const] };
    assert.equal((await harness.automation.operations.list(states, { limit: 10 })).items.length, 2);
  });

  it("refuse a cursor that they didn't give", async () => {
    const { tenants, releases, operations } = harness.automation;
    const { next } = await tenants.list(production, { limit: 1 });
    const bad = ["", "x", "🦊", Buffer.from("tenants:A B").toString("base64url"), "a".repeat(1000)];
    for (const cursor of bad) {
      await assert.rejects(tenants.list(production, { limit: 1, cursor }), { code: "invalid_cursor" });
    }
    const other = [Buffer.from("releases:abc").toString("base64url"), next!];
    for (const cursor of other) {
      await assert.rejects(releases.list(production, { limit: 1, cursor }), { code: "invalid_cursor" });
      await assert.rejects(operations.list({}, { limit: 1, cursor }), { code: "invalid_cursor" });
    }
  });
});
