/**
 * Measures the main job on this machine, end to end over HTTP, in the sandbox: `npm run bench`.
 * Prints one line per figure. Machines differ and are noisy: compare figures of one run, or runs side by side.
 */
import { readFileSync } from "node:fs";
import type { OperationView } from "../model/views.ts";
import { TestTeal, until } from "../test/e2e/teal.ts";

const fleetSize = Number(process.env["BENCH_TENANTS"] ?? 50); // at most 200, a page of operations

const teal = new TestTeal({ TEAL_LOG: "warn" });
let peak = 0;
const watching = setInterval(() => (peak = Math.max(peak, memory())), 250);
try {
  await main();
} finally {
  clearInterval(watching);
  await teal.stop();
}

async function main(): Promise<void> {
  await timed("start to ready, new data directory", () => teal.start());
  await teal.endWith("SIGINT");
  await timed("start to ready, second start", () => teal.start());
  for (const version of ["1.0.0", "2.0.0", "3.0.0"]) await teal.release(version);

  await timed("provision one tenant", async () => succeed(await teal.provision("first", "1.0.0")));
  await timed("rollout of one tenant, three steps, no bake, no hold", async () =>
    succeed(await teal.rollout("first", "2.0.0", { steps: [10, 50, 100] })),
  );

  const ids = Array.from({ length: fleetSize }, (_, i) => `bench-${i}`);
  await timed(`provision ${fleetSize} tenants at once`, async () => {
    const operations = await Promise.all(ids.map((id) => teal.provision(id, "1.0.0")));
    await all(operations, "their end", (o) => o.endedAt !== undefined);
  });
  await flips(ids);
  console.log(`${(peak / 1024).toFixed(0).padStart(8)} MiB   highest memory, all processes together`);
}

/** Flips per second over the fleet: every tenant bakes at its first step and is told, all at once, to move on to its last. */
async function flips(ids: string[]): Promise<void> {
  const slow = { steps: [10, 100], bakeSeconds: 86_400, holdSeconds: 0 };
  const rollouts = await Promise.all(ids.map((id) => teal.rollout(id, "2.0.0", slow)));
  await all(rollouts, "their first step", (o) => o.phase === "baking");
  const begun = performance.now();
  const reason = { reason: "so that all shift at once" };
  await Promise.all(rollouts.map((o) => teal.accepted("POST", `/v1/operations/${o.id}/finish`, reason)));
  await all(rollouts, "their last step", (o) => o.phase === "baking" && o.step?.percent === 100);
  const perSecond = ids.length / ((performance.now() - begun) / 1000);
  const what = `flips (config rendered, preview, up, route in force) over ${ids.length} tenants`;
  console.log(`${perSecond.toFixed(1).padStart(8)} /s    ${what}`);
  await Promise.all(rollouts.map((o) => teal.accepted("POST", `/v1/operations/${o.id}/abort`, { reason: "measured" })));
  await all(rollouts, "their end", (o) => o.endedAt !== undefined);
}

/** Waits until it holds for all operations, asking for all of them in one call, so that asking costs next to nothing. */
async function all(operations: OperationView[], what: string, holds: (o: OperationView) => boolean): Promise<void> {
  const ids = new Set(operations.map((o) => o.id));
  await until(
    what,
    async () => {
      const { items } = await teal.accepted<{ items: OperationView[] }>("GET", "/v1/operations?limit=200");
      const ours = items.filter((o) => ids.has(o.id));
      await new Promise((done) => setTimeout(done, 100));
      return ours.length === ids.size && ours.every(holds);
    },
    300,
  );
}

async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  const begun = performance.now();
  await work();
  console.log(`${((performance.now() - begun) / 1000).toFixed(2).padStart(8)} s     ${what}`);
}

async function succeed(operation: OperationView): Promise<void> {
  const end = await teal.when(operation, "its end", (o) => o.endedAt !== undefined);
  if (end.state !== "succeeded") throw new Error(`${operation.kind} ended ${JSON.stringify(end.outcome)}`);
}

/** Resident memory of server, worker, PostgreSQL, cluster and gateway, KiB. Shared pages count for each. */
function memory(): number {
  try {
    return [{ pid: teal.pid }, ...teal.children()].reduce((sum, { pid }) => {
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      return sum + Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0);
    }, 0);
  } catch {
    // Starting or stopping just now.
    return 0;
  }
}
