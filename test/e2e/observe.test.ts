import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { EnvironmentView, OperationView, PreviewView } from "../../model/views.ts";
import { byHand } from "./byHand.ts";
import { keepVisiting, TestTeal } from "./teal.ts";

const environment = "/v1/environments/develop";
const acme = `${environment}/tenants/acme`;
const reason = "a test";

describe("an environment that is only observed", () => {
  const teal = new TestTeal();

  before(async () => {
    await teal.start();
    for (const version of ["1.0.0", "2.0.0"]) await teal.release(version);
    assert.equal((await teal.ending(await teal.provision("acme", "1.0.0"))).state, "succeeded");
    assert.equal((await teal.ending(await teal.provision("busy", "1.0.0"))).state, "succeeded");
  });
  after(() => teal.stop());

  const setMode = (mode: string) =>
    teal.accepted<EnvironmentView>("PUT", `${environment}/mode`, { mode, reason: `to ${mode}` });
  const refused = async (method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
    const { status, body: problem } = await teal.call(method, path, body, headers);
    assert.deepEqual([status, problem["code"]], [409, "environment_observed"], `${method} ${path}`);
    assert.match(String(problem["detail"]), /to observe/);
  };
  /** All files of stacks with what is in them, byte by byte. */
  const stacks = () => {
    const folder = join(teal.data, "state", ".pulumi");
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return files.map((file) => join(file.parentPath, file.name)).map((path) => [path, readFileSync(path, "utf8")]);
  };

  it("shows previews and drift, refuses what would write, and writes nothing", async () => {
    const visits = keepVisiting(teal, "acme");
    const observed = await setMode("observe");
    assert.deepEqual([observed.mode, observed.observed?.reason], ["observe", "to observe"]);
    assert.deepEqual(await setMode("observe"), observed);
    const before = stacks();

    const preview = await teal.accepted<PreviewView>("POST", `${acme}/preview`, { release: "2.0.0" });
    assert.ok(preview.creates > 0);
    await byHand(teal).patch("acme", "Deployment", "blue-web", { spec: { replicas: 2 } });
    const drift = await teal.drift("acme");
    assert.equal(drift.drifted, true);
    assert.equal((await teal.tenant("acme")).release, "1.0.0");

    await refused("POST", `${acme}/rollouts`, { release: "2.0.0" });
    await refused("POST", `${acme}/restart`, { reason });
    await refused("POST", `${acme}/scale`, { replicas: 3, reason });
    await refused("POST", `${acme}/suspend`, { reason });
    await refused("POST", `${acme}/repair`, { plan: drift.plan, reason });
    await refused("DELETE", acme);
    await refused("POST", `${environment}/tenants`, { id: "new", name: "New", release: "1.0.0" });
    const headers = { "if-match": '"1"', "content-type": "application/merge-patch+json" };
    await refused("PATCH", acme, { name: "Another" }, headers);
    assert.equal((await teal.call("GET", `${environment}/tenants/new`)).status, 404);

    assert.deepEqual(stacks(), before);
    await setMode("manage");
    const repair = await teal.decide("acme", "repair", await teal.drift("acme"));
    assert.equal((await teal.ending(repair)).state, "succeeded");
    assert.deepEqual((await visits.stop()).failures, []);
  });

  it("has what is under way wait, over a crash too, and go on or back only afterwards", async () => {
    const slow = { steps: [50, 100], bakeSeconds: 120 };
    const rollout: OperationView = await teal.rollout("busy", "2.0.0", slow);
    await teal.when(rollout, "the first step", ({ phase }) => phase === "baking");
    await setMode("observe");
    await teal.when(rollout, "the wait", ({ outcome }) => outcome?.code === "environment_observed");
    const before = stacks();
    await refused("POST", `/v1/operations/${rollout.id}/abort`, { reason });
    await refused("POST", `${environment}/tenants/busy/rollback`, { reason });
    await teal.crash();
    await teal.start();
    const waits = await teal.when(rollout, "the wait", ({ outcome }) => outcome?.code === "environment_observed");
    assert.equal(waits.phase, "baking");
    assert.deepEqual(stacks(), before);

    const managed = await setMode("manage");
    assert.deepEqual([managed.mode, managed.observed], ["manage", undefined]);
    await teal.accepted("POST", `/v1/operations/${rollout.id}/abort`, { reason });
    assert.equal((await teal.ending(rollout)).state, "rolled-back");
    assert.deepEqual(await teal.split("busy", 20), { "1.0.0": 20 });
  });
});
