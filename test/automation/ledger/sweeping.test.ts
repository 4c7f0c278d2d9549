import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { call, happen, because, openHarness, release, tenant, type Harness } from "../harness.ts";

const inAMinute = () => new Date(Date.now() + 60_000);

describe("sweeping", () => {
  let harness: Harness;
  let count = 0;
  before(async () => {
    harness = await openHarness();
    await harness.automation.releases.register("production", release("1.0.0"), call);
  });
  after(() => harness.close());

  const accepted = async () =>
    (await harness.automation.tenants.create("production", tenant(`swept-${++count}`), call)).id;

  it("wakes an accepted operation that nobody took, but not at once, nor again and again", async () => {
    const id = await accepted();
    assert.ok(!(await harness.ledger.sweep(new Date())).includes(id));
    const later = inAMinute();
    assert.ok((await harness.ledger.sweep(later)).includes(id));
    assert.ok(!(await harness.ledger.sweep(later)).includes(id));
  });

  it("leaves alone what a worker holds, what waits for its time and what is paused", async () => {
    const { ledger } = harness;
    const [held, waiting, paused] = [await accepted(), await accepted(), await accepted()];
    await ledger.claim(held, "worker", 300);
    const until = new Date(Date.now() + 600_000);
    await ledger.advance((await ledger.claim(waiting, "worker", 30))!, { events: [], release: true, wakeAt: until });
    const claim = await happen(ledger, (await ledger.claim(paused, "worker", 30))!, "pause");
    await ledger.advance(claim, { events: [], release: true });
    const swept = await ledger.sweep(inAMinute());
    for (const id of [held, waiting, paused]) assert.ok(!swept.includes(id));
    // Its time is kept by the clock of the database, a moment later.
    assert.ok((await ledger.sweep(new Date(until.getTime() + 1000))).includes(waiting));
  });

  it("wakes what is paused once something is asked of it", async () => {
    const { ledger, automation } = harness;
    const id = await accepted();
    const claim = await happen(ledger, (await ledger.claim(id, "worker", 30))!, "pause");
    await ledger.advance(claim, { events: [], release: true });
    await automation.operations.intervene(id, "resume", because);
    assert.ok((await ledger.sweep(inAMinute())).includes(id));
  });

  it("gives the operation of a killed process to another", async () => {
    const { ledger, url } = harness;
    const id = await accepted();
    const script = new URL("./claimer.ts", import.meta.url).pathname;
    const child = spawn(process.execPath, [script, url, id], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    assert.equal(line.toString().trim(), "claimed");
    child.kill("SIGKILL");
    await once(child, "exit");

    assert.equal(await ledger.claim(id, "second", 30), null);
    assert.equal(await ledger.releaseLeasesOf("child:"), 1);
    assert.ok((await ledger.sweep(new Date())).includes(id));
    const claim = (await ledger.claim(id, "second", 30))!;
    assert.equal(claim.operation.phase, "queued");
    assert.equal(claim.fence, 3);
  });
});
