import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { keepRounds } from "../../../automation/worker/rounds.ts";

const unexpected = (error: unknown) => assert.fail(String(error));

describe("rounds", () => {
  it("begin at once, and go on after one that failed", async () => {
    const failures: unknown[] = [];
    const third = Promise.withResolvers<undefined>();
    let count = 0;
    const round = async () => {
      count += 1;
      if (count === 3) third.resolve(undefined);
      if (count === 1) throw new Error("away");
    };
    const rounds = keepRounds(5, round, (error) => failures.push(error));
    assert.equal(count, 1);
    await third.promise;
    await rounds.stop();
    assert.deepEqual(failures, [new Error("away")]);
  });

  it("are never two at a time, and none waits for one that takes long", async () => {
    const end = Promise.withResolvers<undefined>();
    let count = 0;
    const rounds = keepRounds(
      5,
      () => {
        count += 1;
        return end.promise;
      },
      unexpected,
    );
    await pause(100);
    assert.equal(count, 1);
    const stopped = rounds.stop();
    end.resolve(undefined);
    await stopped;
    await pause(50);
    assert.equal(count, 1);
  });

  it("are told to end, and waited for", async () => {
    let ended = false;
    const round = async (signal: AbortSignal) => {
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      ended = true;
    };
    await keepRounds(5, round, unexpected).stop();
    assert.equal(ended, true);
  });
});
