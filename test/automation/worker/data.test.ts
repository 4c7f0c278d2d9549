import assert from "node:assert/strict";
import type { BackupProvider } from "../../../automation/backups/provider.ts";
import type { Stacks } from "../../../automation/stacks/stacks.ts";
import type { DataUpResult } from "../../../automation/stacks/tasks.ts";
import { previewTenant } from "../../../automation/previews.ts";
import type { Effects, Tenure } from "../../../automation/worker/effects.ts";
import { removeData } from "../../../automation/worker/removeData.ts";
import { perform } from "../../../automation/worker/perform.ts";
import { opensData } from "../../../model/machine/holds.ts";
import { next } from "../../../model/machine/next.ts";
import { operationKinds, phases } from "../../../model/operation.ts";
import type { TenantDataOutputs } from "../../../model/tenantData.ts";
import type { DataSpec } from "../../../tenant/data/spec.ts";
import { readDataTable } from "../../../tenant/plan/data/tiers.ts";
import type { TenantSpec } from "../../../tenant/spec.ts";
import { call, eventOf, happen, openHarness, release, tenant, type Harness } from "../harness.ts";

const production = "production";
const database = { kind: "cluster" as const, host: "acme.rds", port: 5432, name: "t_production_acme", user: "t" };
const site = {
  gateway: { namespace: "teal-gateway", name: "teal" },
  cluster: { identifier: "aws" },
  hostOf: (environment: string, id: string) => `${id}.${environment}.example.com`,
  data: { platform: "organization/platform/production", table: readDataTable({}) },
};

/** Stacks that only write down what is asked of them, in order; `crash` breaks the next such call off. */
class Recorder {
  readonly asked: string[] = [];
  /** Phases in which an action with a layout was done. */
  readonly phases = new Set<string>();
  /** What data stacks were told before they were destroyed. */
  readonly gone: (DataSpec | null)[] = [];
  readonly specs: { data: DataSpec[]; tenant: TenantSpec[] } = { data: [], tenant: [] };
  crash: string | null = null;
  #last: DataSpec | null = null;

  #ask(what: string) {
    this.asked.push(what);
    if (this.crash !== what) return;
    this.crash = null;
    throw new Error(`killed at ${what}`);
  }

  effects(ledger: Harness["ledger"]): Effects {
    const up = async (spec: TenantSpec) => {
      this.#ask("tenant");
      this.specs.tenant.push(spec);
      return { changes: {}, repaired: [], durationMs: 0 };
    };
    const data: Stacks["data"] = {
      last: async () => this.#last && { spec: this.#last, settled: true },
      preview: async () => assert.fail("no preview was asked for"),
      destroy: async (_place, spec, { permit }) => {
        await permit?.();
        this.#ask("data gone");
        this.gone.push(spec);
        this.#last = null;
        return { repaired: [] };
      },
      up: async (spec, { permit }) => {
        await permit?.();
        this.#ask("data");
        const opened = JSON.stringify(this.#last) !== JSON.stringify(spec);
        this.#last = spec;
        this.specs.data.push(spec);
        const told = { database } as TenantDataOutputs;
        return { opened, changes: {}, repaired: [], durationMs: 0, data: told, admin: null } satisfies DataUpResult;
      },
    };
    const ensure = async () => this.#ask("database");
    const outputs = { add: () => undefined };
    // What looks at the cluster fails, as it isn't there: all that matters here has been asked by then.
    const destroy: Stacks["destroy"] = async () => {
      this.#ask("tenant gone");
      return { repaired: [] };
    };
    return {
      ledger,
      stacks: { up, destroy, data },
      places: [],
      site,
      outputs,
      databases: { ensure },
    } as unknown as Effects;
  }
}

const tenure: Tenure = {
  permit: async () => undefined,
  tellRepaired: async () => undefined,
  tellClusters: async () => undefined,
};

describe("what holds a tenant's data", () => {
  let harness: Harness;
  let count = 0;
  before(async () => {
    harness = await openHarness({ holdsData: true, backups: { name: "aws", source: "data" } as BackupProvider });
    for (const version of ["1.0.0", "2.0.0"])
      await harness.automation.releases.register(production, release(version), call);
  });
  after(() => harness.close());

  /** Does all of an operation's actions, as a worker does. */
  const drive = async (recorder: Recorder, operationId: string, { tries = 3, turnAt = "" } = {}) => {
    const { ledger } = harness;
    let claim = (await ledger.claim(operationId, "test", 60))!;
    for (; !claim.operation.endedAt;) {
      const { operation } = claim;
      if (operation.phase === turnAt) {
        claim = await happen(ledger, claim, "abort");
        continue;
      }
      const action = next(operation, { now: new Date(), stopped: null, freeze: null });
      if ("layout" in action || action.do === "remove") {
        recorder.phases.add(operation.phase);
        for (let done = false, left = tries; !done && left > 0; left--) {
          // "killed": the worker died, and another one does the same action again.
          done = await perform(recorder.effects(ledger), operation, action, tenure).then(
            () => true,
            (error: Error) => !error.message.startsWith("killed"),
          );
        }
      }
      claim = await happen(ledger, claim, eventOf(action), action.do === "apply" ? { layout: action.layout } : {});
    }
    return claim.operation;
  };
  const provision = async (recorder: Recorder, more: object = {}) => {
    const id = `held-${++count}`;
    const { id: operation } = await harness.automation.tenants.create(
      production,
      tenant(id, { tier: "medium", ...more }),
      call,
    );
    await drive(recorder, operation);
    return id;
  };

  it("is made by provision before the tenant's own stack, which reads it", async () => {
    const recorder = new Recorder();
    const id = await provision(recorder, { secrets: { API_KEY: "hunter2hunter2" } });
    assert.deepEqual(recorder.asked, ["data", "database", "tenant"]);
    const [spec] = recorder.specs.data;
    assert.deepEqual([spec!.id, spec!.database.kind, spec!.parameters], [id, "cluster", { API_KEY: "hunter2hunter2" }]);
    assert.equal(recorder.specs.tenant[0]!.data, `organization/tenant-data/production.${id}`);
  });

  for (const [crash, asked] of [
    ["data", ["data", "data", "database", "tenant"]],
    ["database", ["data", "database", "data", "database", "tenant"]],
    ["tenant", ["data", "database", "tenant", "data", "database", "tenant"]],
  ] as const) {
    it(`killed at ${crash}: goes on the same way, with the same spec`, async () => {
      const recorder = new Recorder();
      recorder.crash = crash;
      await provision(recorder);
      assert.deepEqual(recorder.asked, asked);
      for (const spec of recorder.specs.data) assert.deepEqual(spec, recorder.specs.data[0]);
    });
  }

  it("is changed by configure, once, and the slots after it", async () => {
    const recorder = new Recorder();
    const id = await provision(recorder);
    recorder.asked.length = 0;
    const patch = { secrets: { API_KEY: "another-secret" } };
    const operation = await harness.automation.tenants.patch(production, id, patch, 1, call);
    await drive(recorder, operation!.id);
    assert.deepEqual(recorder.asked.slice(0, 3), ["data", "database", "tenant"]);
    assert.equal(recorder.asked.filter((what) => what === "data").length, 1);
    assert.deepEqual(recorder.specs.data.at(-1)!.parameters, { API_KEY: "another-secret" });
  });

  it("is never opened by a rollout, however it ends, nor by a rollback, restart, scale, suspend or unsuspend", async () => {
    const recorder = new Recorder();
    const id = await provision(recorder);
    recorder.asked.length = 0;
    const { tenants } = harness.automation;
    const because = { ...call, reason: "a test" };
    const ended: string[] = [];
    const through = async (operation: { id: string }, options = {}) =>
      ended.push((await drive(recorder, operation.id, options)).state);
    await through(await tenants.rollout(production, id, { release: "2.0.0" }, call), { turnAt: "baking" });
    await through(await tenants.rollout(production, id, { release: "2.0.0", settling: "keep" }, call));
    await through(await tenants.rollback(production, id, because));
    await through(await tenants.restart(production, id, because));
    await through(await tenants.scale(production, id, 3, because));
    await through(await tenants.suspend(production, id, because));
    await through(await tenants.unsuspend(production, id, because));
    assert.deepEqual(ended, ["rolled-back", ...Array<string>(6).fill("succeeded")]);
    const all = [
      "deploying",
      "shifting",
      "promoting",
      "settling",
      "closing",
      "stopping",
      "opening",
      "rolling-back",
      "restoring",
    ];
    assert.deepEqual(
      all.filter((phase) => !recorder.phases.has(phase)),
      [],
    );
    assert.deepEqual(new Set(recorder.asked), new Set(["tenant"]));
    // All of them still lead its pods to it.
    for (const spec of recorder.specs.tenant) assert.equal(spec.data, `organization/tenant-data/production.${id}`);
  });

  it("is backed up before a rollout and when its tenant leaves, and neither begins where that can't be", async () => {
    const id = await provision(new Recorder());
    const backups = { name: "files" } as BackupProvider;
    const { ledger, queue } = harness;
    for (const unable of [null, backups]) {
      const { automation, close } = await openHarness({ ledger, queue, holdsData: true, backups: unable });
      try {
        for (const refused of [
          () => automation.tenants.rollout(production, id, { release: "2.0.0" }, call),
          () => automation.tenants.offboard(production, id, {}, call),
          () => automation.backups.take(production, id, { ...call, reason: "a test" }),
          () => automation.backups.drill(production, id, { ...call, reason: "a test" }),
        ])
          await assert.rejects(refused(), { code: "backups_unavailable", message: /TEAL_BACKUP_BUCKET/ });
      } finally {
        await close();
      }
    }
    const { move } = (await ledger.claim(
      (await harness.automation.tenants.rollout(production, id, { release: "2.0.0" }, call)).id,
      "test",
      60,
    ))!.operation;
    assert.equal(move!.backup, true);
  });

  for (const [crash, gone] of [
    ["", ["tenant gone", "data gone"]],
    ["tenant gone", ["tenant gone", "tenant gone", "data gone"]],
    ["data gone", ["tenant gone", "data gone", "tenant gone", "data gone"]],
  ] as const) {
    const killed = crash && `, though a worker is killed at "${crash}"`;
    it(`is removed after the tenant's own stack when it leaves, all but its key${killed}`, async () => {
      const recorder = new Recorder();
      const id = await provision(recorder);
      const [made] = recorder.specs.data;
      recorder.asked.length = 0;
      recorder.crash = crash || null;
      const { id: operation } = await harness.automation.tenants.offboard(production, id, {}, call);
      assert.equal((await drive(recorder, operation)).state, "succeeded");
      assert.deepEqual(
        recorder.asked.filter((what) => what.endsWith("gone")),
        gone,
      );
      assert.deepEqual(recorder.gone, [{ ...made!, protect: false, leaving: "exported" }]);
    });
    it(`is removed, its key too, where the provision that made it is aborted${killed}`, async () => {
      const recorder = new Recorder();
      const id = `held-${++count}`;
      const wanted = tenant(id, { tier: "medium" });
      const { id: operation } = await harness.automation.tenants.create(production, wanted, call);
      recorder.crash = crash || null;
      const ended = await drive(recorder, operation, { turnAt: "verifying" });
      assert.equal(ended.state, "cancelled");
      assert.deepEqual(
        recorder.asked.filter((what) => what.endsWith("gone")),
        gone,
      );
      assert.deepEqual(recorder.gone, [{ ...recorder.specs.data[0]!, protect: false, leaving: "aborted" }]);
    });
  }

  it("is not removed by who has lost the operation", async () => {
    const recorder = new Recorder();
    const id = await provision(recorder);
    const { id: operation } = await harness.automation.tenants.offboard(production, id, {}, call);
    const { operation: claimed } = (await harness.ledger.claim(operation, "test", 60))!;
    const lost = { ...tenure, permit: () => Promise.reject(new Error("lease_lost")) };
    await assert.rejects(removeData(recorder.effects(harness.ledger), claimed, lost), /lease_lost/);
    assert.deepEqual(recorder.gone, []);
  });

  it("is none of a tenant's that was made without it", async () => {
    const plain = await openHarness();
    try {
      await plain.automation.releases.register(production, release("1.0.0"), call);
      const { id } = await plain.automation.tenants.create(production, tenant("plain"), call);
      const recorder = new Recorder();
      let claim = (await plain.ledger.claim(id, "test", 60))!;
      claim = await happen(plain.ledger, claim, "started");
      const action = next(claim.operation, { now: new Date(), stopped: null, freeze: null });
      assert.ok(action.do === "apply");
      await perform(recorder.effects(plain.ledger), claim.operation, action, tenure);
      assert.deepEqual(recorder.asked, ["tenant"]);
      assert.equal(recorder.specs.tenant[0]!.data, undefined);
    } finally {
      await plain.close();
    }
  });

  it("opens in no phase but these", () => {
    const open = operationKinds.flatMap((kind) =>
      phases.filter((phase) => opensData({ kind, phase })).map((phase) => `${kind} ${phase}`),
    );
    assert.deepEqual(open.sort(), [
      "configure deploying",
      "configure migrating",
      "provision deploying",
      "provision migrating",
    ]);
  });

  describe("a preview", () => {
    const step = (name: string) => ({ op: "create" as const, urn: `urn::${name}`, type: "t", name, diffs: [] });
    const view = (name: string) => ({ creates: 1, updates: 0, replaces: 0, deletes: 0, steps: [step(name)] });
    const previewed = async (exists: boolean, change: object, id?: string) => {
      const seen: TenantSpec[] = [];
      const stacks = {
        preview: async (spec: TenantSpec) => (seen.push(spec), view("namespace")),
        data: { last: async () => null, preview: async () => ({ exists, ...view("key") }) },
      };
      const own = await openHarness({
        holdsData: true,
        backups: { name: "aws", source: "data" } as BackupProvider,
        preview: (of, layout, options) => previewTenant(stacks, site, of, layout, options),
        ...(id && { ledger: harness.ledger, queue: harness.queue }),
      });
      try {
        if (!id) await own.automation.releases.register(production, release("1.0.0"), call);
        return { ...(await own.automation.tenants.preview(production, id ?? "fresh", change)), spec: seen[0]! };
      } finally {
        await own.close();
      }
    };

    it("of provision shows both stacks, the one with data first, though there is nothing to refer to yet", async () => {
      const { steps, creates, spec } = await previewed(false, { newTenant: tenant("fresh") });
      assert.deepEqual([steps.map(({ name }) => name), creates, spec.data], [["key", "namespace"], 2, undefined]);
    });
    it("of configure shows both, of a rollout the tenant's own alone", async () => {
      const id = await provision(new Recorder());
      const configured = await previewed(true, { tier: "large" }, id);
      assert.deepEqual(
        configured.steps.map(({ name }) => name),
        ["key", "namespace"],
      );
      assert.equal(configured.spec.data, `organization/tenant-data/production.${id}`);
      const rolled = await previewed(true, { release: "2.0.0" }, id);
      assert.deepEqual(
        rolled.steps.map(({ name }) => name),
        ["namespace"],
      );
    });
  });
});
