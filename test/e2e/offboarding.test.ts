import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { OffboardedView, TenantExport } from "../../model/offboarding.ts";
import type { OperationView, Page } from "../../model/views.ts";
import { byHand } from "./byHand.ts";
import { TestTeal, until } from "./teal.ts";

const tenants = "/v1/environments/develop/tenants";
const offboarded = "/v1/environments/develop/offboarded";
const volume = { path: "/data" };
const migration = { command: ["migrate"], compatible: true };

describe("a tenant that leaves", () => {
  const teal = new TestTeal();

  before(async () => {
    await teal.start();
    await teal.release("1.0.0", { volume, migration });
    const policy = { policy: { retainDays: 0 }, reason: "a test" };
    await teal.accepted("PUT", "/v1/environments/develop/policy", policy, { "if-match": '"0"' });
  });
  after(() => teal.stop());

  const provisioned = async (id: string) => {
    const secrets = { TOKEN: "hush-hush" };
    const operation = await teal.provision(id, "1.0.0", { config: { GREETING: "hello" }, secrets });
    const { state, outcome } = await teal.ending(operation);
    assert.equal(state, "succeeded", JSON.stringify(outcome));
    assert.equal((await teal.send(id, "/notes", { text: "first" })).status, 201);
  };
  const offboard = (id: string, query = ""): Promise<OperationView> =>
    teal.accepted("DELETE", `${tenants}/${id}?reason=left%20us${query}`);
  const ended = async (operation: OperationView, state: OperationView["state"]) => {
    const end = await teal.ending(operation);
    assert.equal(end.state, state, JSON.stringify(end.outcome));
    return end;
  };
  const phases = async ({ id }: OperationView) =>
    (await teal.events(id)).filter(({ type }) => type === "phase").map(({ phase }) => phase);
  const intervene = (operation: OperationView, what: string) =>
    teal.accepted("POST", `/v1/operations/${operation.id}/${what}`, { reason: "a test" });
  const record = (operation: OperationView) => teal.accepted<OffboardedView>("GET", `${offboarded}/${operation.id}`);
  const texts = async (id: string) =>
    ((await teal.visit(id, "/notes")).body as unknown as { notes: { text: string }[] }).notes.map(({ text }) => text);

  it("is suspended for its grace, also over a crash, and comes back as it was when it is called off", async () => {
    await provisioned("wavering");
    const before = await teal.tenant("wavering");
    const operation = await offboard("wavering", "&graceSeconds=86400");
    const waiting = await teal.when(operation, "its grace", ({ grace }) => grace?.until !== undefined);
    assert.deepEqual([waiting.phase, waiting.grace!.seconds], ["grace", 86_400]);
    const left = Date.parse(waiting.grace!.until!) - Date.now();
    assert.ok(left > 86_000_000 && left <= 86_400_000, `${left} ms`);
    assert.equal((await teal.visit("wavering")).status, 503);
    assert.equal((await teal.tenant("wavering")).suspended, true);
    assert.deepEqual((await teal.accepted<Page<OffboardedView>>("GET", offboarded)).items, []);

    await teal.crash();
    await teal.start();
    const still = await teal.operation(operation.id);
    assert.deepEqual([still.phase, still.grace], ["grace", waiting.grace]);
    await intervene(operation, "abort");
    const end = await ended(operation, "rolled-back");
    assert.equal(end.outcome?.code, "abort_requested");
    const { live, slots, weights, suspended, maintenance, release } = await teal.tenant("wavering");
    assert.deepEqual([live, weights, suspended, maintenance, release], ["blue", before.weights, false, false, "1.0.0"]);
    assert.equal(slots.blue?.ready, true);
    assert.equal((await teal.visit("wavering")).status, 200);
    assert.deepEqual(await texts("wavering"), ["first"]);
    const { drifted, items } = await teal.drift("wavering");
    assert.deepEqual([drifted, items], [false, []]);
  });

  it("is exported and removed once its grace is over; what is kept is held, and deleted only then", async () => {
    await provisioned("leaving");
    const hostnames = byHand(teal);
    assert.ok((await hostnames.namespaces()).includes("develop-leaving"));
    const operation = await offboard("leaving", "&retainDays=30");
    await ended(operation, "succeeded");
    assert.deepEqual(await phases(operation), ["closing", "stopping", "grace", "exporting", "removing", "succeeded"]);
    assert.equal((await teal.call("GET", `${tenants}/leaving`)).status, 404);
    assert.ok(!(await hostnames.namespaces()).includes("develop-leaving"));
    assert.ok(!existsSync(join(teal.data, "cluster", "volumes", "develop-leaving", "data")));

    const gone = await record(operation);
    assert.deepEqual([gone.tenant, gone.reason, gone.kept.backups], ["leaving", "left us", 1]);
    const days = (Date.parse(gone.kept.until) - Date.parse(gone.removedAt)) / 86_400_000;
    assert.equal(days, 30);
    assert.ok(gone.deleted.objects.some(({ type }) => type === "kubernetes:core/v1:Namespace"));
    assert.equal(gone.checked.length, 3);
    const exported = await teal.accepted<TenantExport>("GET", gone.exported!.href);
    assert.deepEqual([exported.settings.config, exported.secretNames], [{ GREETING: "hello" }, ["TOKEN"]]);
    assert.ok(!JSON.stringify(exported).includes("hush-hush"));
    assert.deepEqual([exported.data!.location, exported.data!.backup], [gone.exported!.data, operation.id]);
    assert.ok(existsSync(exported.data!.location));

    const held = await teal.accepted<OffboardedView>("POST", `${offboarded}/${operation.id}/hold`, {
      until: "2099-01-01T00:00:00Z",
      reason: "a lawsuit",
    });
    assert.deepEqual([held.kept.until, held.kept.hold?.reason], ["2099-01-01T00:00:00.000Z", "a lawsuit"]);
    const sooner = { until: "2098-01-01T00:00:00Z", reason: "settled" };
    const refused = await teal.call("POST", `${offboarded}/${operation.id}/hold`, sooner);
    assert.deepEqual([refused.status, refused.body["code"]], [409, "retention_too_short"]);
  });

  it("has nothing kept once the retention is over, but its record, and its id is free again", async () => {
    await provisioned("brief");
    const operation = await offboard("brief");
    await ended(operation, "succeeded");
    await until("what was kept to be deleted", async () => (await record(operation)).prunedAt !== undefined);
    const gone = await record(operation);
    assert.deepEqual([gone.exported, gone.kept.backups, gone.kept.bytes], [null, 0, 0]);
    assert.ok(gone.deleted.objects.length > 5);
    assert.deepEqual(readdirSync(join(teal.backups, "develop", "brief")), []);
    const none = await teal.call("GET", `${offboarded}/${operation.id}/export`);
    assert.deepEqual([none.status, none.body["code"]], [404, "export_gone"]);
    const late = await teal.call("POST", `${offboarded}/${operation.id}/hold`, {
      until: "2099-01-01T00:00:00Z",
      reason: "too late",
    });
    assert.deepEqual([late.status, late.body["code"]], [409, "retention_over"]);

    await provisioned("brief");
    assert.deepEqual(await texts("brief"), ["first"]);
    const { items } = await teal.accepted<Page<OffboardedView>>("GET", `${offboarded}?tenant=brief`);
    assert.deepEqual(
      items.map((item) => item.operation),
      [operation.id],
    );
  });

  it("stays suspended where it was, and its grace can be ended early", async () => {
    await provisioned("resting");
    await ended(await teal.accepted("POST", `${tenants}/resting/suspend`, { reason: "unpaid" }), "succeeded");
    const first = await offboard("resting", "&graceSeconds=3600");
    await teal.when(first, "its grace", ({ grace }) => grace?.until !== undefined);
    await intervene(first, "abort");
    await ended(first, "cancelled");
    assert.equal((await teal.tenant("resting")).suspended, true);
    assert.equal((await teal.visit("resting")).status, 503);
    const second = await offboard("resting", "&graceSeconds=3600");
    await teal.when(second, "its grace", ({ grace }) => grace?.until !== undefined);
    await intervene(second, "finish");
    await ended(second, "succeeded");
    assert.deepEqual(await phases(second), ["grace", "removing", "succeeded"]);
  });

  it("is removed at once where no release ever ran for it, and never kept for less long than the policy says", async () => {
    await teal.release("0.9.0-neverready", {});
    const failed = await teal.provision("unborn", "0.9.0-neverready", { policy: { readySeconds: 1, retainDays: 5 } });
    await ended(failed, "failed");
    const short = await teal.call("DELETE", `${tenants}/unborn?retainDays=4`);
    assert.deepEqual([short.status, short.body["code"]], [409, "retention_too_short"]);
    const operation = await offboard("unborn");
    await ended(operation, "succeeded");
    assert.deepEqual(await phases(operation), ["exporting", "removing", "succeeded"]);
    assert.equal((await record(operation)).kept.backups, 0);
  });
});
