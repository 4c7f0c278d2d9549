import assert from "node:assert/strict";
import { fleetView, skewView } from "../../../model/console/fleet.ts";
import { recordTenant } from "../../../automation/ledger/tenants/record.ts";
import { because, call, happen, openHarness, provisioned, release, run, tenant, type Harness } from "../harness.ts";
import { seedFleet } from "../seed.ts";

const production = "production";

describe("the fleet", () => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await openHarness();
    await provisioned(harness, tenant("acme", { ring: 1, hostnames: ["shop.acme.example"] }), tenant("beta"));
  });
  afterEach(() => harness.close());

  const look = (seen?: string) => harness.automation.overview.fleet(production, { limit: 100 }, seen);
  const fleet = async () => fleetView.strict().parse((await look()).view);
  const row = async (id: string) => (await fleet()).items.find((one) => one.id === id);
  const rollout = (id: string, more: object = {}) =>
    harness.automation.tenants.rollout(production, id, { release: "2.0.0", ...more }, call);
  const seenReady = async (id: string, readyReplicas: number) => {
    const of = harness.ledger.read((db) =>
      db.selectFrom("tenants").select("uid").where("id", "=", id).executeTakeFirstOrThrow(),
    );
    const { uid } = await of;
    const blue = { ready: readyReplicas === 2, replicas: 2, readyReplicas };
    await harness.ledger.transaction((tx) => recordTenant(tx, uid, { readiness: { blue }, events: [] }));
  };

  it("has a short row per tenant", async () => {
    await seenReady("acme", 2);
    const { newest, url, total, items } = await fleet();
    assert.deepEqual([newest, url, total], ["2.0.0", "http://{id}.production.localhost:4080/", 2]);
    const { behindSince, ...acme } = items[0]!;
    assert.deepEqual(acme, {
      id: "acme",
      name: "ACME",
      hostnames: ["shop.acme.example"],
      tier: "small",
      ring: 1,
      live: "blue",
      release: "1.0.0",
      ready: true,
      pods: [2, 2],
      behind: 1,
    });
    const { createdAt } = await harness.automation.releases.get(production, "2.0.0");
    assert.equal(behindSince, createdAt);
    assert.deepEqual([items[1]?.ready, items[1]?.pods], [false, undefined]);
    assert.equal((await harness.automation.overview.fleet("develop", { limit: 5 })).view?.items.length, 0);
  });

  it("counts how far behind a tenant is, withdrawn releases left out", async () => {
    const { releases } = harness.automation;
    await releases.register(production, release("3.0.0"), call);
    await releases.register(production, release("4.0.0"), call);
    assert.equal((await row("acme"))?.behind, 3);
    await releases.withdraw(production, "4.0.0", because);
    await releases.withdraw(production, "2.0.0", because);
    const now = await fleet();
    assert.deepEqual([now.newest, now.items[0]?.behind], ["3.0.0", 1]);
    assert.equal(now.items[0]?.behindSince, (await releases.get(production, "3.0.0")).createdAt);
    await run(harness.ledger, (await rollout("acme", { release: "3.0.0" })).id);
    assert.deepEqual([(await row("acme"))?.behind, (await row("acme"))?.behindSince], [undefined, undefined]);
  });

  it("shows what is under way: phase, step, split and the new release", async () => {
    const operation = await rollout("acme", { steps: [10, 50, 100] });
    assert.deepEqual((await row("acme"))?.operation?.phase, "queued");
    let claim = await run(harness.ledger, operation.id, "baking");
    claim = await happen(harness.ledger, claim, "passed");
    const { layout } = await harness.ledger.lookOf(claim.operation);
    await harness.ledger.advance(claim, { layout: { ...layout!, weights: { blue: 50, green: 50 } }, events: [] });
    const shown = await row("acme");
    assert.deepEqual(shown?.operation, {
      id: operation.id,
      kind: "rollout",
      state: "running",
      phase: "shifting",
      release: "2.0.0",
      step: { index: 1, of: 3, percent: 50 },
      since: shown?.operation?.since,
    });
    assert.deepEqual([shown?.live, shown?.weights], ["blue", { blue: 50, green: 50 }]);
    assert.deepEqual(shown?.other, { release: "2.0.0", scale: "full", ready: false });
    const paused = await happen(harness.ledger, claim, "pause");
    await harness.ledger.advance(paused, {
      outcome: { code: "pause_requested", cause: "person", message: "", evidence: [] },
      events: [],
    });
    const after = (await row("acme"))?.operation;
    assert.deepEqual([after?.phase, after?.step?.percent, after?.code], ["paused", 50, "pause_requested"]);
  });

  it("shows what failed and who is suspended", async () => {
    const operation = await rollout("acme");
    const claim = await happen(harness.ledger, await run(harness.ledger, operation.id, "verifying"), "failed");
    await harness.ledger.advance(claim, { events: [], release: true });
    await run(harness.ledger, operation.id);
    await run(harness.ledger, (await harness.automation.tenants.suspend(production, "beta", because)).id);
    const items = (await fleet()).items;
    assert.deepEqual(items[0]?.failed, { operation: operation.id, code: "rolled-back" });
    assert.deepEqual([items[1]?.suspended, items[1]?.failed], [true, undefined]);
    await harness.automation.operations.acknowledge(operation.id, because);
    assert.equal((await row("acme"))?.failed, undefined);
  });

  it("has an etag that changes with whatever is in it, and with nothing else", async () => {
    const tags = new Set<string>();
    const changed = async (what: string, change: () => Promise<unknown>) => {
      const before = (await look()).etag;
      assert.equal((await look(before)).view, null, what);
      await change();
      const { etag, view } = await look(before);
      assert.notEqual(view, null, what);
      tags.add(etag);
    };
    const { automation, ledger } = harness;
    await changed("pods were seen", () => seenReady("acme", 1));
    await changed("a release came", () => automation.releases.register(production, release("3.0.0"), call));
    await changed("an operation began", () => rollout("acme"));
    await changed("it went on", async () =>
      run(ledger, (await automation.operations.list({ tenant: "acme" }, { limit: 1 })).items[0]!.id, "verifying"),
    );
    await changed("a tenant came", () => automation.tenants.create(production, tenant("gamma"), call));
    assert.equal(tags.size, 5);
    const { etag } = await look();
    await automation.releases.register("develop", release("1.0.0"), call);
    const { items } = await automation.operations.list({ tenant: "acme" }, { limit: 1 });
    await ledger.renew([{ operation: items[0]!.id, fence: 1 }], 60);
    assert.equal((await look(etag)).view, null);
    assert.notEqual((await automation.overview.fleet(production, { limit: 1 }, etag)).view, null);
  });

  it("comes page by page", async () => {
    await seedFleet(harness.ledger, { environment: production, tenants: 250 });
    const ids: string[] = [];
    for (let cursor: string | undefined; ;) {
      const { view } = await harness.automation.overview.fleet(production, { limit: 100, ...(cursor && { cursor }) });
      assert.equal(view?.total, 252);
      ids.push(...view.items.map(({ id }) => id));
      if ((cursor = view.next) === undefined) break;
    }
    assert.deepEqual([ids.length, new Set(ids).size, [...ids].sort()], [252, 252, ids]);
  });

  it("is counted by live release and ring", async () => {
    await harness.automation.tenants.create(production, tenant("new"), call);
    await run(harness.ledger, (await rollout("beta")).id);
    const skew = skewView.parse(await harness.automation.overview.skew(production));
    const counted = { behind: 0, withdrawn: false, tenants: 1 };
    assert.deepEqual(skew, {
      environment: production,
      tenants: 3,
      items: [
        { ...counted, release: "2.0.0", rings: [{ ring: 0, tenants: 1 }] },
        { ...counted, release: "1.0.0", behind: 1, rings: [{ ring: 1, tenants: 1 }] },
        { ...counted, release: null, rings: [{ ring: 0, tenants: 1 }] },
      ],
      others: 0,
    });
  });
});
