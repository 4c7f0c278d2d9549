import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runData } from "../../../automation/stacks/dataOperations.ts";
import { createStacks } from "../../../automation/stacks/stacks.ts";
import type { DataTask, DataUpResult, LastData } from "../../../automation/stacks/tasks.ts";
import { tenantsData, Workspace } from "../../../automation/stacks/workspace.ts";
import type { TealError } from "../../../model/errors.ts";
import type { TenantDataOutputs } from "../../../model/tenantData.ts";
import { toDataConfig } from "../../../tenant/data/config.ts";
import type { DataSpec } from "../../../tenant/data/spec.ts";
import { runDataProgram } from "../../tenant/data/program.ts";
import { dataSpecOf } from "../../tenant/data/specs.ts";
import { FakeCommand } from "./command.fake.ts";

const passphrase = "the-passphrase";
const spec = dataSpecOf();
const place = { environment: "production", id: "acme" };
const up: DataTask = { do: "dataUp", spec, message: "test" };
const admin = { user: "teal_admin", password: "made-password" };

/** An update as the CLI lists it. */
function update(of: DataSpec, result = "succeeded", resourceChanges: object = { create: 1 }, kind = "update") {
  return {
    kind,
    result,
    resourceChanges,
    startTime: "2026-11-28T03:00:00.000Z",
    message: "",
    config: toDataConfig(of),
  };
}

describe("automation/stacks/dataOperations", function () {
  this.timeout(30_000);
  let directory: string;
  let fake: FakeCommand;
  let workspace: Workspace;
  let data: TenantDataOutputs;

  before(async () => {
    data = (await runDataProgram(spec)).outputs["data"] as TenantDataOutputs;
  });
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "teal-data-operations-"));
    fake = new FakeCommand();
    fake.outputs = { data, admin };
    workspace = await Workspace.open({
      command: fake.as(),
      program: tenantsData,
      encryption: { salt: "the-salt", encrypt: () => "sealed" },
      backendUrl: `file://${directory}/state`,
      passphrase,
      kubeconfig: "/nowhere",
      directory: join(directory, "work"),
    });
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  const { signal } = new AbortController();
  const permit = () => Promise.resolve();
  const act = (task: DataTask) =>
    runData(task, { workspace, directory, passphrase, signal, permit, print: () => undefined });
  const updates = () => fake.ran.filter((verb) => verb === "up" || verb === "stack init");

  it("makes the stack, and gives what its outputs tell", async () => {
    const done = (await act(up)) as DataUpResult;
    assert.deepEqual(updates(), ["stack init", "up"]);
    assert.deepEqual([done.opened, done.data, done.admin], [true, data, admin]);
    assert.match(fake.settings, /tenant-data:environment: production/);
    assert.match(fake.settings, /tenant-data:parameters:\n +secure: sealed/);
    assert.doesNotMatch(fake.settings, /hunter2/);
  });

  it("doesn't open what was brought to just that, and reads its outputs", async () => {
    fake.stacks.add("production.acme");
    fake.history = [update(spec)];
    const done = (await act(up)) as DataUpResult;
    assert.deepEqual(updates(), []);
    assert.deepEqual([done.opened, done.changes, done.data], [false, {}, data]);
  });

  const opens: [what: string, history: object[]][] = [
    ["was given something else", [update(dataSpecOf({ parameters: {} }))]],
    ["failed on the way to it", [update(spec, "failed"), update(dataSpecOf({ parameters: {} }))]],
    ["was refused since, as by who had lost the operation", [update(spec, "failed", {}), update(spec)]],
    ["was destroyed", [update(spec, "succeeded", { delete: 9 }, "destroy")]],
    ["was never updated", []],
  ];
  for (const [what, history] of opens) {
    it(`opens what ${what}`, async () => {
      fake.stacks.add("production.acme");
      fake.history = history;
      assert.equal(((await act(up)) as DataUpResult).opened, true);
      assert.deepEqual(updates(), ["up"]);
    });
  }

  it("tells of what a crash may have made unseen", async () => {
    fake.stacks.add("production.acme");
    const urn = "urn:pulumi:production.acme::tenant-data::aws:ec2/securityGroup:SecurityGroup::database";
    fake.state = { version: 3, deployment: { pending_operations: [{ type: "creating", resource: { urn } }] } };
    const { repaired } = (await act(up)) as DataUpResult;
    assert.equal(repaired.length, 1);
    assert.match(repaired[0]!, /SecurityGroup::database was broken off/);
  });

  it("tells what it was given last; and where that can't be read, guesses nothing", async () => {
    assert.equal(await act({ do: "dataLast", place }), null);
    fake.stacks.add("production.acme");
    fake.history = [update(spec)];
    assert.deepEqual(await act({ do: "dataLast", place }), { spec, settled: true } satisfies LastData);
    fake.history = [{ ...update(spec), config: { "tenant-data:id": { value: "acme" } } }];
    await assert.rejects(act({ do: "dataLast", place }), { code: "data_stack_unreadable" });
    await assert.rejects(act(up), { code: "data_stack_unreadable" });
    assert.deepEqual(updates(), []);
  });

  describe("destroyed", () => {
    const leaving = dataSpecOf({ protect: false, leaving: "exported" });
    const destroy = (wanted: DataSpec | null): DataTask => ({
      do: "dataDestroy",
      place,
      spec: wanted,
      message: "test",
    });
    const done = () => fake.ran.filter((verb) => ["up", "destroy", "stack rm"].includes(verb));

    it("is told first that it is leaving, and gone then", async () => {
      fake.stacks.add("production.acme");
      fake.history = [update(spec)];
      await act(destroy(leaving));
      assert.deepEqual(done(), ["up", "destroy", "stack rm"]);
      assert.match(fake.settings, /tenant-data:leaving: exported/);
      assert.match(fake.settings, /tenant-data:protect: false/);
      assert.deepEqual(await act(destroy(leaving)), { repaired: [] });
      assert.deepEqual(done(), ["up", "destroy", "stack rm"]);
    });

    it("is told once, however often destroying is tried after it: else all would be made anew", async () => {
      fake.stacks.add("production.acme");
      const failed = Array.from({ length: 4 }, () => update(leaving, "failed", { delete: 3 }, "destroy"));
      fake.history = [...failed, update(leaving)];
      await act(destroy(leaving));
      assert.deepEqual(done(), ["destroy", "stack rm"]);
    });

    it("is told again where that had failed", async () => {
      fake.stacks.add("production.acme");
      fake.history = [update(leaving, "failed", { update: 3 })];
      await act(destroy(leaving));
      assert.deepEqual(done(), ["up", "destroy", "stack rm"]);
    });

    it("stays where it can't be told, as the key to what is kept would go with it", async () => {
      fake.stacks.add("production.acme");
      fake.failures.set("up", ["error: access denied"]);
      await assert.rejects(act(destroy(leaving)));
      assert.deepEqual(done(), ["up"]);
    });

    it("goes all the same where nobody ever used it, since what could never be made can't be brought up either", async () => {
      fake.stacks.add("production.acme");
      fake.failures.set("up", ["error: DBClusterQuotaExceededFault"]);
      const { repaired } = (await act(destroy({ ...leaving, leaving: "aborted" }))) as { repaired: string[] };
      assert.deepEqual(done(), ["up", "destroy", "stack rm"]);
      assert.match(repaired[0]!, /destroyed as it was/);
    });

    it("is none of who has lost the operation", async () => {
      fake.stacks.add("production.acme");
      fake.history = [update(leaving)];
      const lost = () => Promise.reject(new Error("lease_lost"));
      const context = { workspace, directory, passphrase, signal, permit: lost, print: () => undefined };
      await assert.rejects(runData(destroy(leaving), context), /lease_lost/);
      assert.deepEqual(done(), []);
    });

    it("without ever having been given anything is only destroyed", async () => {
      fake.stacks.add("production.acme");
      await act(destroy(null));
      assert.deepEqual(done(), ["destroy", "stack rm"]);
    });
  });

  it("shows nothing secret in what went wrong", async () => {
    fake.failures.set("up", ["error: hunter2hunter2 is no value for a parameter"]);
    await assert.rejects(
      act(up),
      (error: TealError) => !JSON.stringify([error.message, error.data]).includes("hunter2"),
    );
  });

  it("is nothing that the embedded engine can do, and it says so", async () => {
    await mkdir(join(directory, "state"));
    let salt: string | null = null;
    const stacks = await createStacks({
      commandModule: new URL("../../../engine/command.ts", import.meta.url),
      backendUrl: `file://${directory}/state`,
      passphrase,
      kubeconfig: "/nowhere",
      threads: 1,
      salt: { get: () => Promise.resolve(salt), set: (made) => Promise.resolve((salt ??= made)) },
      log: { warn: () => undefined },
    });
    try {
      const { platformOf } = await import("../../tenant/data/specs.ts");
      const given = dataSpecOf({ platform: platformOf() });
      await assert.rejects(stacks.data.up(given, { message: "test" }), { code: "engine_unsupported" });
    } finally {
      await stacks.close();
    }
  });
});
