import assert from "node:assert/strict";
import { appendEvents } from "../../../automation/ledger/events/append.ts";
import { listEvents } from "../../../automation/ledger/events/list.ts";
import { openHarness, type Harness } from "../harness.ts";

const event = (message: string) => ({
  operation: null,
  environment: "production",
  tenant: null,
  type: "test",
  message,
});

describe("events", () => {
  let harness: Harness;
  before(async () => void (harness = await openHarness()));
  after(() => harness.close());

  it("are missed by nobody who reads on from the last id seen, however many write at once", async () => {
    const { ledger } = harness;
    let writing = true;
    const seen: number[] = [];
    const reader = (async () => {
      for (let last = 0; ;) {
        const done = !writing;
        const rows = await ledger.read((db) => listEvents(db, {}, last, 1000));
        seen.push(...rows.map((row) => row.id));
        last = rows.at(-1)?.id ?? last;
        if (done && rows.length === 0) return;
      }
    })();
    const writers = Array.from({ length: 15 }, async (_, writer) => {
      for (let i = 0; i < 10; i++) {
        await ledger.transaction((tx) => appendEvents(tx, [event(`${writer}.${i}`), event(`${writer}.${i}b`)]));
      }
    });
    await Promise.all(writers);
    writing = false;
    await reader;
    assert.equal(seen.length, 300);
    assert.deepEqual(
      seen,
      [...seen].sort((a, b) => a - b),
    );
  });

  it("are announced when they are committed, and not when they aren't", async () => {
    const { ledger } = harness;
    let announce = () => {};
    const announced = new Promise<void>((resolve) => (announce = resolve));
    const stop = ledger.onEvents(announce);
    await ledger.transaction((tx) => appendEvents(tx, [event("heard")]));
    await announced;
    stop();
    const failed = ledger.transaction(async (tx) => {
      await appendEvents(tx, [event("never")]);
      throw new Error("no");
    });
    await assert.rejects(failed, /^Error: no$/);
    const rows = await ledger.read((db) => listEvents(db, {}, 0, 1000));
    assert.ok(!rows.some((row) => row.message === "never"));
  });

  it("take whatever a pod may have logged", async () => {
    const { ledger } = harness;
    const nasty = "a\u0000b\ud800c";
    await ledger.transaction((tx) => appendEvents(tx, [{ ...event(nasty), data: { [nasty]: [nasty, null, 1.5] } }]));
    const row = (await ledger.read((db) => listEvents(db, {}, 0, 1000))).at(-1)!;
    const kept = "a\ufffdb\ufffdc";
    assert.deepEqual([row.message, row.data], [kept, { [kept]: [kept, null, 1.5] }]);
  });
});
