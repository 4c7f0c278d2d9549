import assert from "node:assert/strict";
import type { OperationView } from "../model/views.ts";
import { byHand } from "../test/e2e/byHand.ts";
import { until } from "../test/e2e/teal.ts";
import { ChaosTeal } from "./chaosTeal.ts";
import { assertNothingLeft } from "./ending.ts";
import { count, tell } from "./tally.ts";
import { visit } from "./visits.ts";
import { context, query, SecondWorker } from "./worker.ts";

/** What the issue promises; a lease is 12 s, and the sweeper looks every 3 s. */
const withinSeconds = 15;

describe("two workers", function () {
  this.timeout(300_000);
  let teal: ChaosTeal;
  let second: SecondWorker;

  before(async () => {
    teal = await new ChaosTeal({ TEAL_KUBE_CONTEXT: context }).start();
    for (const version of ["1.0.0", "2.0.0"]) await teal.release(version);
    for (const id of ["dead", "frozen"]) await teal.ending(await teal.provision(id, "1.0.0"));
    second = await new SecondWorker(teal).start();
  });
  after(async () => {
    await second.stop();
    // A failed test may have left it dead, or frozen; what it stands on is stopped by it alone.
    if (teal.ended) await teal.start();
    process.kill(teal.pid, "SIGCONT");
    await teal.stop();
  });

  const ending = (operation: OperationView) =>
    until(
      () => `its end by the second worker:\n${second.printed}`,
      async () => {
        const text = "select state from teal.operations where id = $1";
        const [row] = await query<{ state: string }>(teal, text, [operation.id]);
        return row!.state === "succeeded";
      },
      120,
    );
  const holder = async (operation: OperationView) => {
    const [row] = await query<{ worker: string | null; fence: string }>(
      teal,
      "select worker, fence from teal.operations where id = $1",
      [operation.id],
    );
    return { mine: row!.worker?.includes(`:${teal.pid}:`) ?? false, ...row! };
  };
  /** A rollout that the first worker drives; which of the two gets an operation is chance. */
  const firstHas = async (tenant: string, body: object): Promise<OperationView> => {
    second.kill("SIGSTOP");
    try {
      const operation = await teal.rollout(tenant, "2.0.0", body);
      await until("the first worker to take it", async () => (await holder(operation)).mine);
      return operation;
    } finally {
      second.kill("SIGCONT");
    }
  };

  it("of which one is killed: the other notices by its heartbeat and goes on", async () => {
    const visits = visit(teal, "dead");
    teal.plan({ kill: { tenant: "dead", at: "apply@shifting", step: 0, moment: "answered" } });
    const rollout = await firstHas("dead", { steps: [50, 100] });
    await until("the first worker to be killed in its shift", () => teal.ended !== null);
    const killed = performance.now();
    teal.plan({});
    await until("the second worker to take over", async () => {
      const { worker, mine } = await holder(rollout);
      return worker !== null && !mine;
    });
    const seconds = (performance.now() - killed) / 1000;
    tell(`takeover by heartbeat: ${seconds.toFixed(1)} s (at most ${withinSeconds} s)`);
    assert.ok(seconds <= withinSeconds, `${seconds} s`);
    // The server died with it; the second worker brings the rollout to its end alone.
    await ending(rollout);
    await teal.start();
    const events = await teal.events(rollout.id);
    assert.ok(events.some(({ type, message }) => type === "repaired" && message.includes("left locked by")));
    const phases = events.filter(({ type }) => type === "phase").map(({ phase }) => phase);
    assert.equal(phases.filter((phase) => phase === "baking").length, 2, phases.join());
    await assertNothingLeft(teal, "dead", "2.0.0");
    const { requests, failures } = await visits.stop();
    count({ kills: 1, endedWell: 1, requests, failed: failures.length });
    assert.deepEqual(failures, []);
  });

  it("of which one is frozen as it is about to change the stack: it changes nothing once it wakes", async () => {
    const visits = visit(teal, "frozen");
    teal.plan({ freeze: { tenant: "frozen", at: "apply@promoting" } });
    const rollout = await firstHas("frozen", { steps: [50, 100], bakeSeconds: 0, holdSeconds: 0 });
    await until("the first worker to be frozen", () => teal.isFrozen);
    const { fence } = await holder(rollout);
    await ending(rollout);
    const before = await generations();
    process.kill(teal.pid, "SIGCONT");
    // It goes on with the very next thing that it was about to do: to make the old slot again what it was before.
    await until("the first worker to see that it is another's", () => teal.log.includes("another worker has taken"));
    assert.deepEqual(await generations(), before);
    assert.ok(Number((await holder(rollout)).fence) > Number(fence));
    await assertNothingLeft(teal, "frozen", "2.0.0");
    const { requests, failures } = await visits.stop();
    count({ requests, failed: failures.length });
    assert.deepEqual(failures, []);
  });

  const generations = async () => {
    const { read } = byHand(teal);
    const objects = [
      await read("frozen", "HTTPRoute", "app"),
      await read("frozen", "Deployment", "blue-web"),
      await read("frozen", "Deployment", "green-web"),
    ] as unknown as { metadata: { generation: number } }[];
    return objects.map(({ metadata }) => metadata.generation);
  };
});
