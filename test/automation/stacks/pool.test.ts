import assert from "node:assert/strict";
import { TealError } from "../../../model/errors.ts";
import { Pool } from "../../../automation/stacks/pool.ts";
import type { ThreadSettings } from "../../../automation/stacks/tasks.ts";

describe("automation/stacks/pool", () => {
  let pool: Pool;
  const start = (options: { threads?: number; timeoutMs?: number; graceMs?: number } = {}) =>
    (pool = new Pool({
      threads: 2,
      timeoutMs: 10_000,
      graceMs: 200,
      ...options,
      entry: new URL("./thread.fake.ts", import.meta.url),
      settings: () => ({}) as ThreadSettings,
      log: { warn: () => undefined },
    }));
  const run = async (stack: string, id: string) =>
    (await pool.run(stack, { do: "outputs", place: { environment: "test", id } })) as Record<
      "threadId" | "began" | "ended",
      number
    >;
  afterEach(() => pool.close());

  it("runs as many at once as it has threads, and no more", async () => {
    start();
    const done = await Promise.all(["a", "b", "c", "d"].map((stack) => run(stack, "sleep")));
    assert.equal(new Set(done.map(({ threadId }) => threadId)).size, 2);
  });
  it("runs one at a time per stack, in order, and others meanwhile", async () => {
    start();
    const [first, second, other] = await Promise.all([run("a", "sleep"), run("a", "sleep"), run("b", "sleep")]);
    assert.ok(second.began >= first.ended);
    assert.ok(other.began < second.began || other.threadId !== first.threadId);
  });
  for (const end of ["die", "throw"]) {
    it(`replaces a thread that ends (${end}); its operation fails and can be tried again`, async () => {
      start({ threads: 1 });
      const failed = run("a", end);
      const next = run("b", "x");
      await assert.rejects(failed, (error: { code?: string; data?: object }) => {
        assert.equal(error.code, "stack_thread_died");
        assert.deepEqual(error.data, { cause: "platform", retriable: true, evidence: [] });
        return true;
      });
      assert.ok((await next).threadId > 0);
    });
  }
  it("passes on whether what a thread is about to do is still permitted", async () => {
    start({ threads: 1 });
    const task = { do: "outputs", place: { environment: "test", id: "ask" } } as const;
    const answer = async (permit?: () => Promise<void>) => (await pool.run("a", task, { permit }))!["answer"];
    assert.equal(await answer(), "granted");
    assert.equal(await answer(() => Promise.resolve()), "granted");
    assert.equal(await answer(() => Promise.reject(new TealError("lease_lost", "it is another's"))), "lease_lost");
  });
  it("stops an operation that takes too long, and ends its thread when that doesn't help", async () => {
    start({ threads: 2, timeoutMs: 300, graceMs: 100 });
    const [waiting, hanging] = await Promise.allSettled([run("a", "wait"), run("b", "hang")]);
    assert.equal(waiting.status, "fulfilled");
    assert.equal(hanging.status === "rejected" && (hanging.reason as { code: string }).code, "stack_thread_died");
  });
  it("gives an operation as long as was asked for it, whatever others are given", async () => {
    // It answers only once it is told to stop.
    start({ threads: 1, timeoutMs: 1_000_000, graceMs: 100 });
    const task = { do: "outputs", place: { environment: "test", id: "wait" } } as const;
    await pool.run("a", task, { timeoutMs: 100 });
  });
  it("refuses what waits, and anything new, once closed", async () => {
    start({ threads: 1 });
    const running = run("a", "sleep");
    const waiting = run("b", "sleep");
    const results = Promise.allSettled([running, waiting]);
    await pool.close();
    const [, second] = await results;
    assert.equal(second.status === "rejected" && (second.reason as { code: string }).code, "stacks_closed");
    await assert.rejects(run("c", "x"), { code: "stacks_closed" });
  });
});
