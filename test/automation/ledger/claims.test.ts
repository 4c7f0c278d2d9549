import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { step } from "../../../model/machine/step.ts";
import type { Claim } from "../../../automation/ledger/claims.ts";
import { because, call, happen, openHarness, release, run, tenant, type Harness } from "../harness.ts";

describe("claims", () => {
  let harness: Harness;
  let count = 0;
  before(async () => {
    harness = await openHarness();
    await harness.automation.releases.register("production", release("1.0.0"), call);
  });
  after(() => harness.close());

  const accepted = async () =>
    (await harness.automation.tenants.create("production", tenant(`claimed-${++count}`), call)).id;
  const begin = (claim: Claim) => ({ change: step(claim.operation, "started", new Date())!, events: [] });

  it("are had by one worker of many", async () => {
    const id = await accepted();
    const claims = await Promise.all(Array.from({ length: 20 }, (_, i) => harness.ledger.claim(id, `worker ${i}`, 30)));
    assert.equal(claims.filter((claim) => claim !== null).length, 1);
  });

  it("go to another once their lease has run out, and the fence keeps the first from writing", async () => {
    const { ledger } = harness;
    const id = await accepted();
    const first = (await ledger.claim(id, "first", 0.05))!;
    assert.equal(await ledger.claim(id, "second", 30), null);
    await sleep(80);
    const second = (await ledger.claim(id, "second", 30))!;
    assert.ok(second.fence > first.fence);
    await assert.rejects(ledger.advance(first, begin(first)), { code: "lease_lost" });
    await assert.rejects(ledger.reload(first), { code: "lease_lost" });
    const leases = [first, second].map(({ operation, fence }) => ({ operation: operation.id, fence }));
    assert.deepEqual(await ledger.renew([leases[0]!], 30), [id]);
    assert.deepEqual(await ledger.renew([leases[1]!], 30), []);
    assert.equal((await ledger.advance(second, begin(second))).operation.phase, "deploying");
  });

  it("lose nothing and half-write nothing when a write fails", async () => {
    const { ledger, automation } = harness;
    const id = await accepted();
    const claim = (await ledger.claim(id, "worker", 30))!;
    const impossible = { ...begin(claim), change: { ...begin(claim).change, state: "nonsense" as "queued" } };
    await assert.rejects(ledger.advance(claim, { ...impossible, events: [{ type: "phase", message: "x" }] }));
    assert.equal((await ledger.reload(claim)).operation.phase, "queued");
    const events = await automation.events.list({ operation: id }, 0, 100);
    assert.deepEqual(
      events.map((event) => event.type),
      ["accepted"],
    );
  });

  it("end with the operation, which is then nobody's", async () => {
    const { ledger } = harness;
    const id = await accepted();
    const ended = await run(ledger, id);
    assert.equal(ended.operation.state, "succeeded");
    assert.equal(await ledger.claim(id, "another", 30), null);
    await assert.rejects(ledger.advance(ended, { events: [] }), { code: "lease_lost" });
    const { operation, fence } = ended;
    assert.deepEqual(await ledger.renew([{ operation: operation.id, fence }], 30), [id]);
  });

  it("tell that their environment is stopped", async () => {
    const { ledger, automation } = harness;
    const id = await accepted();
    const claim = (await ledger.claim(id, "worker", 30))!;
    assert.equal(claim.environmentStopped, null);
    await automation.environments.stop("production", because);
    assert.deepEqual((await ledger.reload(claim)).environmentStopped, { by: "alice", reason: "a test" });
    await automation.environments.resume("production", because);
    assert.equal((await ledger.reload(claim)).environmentStopped, null);
  });

  it("keep a request that came after the one that was acted on", async () => {
    const { ledger, automation } = harness;
    const id = await accepted();
    const claim = (await ledger.claim(id, "worker", 30))!;
    await automation.operations.intervene(id, "pause", because);
    const paused = await ledger.reload(claim);
    await automation.operations.intervene(id, "abort", because);
    const after = await ledger.advance(paused, { clearRequest: paused.operation.request!, events: [] });
    assert.equal(after.operation.request?.name, "abort");
    const cleared = await ledger.advance(after, { clearRequest: after.operation.request!, events: [] });
    assert.equal(cleared.operation.request, null);
  });

  it("give the texts that a layout names, secrets in the clear", async () => {
    const { ledger, automation } = harness;
    const wished = tenant("texts", { secrets: { key: "swordfish" }, config: { a: "1" } });
    const { id } = await automation.tenants.create("production", wished, call);
    const claim = await happen(ledger, (await ledger.claim(id, "worker", 30))!, "started");
    const move = claim.operation.move!;
    const work = await ledger.tenantForWork(claim.operation, {
      revision: 1,
      live: "blue",
      background: "blue",
      weights: { blue: 100, green: 0 },
      slots: { blue: move.content, green: null },
      preview: null,
    });
    assert.deepEqual(work.settings.get(1)?.secrets, { key: "swordfish" });
    assert.equal(work.releases.get("1.0.0")?.image, "teal/app:1.0.0");
    assert.equal(work.layout, null);
  });
});
