import assert from "node:assert/strict";
import { call, openHarness, provisioned, release, run, tenant, type Harness } from "../harness.ts";

const production = "production";
const keyed = (key: string, bodyHash = "a", route = "POST /tenants") => ({
  ...call,
  idempotency: { key, route, bodyHash },
});

describe("idempotency", () => {
  let harness: Harness;
  before(async () => {
    harness = await openHarness();
    await provisioned(harness);
  });
  after(() => harness.close());

  it("gives the accepted answer again, whatever has become of it", async () => {
    const { automation, ledger } = harness;
    const first = await automation.tenants.create(production, tenant("acme"), keyed("one"));
    await run(ledger, first.id);
    assert.deepEqual(await automation.tenants.create(production, tenant("acme"), keyed("one")), first);
    assert.equal((await automation.operations.list({ tenant: "acme" }, { limit: 10 })).items.length, 1);
  });

  it("refuses the key with another body, and takes it on another route", async () => {
    const { tenants, releases } = harness.automation;
    await assert.rejects(tenants.create(production, tenant("acme"), keyed("one", "b")), {
      code: "idempotency_conflict",
    });
    const other = await releases.register(production, release("3.0.0"), keyed("one", "b", "POST /releases"));
    assert.equal(other.created, true);
    const again = await releases.register(production, release("3.0.0"), keyed("one", "b", "POST /releases"));
    assert.deepEqual(again, other);
  });

  it("has one winner among equals that come at once", async () => {
    const { tenants } = harness.automation;
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => tenants.create(production, tenant("race"), keyed("race"))),
    );
    for (const answer of answers) assert.deepEqual(answer, answers[0]);
  });

  it("lets a call that failed be repeated", async () => {
    const { tenants, releases } = harness.automation;
    const wished = tenant("later", { release: "4.0.0" });
    await assert.rejects(tenants.create(production, wished, keyed("later")), { code: "release_not_found" });
    await releases.register(production, release("4.0.0"), call);
    assert.equal((await tenants.create(production, wished, keyed("later"))).tenant, "later");
  });

  it("remembers that nothing changed", async () => {
    const { tenants } = harness.automation;
    assert.equal(await tenants.patch(production, "acme", {}, 1, keyed("nothing")), null);
    assert.equal(await tenants.patch(production, "acme", {}, 1, keyed("nothing")), null);
  });

  it("forgets after a day", async () => {
    const { ledger } = harness;
    const count = async () => (await ledger.read((db) => db.selectFrom("idempotency").selectAll().execute())).length;
    const before = await count();
    await ledger.sweep(new Date(Date.now() + 23 * 3_600_000));
    assert.equal(await count(), before);
    await ledger.sweep(new Date(Date.now() + 25 * 3_600_000));
    assert.equal(await count(), 0);
  });
});
