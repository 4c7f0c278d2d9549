import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import type { EventView, OperationView } from "../model/views.ts";
import { ChaosTeal } from "./chaosTeal.ts";
import { assertNothingLeft } from "./ending.ts";
import { count, tell } from "./tally.ts";
import { visit } from "./visits.ts";

const E = "/v1/environments/develop";
/** Everything that can be asked while a rollout is under way. */
type Wish = "pause" | "resume" | "abort" | "rollback" | "finish" | "stop" | "start";

interface Asked {
  wish: Wish;
  afterMs: number;
  /** How many ask at once. */
  times: number;
}

/** Going back is rarer than the rest, or no rollout would come far. */
const anyAsked: fc.Arbitrary<Asked> = fc.record({
  wish: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom<Wish>("pause", "resume", "finish", "stop", "start") },
    { weight: 1, arbitrary: fc.constantFrom<Wish>("abort", "rollback") },
  ),
  afterMs: fc.integer({ min: 0, max: 700 }),
  times: fc.integer({ min: 1, max: 3 }),
});

/** Another one every time; the seed is told, and TEAL_CHAOS_SEED plays it again. */
const seed = Number(process.env["TEAL_CHAOS_SEED"] ?? Date.now() % 2 ** 31);
const plays = fc.sample(fc.array(anyAsked, { minLength: 4, maxLength: 10 }), { numRuns: 6, seed });

describe(`what people ask at random moments (TEAL_CHAOS_SEED=${seed})`, function () {
  this.timeout(300_000);
  let teal: ChaosTeal;

  before(async () => {
    teal = await new ChaosTeal().start();
    for (const version of ["1.0.0", "2.0.0"]) await teal.release(version);
  });
  after(() => teal.stop());

  const send = async (operation: OperationView, wish: Wish) => {
    const path = {
      stop: `${E}/stop`,
      start: `${E}/resume`,
      rollback: `${E}/tenants/${operation.tenant}/rollback`,
    }[wish as string];
    const { status, body } = await teal.call("POST", path ?? `/v1/operations/${operation.id}/${wish}`, {
      reason: wish,
    });
    // Granted, or told why not; never an error, whatever it raced with.
    assert.ok([200, 202, 409].includes(status), `${wish}: ${status} ${JSON.stringify(body)}`);
    if (status === 409) assert.ok(body["code"], JSON.stringify(body));
  };

  /** What was left paused or stopped goes on, until it ends. */
  const end = async (operation: OperationView): Promise<OperationView> => {
    for (;;) {
      await teal.accepted("POST", `${E}/resume`, { reason: "over" });
      const now = await teal.when(
        operation,
        "an end or a pause",
        (o) => o.endedAt !== undefined || o.phase === "paused",
      );
      if (now.endedAt !== undefined) return now;
      await send(operation, "resume");
      await sleep(100);
    }
  };

  for (const [i, asked] of plays.entries()) {
    const story = asked.map(({ wish, afterMs, times }) => `${wish}×${times} +${afterMs}ms`).join(", ");
    it(`ends in a right state: ${story}`, async () => {
      const tenant = `tenant-${i}`;
      await teal.ending(await teal.provision(tenant, "1.0.0"));
      const visits = visit(teal, tenant);
      const rollout = await teal.rollout(tenant, "2.0.0", { steps: [30, 60, 100], bakeSeconds: 0, holdSeconds: 1 });
      for (const { wish, afterMs, times } of asked) {
        await sleep(afterMs);
        await Promise.all(Array.from({ length: times }, () => send(rollout, wish)));
      }
      const ended = await end(rollout);
      const { requests, failures } = await visits.stop();
      count({ requests, failed: failures.length });
      assert.deepEqual(failures, []);
      assertStory(ended, await teal.events(rollout.id));
      await settle(tenant, ended);
    });
  }

  /** One end, and none but the expected; a rollback that came after it is an operation of its own. */
  const settle = async (tenant: string, ended: OperationView) => {
    const { items } = await teal.accepted<{ items: OperationView[] }>("GET", `/v1/operations?tenant=${tenant}`);
    const later = items.filter(({ kind }) => kind === "rollback");
    for (const operation of later) await end(operation);
    const wentBack = ended.state !== "succeeded" || later.length > 0;
    await assertNothingLeft(teal, tenant, wentBack ? "1.0.0" : "2.0.0");
  };
  after(() => tell(`interventions: TEAL_CHAOS_SEED=${seed}`));
});

function assertStory(ended: OperationView, events: EventView[]): void {
  assert.ok(["succeeded", "rolled-back", "cancelled"].includes(ended.state), JSON.stringify(ended));
  const ends = events.filter(({ type, phase }) => type !== "requested" && phase === ended.state);
  assert.equal(ends.length, 1, JSON.stringify(events.map(({ type, phase }) => [type, phase])));
  assert.equal(events.at(-1)!.phase, ended.state);
}
