/**
 * Measures flips of traffic by the embedded engine, with the tenant program, on a real kube-apiserver that it starts and
 * stops: `npm run bench:engine`. A flip is what automation/stacks does for one: settings written, preview, update, state
 * on disk. Machines differ and are noisy: compare figures of one run.
 *
 * BENCH_STACKS: how many stacks (200). BENCH_KUBECONFIG: a cluster that runs already, in which they are made and removed.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createStacks, type Stacks } from "../automation/stacks/stacks.ts";
import { startCluster, stopCluster } from "../cluster/cluster.ts";
import type { TenantSpec } from "../tenant/spec.ts";
import { rollingOut } from "../test/tenant/specs.ts";
import { phases, shares, type Shares } from "./shares.ts";

const engine = new URL("../engine/command.ts", import.meta.url);
const watched = new URL("watchedEngine.ts", import.meta.url);
const count = Number(process.env["BENCH_STACKS"] ?? 200);
const passphrase = "a passphrase to measure with";
const directory = await mkdtemp(join(tmpdir(), "teal-bench-"));
let salt: string | null = null;
const weightOf = new Map<string, number>();

const given = process.env["BENCH_KUBECONFIG"];
const cluster = join(directory, "cluster");
const leave = async () => {
  if (given === undefined) await stopCluster(cluster);
  await rm(directory, { recursive: true, force: true, maxRetries: 5 });
};
// The cluster outlives the process that started it.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void leave().finally(() => process.exit(1)));
try {
  await main(given ?? (await ownCluster()));
} finally {
  await leave();
}

/** Nothing runs there: pods would take the processors that are measured. */
async function ownCluster(): Promise<string> {
  const { kubeconfig } = await startCluster({ state: cluster, port: 0, log: console.log });
  await stopCluster(cluster, ["gateway", "node"]);
  return kubeconfig;
}

async function main(kubeconfig: string): Promise<void> {
  const open = (threads: number, commandModule: URL) => openStacks(kubeconfig, threads, commandModule);
  const specs = Array.from({ length: count }, (_, index) => tenant(index));

  await timed(`provision ${count} stacks, 4 at a time`, async () => {
    await using stacks = await open(4, engine);
    const made = await each(specs, 4, (spec) => stacks.up(spec));
    const resources = Object.values(made[0]!.changes).reduce((sum, many) => sum + many, 0);
    console.log(`${resources.toString().padStart(8)}       resources in each stack, all that Pulumi counts`);
  });

  await single(open, specs[0]!);
  for (const threads of [1, 4, 8]) await flipAll(open, specs, threads, "flips");
  await flipAll(open, specs, 4, "updates alone, without the preview that guards them,");
  if (given !== undefined) await removeAll(open, specs);
}

type Open = (threads: number, commandModule: URL) => Promise<Stacks & AsyncDisposable>;

/** One stack again and again: how long a flip takes, and what takes it. */
async function single(open: Open, spec: TenantSpec): Promise<void> {
  {
    await using stacks = await open(1, engine);
    const milliseconds: number[] = [];
    for (let run = 0; run < 60; run++) {
      const began = performance.now();
      await flip(stacks, spec);
      if (run >= 20) milliseconds.push(performance.now() - began);
    }
    const median = milliseconds.sort((a, b) => a - b)[milliseconds.length >> 1]!;
    console.log(`${median.toFixed(1).padStart(8)} ms    flip of one stack, median of ${milliseconds.length}`);
  }
  await using stacks = await open(1, watched);
  for (let run = 0; run < 20; run++) await flip(stacks, spec);
  await shares("begin");
  for (let run = 0; run < 40; run++) await flip(stacks, spec);
  report(await shares("end"));
}

function report(found: Shares): void {
  const all = phases.reduce((sum, phase) => sum + found[phase], 0);
  for (const phase of phases)
    console.log(`${((100 * found[phase]) / all).toFixed(1).padStart(8)} %        of it: ${phase}`);
}

type What = "flips" | "updates alone, without the preview that guards them,";

async function flipAll(open: Open, specs: readonly TenantSpec[], threads: number, what: What): Promise<void> {
  await using stacks = await open(threads, engine);
  // Threads start, keys are derived and code gets compiled: a thread is at its pace after some twenty flips.
  const first = Array.from({ length: threads * 20 }, (_, index) => specs[index % specs.length]!);
  await each(first, threads, (spec) => flip(stacks, spec, what === "flips"));
  let peak = 0;
  const watching = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 100);
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  await each(specs, threads, (spec) => flip(stacks, spec, what === "flips"));
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  clearInterval(watching);
  const used = ((user + system) / 1000 / specs.length).toFixed(0);
  console.log(
    `${(specs.length / seconds).toFixed(1).padStart(8)} /s    ${what} of ${specs.length} stacks, ${threads} at a time; ${used} ms of CPU each, ${(peak / 2 ** 20).toFixed(0)} MiB`,
  );
}

/** Every flip is to weights that the stack has not had before. */
async function flip(stacks: Stacks, spec: TenantSpec, routeOnly = true): Promise<void> {
  const weight = ((weightOf.get(spec.id) ?? 0) + 1) % 100;
  weightOf.set(spec.id, weight);
  const { changes } = await stacks.up({ ...spec, weights: { blue: 100 - weight, green: weight } }, { routeOnly });
  if (changes["update"] !== 1) throw new Error(`expected one update, got ${JSON.stringify(changes)}`);
}

function tenant(index: number): TenantSpec {
  const id = `bench-${index}`;
  return rollingOut({ id, hostnames: [`${id}.production.localhost`], weights: { blue: 100, green: 0 } });
}

async function removeAll(open: Open, specs: readonly TenantSpec[]): Promise<void> {
  await timed(`remove ${count} stacks, 16 at a time`, async () => {
    await using stacks = await open(16, engine);
    await each(specs, 16, (spec) => stacks.destroy(spec));
  });
}

async function openStacks(kubeconfig: string, threads: number, commandModule: URL): Promise<Stacks & AsyncDisposable> {
  const stacks = await createStacks({
    commandModule,
    backendUrl: `file://${directory}`,
    passphrase,
    kubeconfig,
    threads,
    salt: { get: () => Promise.resolve(salt), set: (made) => Promise.resolve((salt ??= made)) },
    log: { warn: (data, message) => console.warn(message, data) },
  });
  return { ...stacks, [Symbol.asyncDispose]: () => stacks.close() };
}

/** Does it for all, `many` at a time. */
async function each<T, R>(items: readonly T[], many: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const left = items.entries();
  const worker = async () => {
    for (const [index, item] of left) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: many }, worker));
  return results;
}

async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  const began = performance.now();
  await work();
  console.log(`${((performance.now() - began) / 1000).toFixed(2).padStart(8)} s     ${what}`);
}
