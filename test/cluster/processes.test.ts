import { strict as assert } from "node:assert";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Layout, layoutOf } from "../../cluster/layout.ts";
import { requireRunning, startProcess, stopProcess } from "../../cluster/processes.ts";

/** Stands for etcd: a process that is told a path in the state directory, as every component is. */
const standIn = (layout: Layout, script: string): Parameters<typeof startProcess>[1] => ({
  name: "etcd",
  program: process.execPath,
  args: ["-e", script, "--", `--data-dir=${layout.etcdData}`],
});
const forever = "setInterval(() => {}, 1000)";

describe("cluster: processes", () => {
  let layout: Layout;
  beforeEach(async () => {
    layout = layoutOf(await mkdtemp(join(tmpdir(), "teal-cluster-")));
  });
  afterEach(async () => {
    await stopProcess(layout, "etcd");
    await rm(layout.state, { recursive: true });
  });

  it("starts once and stops once", async () => {
    assert.equal(await startProcess(layout, standIn(layout, forever)), "started");
    assert.equal(await startProcess(layout, standIn(layout, forever)), "running");
    await requireRunning(layout, "etcd");
    assert.equal(await stopProcess(layout, "etcd"), "stopped");
    assert.equal(await stopProcess(layout, "etcd"), "absent");
  });

  it("shows the end of the log of one that ended", async () => {
    await startProcess(layout, standIn(layout, "console.error('no space left'); process.exit(1)"));
    let error: unknown;
    for (let attempt = 0; attempt < 100 && error === undefined; attempt++) {
      error = await requireRunning(layout, "etcd").catch((cause: unknown) => cause);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.match(String(error), /etcd should be running, but ended.*no space left/s);
  });

  it("leaves alone a process that only has an old pid", async () => {
    await mkdir(layout.processes);
    await writeFile(join(layout.processes, "etcd.pid"), String(process.pid));
    assert.equal(await stopProcess(layout, "etcd"), "absent");
  });
});
