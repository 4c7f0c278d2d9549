import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { configMaps } from "./crashProgram.ts";
import { startFakeCluster, type Answer, type Call, type FakeCluster } from "./fakeCluster.ts";
import { errors, open } from "./stacks.ts";

describe("the engine against a cluster", () => {
  let home: string;
  let cluster: FakeCluster;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "teal-crash-"));
    cluster = await startFakeCluster();
  });
  afterEach(async () => {
    await cluster.close();
    await rm(home, { recursive: true, force: true });
  });

  const state = async () =>
    JSON.parse(await readFile(join(home, "state/.pulumi/stacks/app/dev.json"), "utf8")).checkpoint.latest;

  /** Runs an update in a process of its own and kills it while the matching call waits for its answer. */
  async function killAt(matches: (call: Call) => boolean): Promise<void> {
    const child = spawn(process.execPath, [join(import.meta.dirname, "crashChild.ts"), home, cluster.kubeconfig], {
      stdio: "inherit",
    });
    await new Promise<void>((resolve, reject) => {
      child.once("exit", () => reject(new Error("the child ended before it could be killed")));
      cluster.before = (call) => {
        if (!matches(call)) return undefined;
        resolve();
        return new Promise<undefined>(() => undefined);
      };
    });
    child.removeAllListeners("exit");
    child.kill("SIGKILL");
    await once(child, "exit");
    cluster.before = () => undefined;
  }

  for (const [which, name] of [
    ["second", "second"],
    ["third, named by the engine", "third"],
  ] as const)
    it(`killed while it makes the ${which}: the next run adopts it and goes on`, async () => {
      const isIt = (call: Call) =>
        call.method === "POST" &&
        !call.query.has("dryRun") &&
        String((call.body["metadata"] as { name: string }).name).startsWith(name);
      await killAt(isIt);
      const left = await state();
      assert.deepEqual(
        left.pending_operations.map(
          ({ type, resource }: { type: string; resource: { urn: string } }) =>
            `${type} ${resource.urn.split("::").at(-1)}`,
        ),
        [`creating ${name}`],
      );
      assert.equal((await readdir(join(home, "state/.pulumi/locks/organization/app/dev"))).length, 1);
      const objects = cluster.objects.size;

      const stack = await open({ home, program: configMaps(cluster.kubeconfig) });
      const events: EngineEvent[] = [];
      await stack.up({ onEvent: (event) => void events.push(event) });
      assert.equal(cluster.objects.size, 3);
      assert.ok(objects <= 3);
      assert.ok(
        events.some(
          ({ diagnosticEvent }) =>
            diagnosticEvent?.severity === "warning" && diagnosticEvent.message.includes("interrupted while creating"),
        ),
      );
      assert.equal((await state()).pending_operations, undefined);
      assert.deepEqual((await stack.up()).summary.resourceChanges, { same: 5 });
      await stack.destroy();
      assert.equal(cluster.objects.size, 0);
    });

  it("asks it nothing when nothing changes, and little when one thing does", async () => {
    let value = "1";
    const stack = await open({ home, program: () => configMaps(cluster.kubeconfig, value)() });
    await stack.up();
    cluster.calls.length = 0;
    assert.deepEqual((await stack.up()).summary.resourceChanges, { same: 5 });
    assert.deepEqual((await stack.preview()).changeSummary, { same: 5 });
    assert.equal(cluster.calls.length, 0);
    value = "2";
    assert.deepEqual((await stack.preview()).changeSummary, { same: 2, update: 3 });
    assert.ok(cluster.calls.every(({ method, query }) => method === "GET" || query.get("dryRun") === "All"));
    assert.deepEqual((await stack.up()).summary.resourceChanges, { same: 2, update: 3 });
  });

  it("passes over moments in which it is away or hurries off", async () => {
    let refusals = 3;
    cluster.before = ({ method }) => {
      if (method !== "POST" || refusals-- <= 0) return undefined;
      return {
        status: refusals % 2 ? 429 : 503,
        body: { reason: "TooManyRequests", message: "later" },
        headers: { "retry-after": "0" },
      };
    };
    const stack = await open({ home, program: configMaps(cluster.kubeconfig) });
    assert.deepEqual((await stack.up()).summary.resourceChanges, { create: 5 });
  });

  it("tells its refusals as errors of the resource, and its warnings too", async () => {
    cluster.before = ({ method, body }): Answer | undefined => {
      const { name = "" } = (body["metadata"] ?? {}) as { name?: string };
      if (method !== "POST") return undefined;
      if (name === "first")
        return {
          status: 201,
          body: { ...body, metadata: { name, namespace: "ns", uid: "1" } },
          headers: { warning: '299 - "old \\"and\\" deprecated"' },
        };
      return { status: 403, body: { reason: "Forbidden", message: "quota exceeded" } };
    };
    const stack = await open({ home, program: configMaps(cluster.kubeconfig) });
    const events: EngineEvent[] = [];
    await assert.rejects(stack.up({ onEvent: (event) => void events.push(event) }), /quota exceeded/);
    assert.match(errors(events)[0]!.urn!, /::second$/);
    const warning = events.find(({ diagnosticEvent }) => diagnosticEvent?.severity === "warning")!.diagnosticEvent!;
    assert.match(warning.urn!, /::first$/);
    assert.equal(warning.message.trim(), 'old "and" deprecated');
  });
});
