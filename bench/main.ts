/**
 * Measures the main job on this machine, end to end over HTTP, in the sandbox: `npm run bench`.
 * Prints one line per figure. Machines differ and are noisy: compare figures of one run, or runs side by side.
 */
import { readFileSync } from "node:fs";
import type { OperationView } from "../model/views.ts";
import { TestTeal, until } from "../test/e2e/teal.ts";

const fleetSize = Number(process.env["BENCH_TENANTS"] ?? 50);
const rounds = 4;

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
  await timed(`provision ${fleetSize} tenants at once`, () =>
    Promise.all(ids.map(async (id) => succeed(await teal.provision(id, "1.0.0")))),
  );
  await flips(ids);
  console.log(`${(peak / 1024).toFixed(0).padStart(8)} MiB   highest memory, all processes together`);
}

/**
 * Flips per second over the fleet: every tenant shifts its traffic in `steps` steps. Counted between the first and the
 * last flip of the fleet, deploying and settling of other tenants going on meanwhile left out by pausing before.
 */
async function flips(ids: string[]): Promise<void> {
  const steps = [...Array.from({ length: rounds - 1 }, (_, i) => (i + 1) * 10), 100];
  const stopped = { reason: "so that all shift at once" };
  const rollouts = await Promise.all(
    ids.map((id) => teal.rollout(id, "2.0.0", { steps, bakeSeconds: 86_400, holdSeconds: 0 })),
  );
  await Promise.all(rollouts.map((o) => teal.when(o, "its first step", (now) => now.phase === "baking")));
  // `finish` moves each on to its last step: one flip per tenant, all at once.
  const begun = performance.now();
  await Promise.all(rollouts.map((o) => teal.accepted("POST", `/v1/operations/${o.id}/finish`, stopped)));
  const done = new Set<string>();
  await until(
    "all to have flipped",
    async () => {
      for (const o of rollouts) {
        if (done.has(o.id)) continue;
        const now = await teal.operation(o.id);
        if (now.phase !== "shifting" && now.step?.percent === 100) done.add(o.id);
      }
      return done.size === rollouts.length;
    },
    300,
  );
  const seconds = (performance.now() - begun) / 1000;
  console.log(
    `${(ids.length / seconds).toFixed(1).padStart(8)} /s    flips (config rendered, preview, up, route in force) over ${ids.length} tenants`,
  );
  await Promise.all(rollouts.map((o) => teal.accepted("POST", `/v1/operations/${o.id}/abort`, { reason: "measured" })));
  await Promise.all(rollouts.map((o) => teal.ending(o)));
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
