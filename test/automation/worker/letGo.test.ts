import assert from "node:assert/strict";
import fc from "fast-check";
import type { BackupProvider } from "../../../automation/backups/provider.ts";
import type { DataUpResult } from "../../../automation/stacks/tasks.ts";
import type { Effects, Tenure } from "../../../automation/worker/effects.ts";
import { stepsOf } from "../../../automation/worker/letGo.ts";
import { perform } from "../../../automation/worker/perform.ts";
import { next } from "../../../model/machine/next.ts";
import type { TenantDataOutputs } from "../../../model/tenantData.ts";
import { clusters as clustersSchema, mostClusters, type Clusters, type DataSpec } from "../../../tenant/data/spec.ts";
import { readDataTable } from "../../../tenant/plan/data/tiers.ts";
import { dataSpecOf, ownCluster } from "../../tenant/data/specs.ts";
import { because, call, eventOf, happen, openHarness, provisioned, run, tenant, type Harness } from "../harness.ts";

const production = "production";
const restore = "6f8f2f3e-55a1-4d0e-8f59-3f0f5f6f0c55";
const afterRestore: Clusters = {
  cluster: 2,
  clusters: [{ generation: 1 }, { generation: 2, restoredFrom: { snapshot: "teal-b1" }, restore }],
};
const site = {
  gateway: { namespace: "teal-gateway", name: "teal" },
  cluster: { identifier: "aws" },
  hostOf: (environment: string, id: string) => `${id}.${environment}.example.com`,
  data: { platform: "organization/platform/production", table: readDataTable({}) },
};

/** A data stack that was given `last`; a worker that is killed at the `killAt`-th call does the same action once more. */
class World {
  last: DataSpec | null = null;
  /** The last update succeeded. */
  settled = true;
  readonly given: Clusters[] = [];
  readonly told: Clusters[] = [];
  killAt = 0;
  #calls = 0;

  /** `before`: nothing of it was begun. */
  async #call(work: () => void) {
    this.#calls += 1;
    if (this.#calls === this.killAt) throw new Error("killed before");
    work();
    this.#calls += 1;
    if (this.#calls === this.killAt) throw new Error("killed after");
  }

  get calls(): number {
    return this.#calls;
  }

  data = async () => this.last && { spec: this.last, settled: this.settled };

  readonly tenure: Tenure = {
    permit: async () => undefined,
    tellRepaired: async () => undefined,
    tellClusters: (clusters) => this.#call(() => void this.told.push(clusters)),
  };

  effects(ledger: Harness["ledger"]): Effects {
    const up = async (spec: DataSpec) => {
      await this.#call(() => {
        this.last = spec;
        this.given.push((spec.database as { held: Clusters }).held);
      });
      const database = { kind: "cluster", host: "h", port: 5432, name: "t", user: "t" };
      const data = { database } as TenantDataOutputs;
      return { opened: true, changes: {}, repaired: [], durationMs: 0, data, admin: null } satisfies DataUpResult;
    };
    return {
      ledger,
      site,
      outputs: { add: () => undefined },
      databases: { ensure: () => this.#call(() => undefined) },
      stacks: {
        up: async () => ({ changes: {}, repaired: [], durationMs: 0 }),
        data: { last: this.data, up },
      },
    } as unknown as Effects;
  }
}

describe("confirming restores", () => {
  let harness: Harness;
  let world: World;
  let count = 0;
  before(async () => {
    harness = await openHarness({
      holdsData: true,
      backups: { name: "aws", source: "data" } as BackupProvider,
      found: {
        drift: async () => ({ items: [], additions: [] }),
        last: async () => null,
        data: () => world.data(),
        outside: async () => null,
        split: async () => null,
      },
    });
    await provisioned(harness);
  });
  after(() => harness.close());
  beforeEach(() => {
    world = new World();
  });

  const holding = async (held: Clusters): Promise<string> => {
    const id = `confirm-${++count}`;
    const { id: operation } = await harness.automation.tenants.create(production, tenant(id, { tier: "medium" }), call);
    await run(harness.ledger, operation);
    world.last = dataSpecOf({ id, database: ownCluster(held) });
    return id;
  };

  /** Does all of an operation's actions, each once more where the worker was killed in it. */
  const drive = async (operationId: string) => {
    let claim = (await harness.ledger.claim(operationId, "test", 60))!;
    const messages: string[] = [];
    while (!claim.operation.endedAt) {
      const action = next(claim.operation, { now: new Date(), stopped: null, freeze: null });
      if (action.do === "apply") {
        const effects = world.effects(harness.ledger);
        const once = () => perform(effects, claim.operation, action, world.tenure);
        const seen = await once().catch((error: Error) => {
          assert.match(error.message, /^killed/);
          return once();
        });
        if ("event" in seen) messages.push(seen.message);
      }
      claim = await happen(harness.ledger, claim, eventOf(action));
    }
    return { state: claim.operation.state, messages };
  };

  it("shows what would go and what stays, then removes just that: protection off, then gone", async () => {
    const id = await holding(afterRestore);
    const { backups } = harness.automation;
    const preview = await backups.previewConfirm(production, id, {});
    const { uid } = await harness.ledger.read((db) =>
      db.selectFrom("tenants").select("uid").where("id", "=", id).executeTakeFirstOrThrow(),
    );
    const lastSnapshot = `production-${id}-1-${uid.slice(0, 8)}-last`;
    assert.deepEqual(preview.inUse.generation, 2);
    assert.deepEqual(preview.removed, [
      {
        generation: 1,
        identifier: `production-${id}-1`,
        state: "waiting",
        lastSnapshot,
      },
    ]);
    const { plan } = preview;
    const operation = await backups.confirm(production, id, { plan, reason: "all is well" }, call);
    assert.deepEqual([operation.kind, operation.letsGo, operation.reason], ["configure", [1], "all is well"]);
    const said = await harness.ledger.read((db) =>
      db.selectFrom("events").select("message").where("operation", "=", operation.id).executeTakeFirstOrThrow(),
    );
    assert.equal(said.message, "alice asked for the removal of cluster 1, which is not in use: all is well");
    const { state, messages } = await drive(operation.id);
    assert.equal(state, "succeeded");
    const [, second] = afterRestore.clusters;
    const left = { cluster: 2, clusters: [second!] };
    assert.deepEqual(world.given, [
      { cluster: 2, clusters: [{ generation: 1, ends: true, lastSnapshot }, second!] },
      left,
    ]);
    assert.deepEqual(world.told, world.given);
    assert.deepEqual(messages, [`Removed: cluster production-${id}-1. What stays: snapshot ${lastSnapshot}.`]);
    await assert.rejects(backups.previewConfirm(production, id, {}), { code: "nothing_to_confirm" });
  });

  it("killed before or after each call, goes on and ends the same, and never leaves a cluster out that was protected", async () => {
    for (let killAt = 1; ; killAt++) {
      world = new World();
      world.killAt = killAt;
      const id = await holding(afterRestore);
      const { plan } = await harness.automation.backups.previewConfirm(production, id, {});
      const { id: operation } = await harness.automation.backups.confirm(production, id, { plan, ...because }, call);
      assert.equal((await drive(operation)).state, "succeeded");
      const gone = world.given.findIndex(({ clusters }) => clusters.length === 1);
      const before = world.given.slice(0, gone);
      assert.ok(before.length > 0 && before.every(({ clusters }) => clusters[0]!.ends), `killed at ${killAt}`);
      assert.deepEqual(
        (world.last!.database as { held: Clusters }).held.clusters.map((one) => one.generation),
        [2],
      );
      if (world.calls < killAt) break;
    }
  });

  it("is accepted once by its key, and answers the same afterwards", async () => {
    const id = await holding(afterRestore);
    const { plan } = await harness.automation.backups.previewConfirm(production, id, {});
    const keyed = { ...call, idempotency: { key: `confirm-${id}`, route: "confirmRestore", bodyHash: "one" } };
    const first = await harness.automation.backups.confirm(production, id, { plan, reason: "well" }, keyed);
    await drive(first.id);
    const again = await harness.automation.backups.confirm(production, id, { plan, reason: "well" }, keyed);
    assert.equal(again.id, first.id);
  });

  it("refuses another plan, clusters that don't wait, and what the tenant has nothing of", async () => {
    const id = await holding(afterRestore);
    const { backups } = harness.automation;
    const { plan } = await backups.previewConfirm(production, id, { clusters: [1] });
    for (const clusters of [[2], [1, 3]])
      await assert.rejects(backups.previewConfirm(production, id, { clusters }), { code: "nothing_to_confirm" });
    world.last = dataSpecOf({
      id,
      database: ownCluster({ cluster: 3, clusters: [...afterRestore.clusters, { generation: 3 }] }),
    });
    await assert.rejects(backups.confirm(production, id, { plan, reason: "x" }, call), { code: "plan_changed" });
    world.last = dataSpecOf({ id, database: { kind: "none" } });
    await assert.rejects(backups.previewConfirm(production, id, {}), { code: "nothing_to_confirm" });
    await assert.rejects(backups.previewConfirm(production, "nobody", {}), { code: "tenant_not_found" });
  });

  it("is refused while an operation is under way, and without asking the stack, which may be busy for an hour", async () => {
    const id = await holding(afterRestore);
    const { id: operation } = await harness.automation.tenants.restart(production, id, because);
    let asked = 0;
    const { data } = world;
    world.data = () => {
      asked++;
      return data();
    };
    const refused = { code: "tenant_busy" };
    await assert.rejects(harness.automation.backups.previewConfirm(production, id, {}), refused);
    const given = { plan: "0".repeat(16), reason: "x" };
    await assert.rejects(harness.automation.backups.confirm(production, id, given, call), refused);
    assert.equal(asked, 0);
    await run(harness.ledger, operation);
  });

  it("aborted, says what stays of it, and can be confirmed once more", async () => {
    const id = await holding(afterRestore);
    const { backups, operations } = harness.automation;
    const { plan } = await backups.previewConfirm(production, id, {});
    const { id: operation } = await backups.confirm(production, id, { plan, ...because }, call);
    let claim = (await harness.ledger.claim(operation, "test", 60))!;
    for (const event of ["started", "abort"] as const) claim = await happen(harness.ledger, claim, event);
    while (!claim.operation.endedAt) {
      const action = next(claim.operation, { now: new Date(), stopped: null, freeze: null });
      claim = await happen(harness.ledger, claim, eventOf(action));
    }
    assert.deepEqual((await operations.get(operation)).leaves, [
      "What had begun of removing cluster 1 stays: confirm once more to end it.",
    ]);
    const [first, second] = afterRestore.clusters;
    const ending = { cluster: 2, clusters: [{ ...first!, ends: true as const }, second!] };
    world.last = dataSpecOf({ id, database: ownCluster(ending) });
    const { removed } = await backups.previewConfirm(production, id, {});
    assert.deepEqual(
      removed.map(({ generation, state }) => [generation, state]),
      [[1, "ending"]],
    );
  });

  it("says where files stand in that nothing is left behind", async () => {
    const plain = await openHarness();
    try {
      await provisioned(plain, tenant("files"));
      const answer = plain.automation.backups.previewConfirm(production, "files", {});
      await assert.rejects(answer, { code: "nothing_to_confirm", message: /puts the backup's in its place/ });
    } finally {
      await plain.close();
    }
  });

  it("never takes for old what pods still use, as a restore's cluster was never made", async () => {
    const id = await holding(afterRestore);
    const { backups, tenants } = harness.automation;
    const recorded = async (clusters: Clusters) => {
      const { id: operation } = await tenants.restart(production, id, because);
      const claim = (await harness.ledger.claim(operation, "test", 60))!;
      await harness.ledger.advance(claim, { clusters, events: [], release: true });
      await run(harness.ledger, operation);
    };
    world.settled = false;
    const refused = { code: "data_stack_unsettled" };
    await assert.rejects(backups.previewConfirm(production, id, {}), refused);
    await recorded({ cluster: 1, clusters: [{ generation: 1 }] });
    await assert.rejects(backups.previewConfirm(production, id, {}), refused);
    const given = { plan: "0".repeat(16), reason: "x" };
    await assert.rejects(backups.confirm(production, id, given, call), refused);
    // A removal that failed on its way leaves the stack so, too, and is to be ended.
    await recorded(afterRestore);
    assert.equal((await backups.previewConfirm(production, id, {})).removed.length, 1);
  });

  it("says when the stack can't be read", async () => {
    const id = await holding(afterRestore);
    world.data = () => Promise.reject(new Error("no such bucket"));
    const answer = harness.automation.backups.previewConfirm(production, id, {});
    await assert.rejects(answer, { code: "stack_unreadable", message: /no such bucket/ });
  });

  it("makes room: with as many clusters as it may have no restore is accepted, nor previewed", async () => {
    const id = await holding(afterRestore);
    const { id: operation } = await harness.automation.tenants.restart(production, id, because);
    const claim = (await harness.ledger.claim(operation, "test", 60))!;
    const many = Array.from({ length: mostClusters }, (_, at) => ({ generation: at + 1 }));
    await harness.ledger.advance(claim, { clusters: { cluster: 1, clusters: many }, events: [], release: true });
    const at = { at: new Date().toISOString() };
    const refused = { code: "restores_unconfirmed" };
    await assert.rejects(harness.automation.backups.previewRestore(production, id, at), refused);
    await run(harness.ledger, operation);
    const given = { ...at, plan: "0".repeat(16), reason: "x" };
    await assert.rejects(harness.automation.backups.restore(production, id, given, call), refused);
  });

  it("shows in the tenant what it has, once a worker has told", async () => {
    const id = await holding(afterRestore);
    const { id: operation } = await harness.automation.tenants.restart(production, id, because);
    const claim = (await harness.ledger.claim(operation, "test", 60))!;
    await harness.ledger.advance(claim, { clusters: afterRestore, events: [] });
    const { clusters } = await harness.automation.tenants.get(production, id);
    assert.deepEqual(clusters, [
      { generation: 1, identifier: `production-${id}-1`, state: "waiting" },
      {
        generation: 2,
        identifier: `production-${id}-2`,
        state: "in-use",
        restore,
        restoredFrom: { snapshot: "teal-b1" },
      },
    ]);
  });
});

describe("automation/worker/letGo", () => {
  const held = fc
    .uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: mostClusters })
    .chain((generations) =>
      fc.record({
        cluster: fc.constantFrom(...generations),
        clusters: fc.constant(generations.map((generation) => ({ generation }))),
      }),
    );

  it("leaves out just what is to go, in an update after the one that says so, and what is in use never", () => {
    const snapshotOf = (generation: number) => `cluster-${generation}-last`;
    fc.assert(
      fc.property(held, fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (clusters, letsGo) => {
        if (letsGo.includes(clusters.cluster)) {
          assert.throws(() => stepsOf(clusters, letsGo, snapshotOf), { code: "cluster_in_use" });
          return;
        }
        const steps = stepsOf(clusters, letsGo, snapshotOf).map((step) => clustersSchema.parse(step));
        for (const [at, step] of steps.entries()) {
          assert.equal(step.cluster, clusters.cluster);
          const before: Clusters = at === 0 ? clusters : steps[at - 1]!;
          const out = before.clusters.filter((one) => !step.clusters.some((two) => two.generation === one.generation));
          assert.ok(out.every((one) => one.ends && one.lastSnapshot === snapshotOf(one.generation)));
        }
        const left = clusters.clusters.filter(({ generation }) => !letsGo.includes(generation));
        assert.deepEqual(steps.at(-1)!.clusters, left);
        // Begun once more from any of its steps it ends the same.
        for (const step of steps) assert.deepEqual(stepsOf(step, letsGo, snapshotOf).at(-1), steps.at(-1));
      }),
    );
  });
});
