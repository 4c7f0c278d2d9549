import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startPostgres } from "../start/postgres.ts";
import { readPostmaster, servesData } from "../start/postmaster.ts";
import { until } from "../test/e2e/teal.ts";
import { ChaosTeal } from "./chaosTeal.ts";
import { assertNothingLeft } from "./ending.ts";
import { count } from "./tally.ts";
import { visit, type Visits } from "./visits.ts";

const way = ["deploying", "verifying", "shifting", "baking", "shifting", "baking", "promoting", "holding", "settling"];

describe("what Teal stands on", function () {
  this.timeout(300_000);
  let teal: ChaosTeal;
  let tenants = 0;

  before(async () => {
    teal = new ChaosTeal();
    if (canMount) mountSmall(join(teal.data, "state"));
    await teal.start();
    for (const version of ["1.0.0", "2.0.0"]) await teal.release(version);
  });
  after(async () => {
    teal.plan({});
    if (teal.ended) await teal.start();
    const { data } = teal;
    await teal.endWith("SIGINT");
    if (canMount) execFileSync("umount", [join(data, "state")]);
    await teal.stop();
  });

  const rollOut = async () => {
    const tenant = `tenant-${++tenants}`;
    await teal.ending(await teal.provision(tenant, "1.0.0"));
    const visits = visit(teal, tenant);
    return {
      tenant,
      visits,
      rollout: await teal.rollout(tenant, "2.0.0", { steps: [50, 100], bakeSeconds: 4, holdSeconds: 3 }),
    };
  };
  const endsWell = async (tenant: string, rollout: { id: string }, visits: Visits) => {
    const { state, outcome } = await teal.ending(rollout, 120);
    assert.equal(state, "succeeded", JSON.stringify(outcome));
    const phases = (await teal.events(rollout.id)).filter(({ type }) => type === "phase").map(({ phase }) => phase);
    assert.deepEqual(phases, [...way, "succeeded"]);
    await assertNothingLeft(teal, tenant, "2.0.0");
    const { requests, failures } = await visits.stop();
    count({ requests, failed: failures.length });
    assert.deepEqual(failures, []);
  };

  it("its database away for a while: nothing is lost and nothing done twice", async () => {
    const { tenant, visits, rollout } = await rollOut();
    await teal.when(rollout, "a bake", ({ phase }) => phase === "baking");
    const directory = join(teal.data, "postgres");
    const { pid, port } = readPostmaster(join(directory, "data"))!;
    process.kill(pid, "SIGQUIT");
    await until("the database to be gone", () => !servesData(pid, join(directory, "data")));
    const { status, body } = await teal.call("GET", `/v1/operations/${rollout.id}`);
    assert.deepEqual([status, body["code"]], [503, "ledger_unavailable"]);
    await sleep(5000);
    await startPostgres({ directory, port, log: () => undefined });
    await endsWell(tenant, rollout, visits);
    // Who started it stops it: this test's PostgreSQL is taken over by the next start.
    await teal.crash();
    await teal.start();
  });

  it("its disk full: the operation waits, says why, and goes on once there is room", async function () {
    // A file system of its own takes root's rights; without them nothing else shows what the kernel says of a full one.
    if (!canMount && process.env["CI"]) assert.fail("Expected root's rights to mount a small file system.");
    if (!canMount) return this.skip();
    const state = join(teal.data, "state");
    const { tenant, visits, rollout } = await rollOut();
    await teal.when(rollout, "a bake", ({ phase }) => phase === "baking");
    fill(join(state, "filler"), state);
    const waits = await teal.when(rollout, "its trouble", ({ outcome }) => outcome !== undefined);
    assert.match(JSON.stringify(waits.outcome), /ENOSPC|no space left/i);
    assert.equal(waits.outcome!.cause, "platform");
    rmSync(join(state, "filler"));
    await endsWell(tenant, rollout, visits);
  });

  for (const [what, seconds] of [
    ["ahead by an hour", 3600],
    ["back by two hours", -7200],
  ] as const) {
    it(`its clock set ${what}: nothing is lost, done twice, or waited for that long`, async () => {
      const { tenant, visits, rollout } = await rollOut();
      await teal.when(rollout, "a bake", ({ phase }) => phase === "baking");
      teal.plan({ clockSeconds: seconds });
      try {
        await endsWell(tenant, rollout, visits);
        const told = (await teal.events(rollout.id)).filter(({ type }) => type === "clock").length;
        assert.equal(told > 0, seconds < 0);
      } finally {
        teal.plan({});
      }
    });
  }
});

/** Whether this process may mount a file system: root, in a container that lets it. */
const canMount = process.getuid?.() === 0 && tryMount();

function tryMount(): boolean {
  const directory = `/tmp/teal-mount-${process.pid}`;
  mkdirSync(directory);
  try {
    mountSmall(directory);
    execFileSync("umount", [directory]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function mountSmall(directory: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=16m,mode=0700", "tmpfs", directory], { stdio: "ignore" });
}

/** Takes all the room that is left where `at` is. */
function fill(file: string, at: string): void {
  const { bavail, bsize } = statfsSync(at);
  writeFileSync(file, Buffer.alloc(bavail * bsize));
}
