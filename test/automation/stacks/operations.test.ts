import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../../automation/stacks/operations.ts";
import type { TenantTask as Task, UpResult } from "../../../automation/stacks/tasks.ts";
import { Workspace } from "../../../automation/stacks/workspace.ts";
import type { TealError } from "../../../model/errors.ts";
import { specOf } from "../../tenant/specs.ts";
import { FakeCommand } from "./command.fake.ts";

const passphrase = "the-passphrase";
const spec = specOf();
const up: Task = { do: "up", spec, routeOnly: false, message: "test" };
const destroy: Task = { do: "destroy", place: { environment: "production", id: "acme" } };

describe("automation/stacks/operations", () => {
  let directory: string;
  let fake: FakeCommand;
  let workspace: Workspace;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "teal-operations-"));
    fake = new FakeCommand();
    workspace = await Workspace.open({
      command: fake.as(),
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
  const act = (task: Task) => run(task, { workspace, directory, passphrase, signal, permit, print: () => undefined });
  const failed = async (task: Task) =>
    (await act(task).then(
      () => assert.fail("expected a failure"),
      (error: TealError) => error,
    )) as TealError;
  const updates = () => fake.ran.filter((verb) => verb === "up" || verb === "stack init" || verb === "stack select");

  it("makes a stack that is missing, and doesn't look again for one it knows", async () => {
    await act(up);
    await act(up);
    assert.deepEqual(updates(), ["stack select", "stack init", "up", "up"]);
  });
  it("makes a known stack anew that another worker has removed meanwhile", async () => {
    await act(up);
    fake.stacks.clear();
    await act(up);
    assert.deepEqual(updates(), ["stack select", "stack init", "up", "up", "stack select", "stack init", "up"]);
  });
  it("gives the command a settings file with sealed secrets, for as long as it runs", async () => {
    await act(up);
    assert.match(fake.settings, /encryptionsalt: the-salt/);
    assert.match(fake.settings, /tenant:weights:\n +blue: 100\n +green: 0/);
    assert.equal(fake.settings.includes("hunter2"), false);
    assert.deepEqual(await readdir(join(directory, "work")), ["Pulumi.yaml"]);
  });
  it("destroys and removes a stack, and has nothing to do once it is gone", async () => {
    await act(up);
    await act(destroy);
    assert.equal(fake.stacks.size, 0);
    await act(destroy);
    assert.deepEqual(
      fake.ran.filter((verb) => verb === "destroy" || verb === "stack rm"),
      ["destroy", "stack rm"],
    );
  });
  it("gives no outputs of a stack that isn't there", async () => {
    assert.equal(await act({ do: "outputs", place: { environment: "production", id: "nobody" } }), null);
  });
  it("previews a stack that isn't there against a state of its own, of which nothing stays", async () => {
    assert.deepEqual(await act({ do: "preview", spec }), {
      creates: 0,
      updates: 0,
      replaces: 0,
      deletes: 0,
      steps: [],
    });
    assert.deepEqual(await readdir(directory), ["work"]);
  });

  const lock = (host: string, pid: number) =>
    `error: the stack is currently locked by 1 lock(s).\n  file:///l.json: created by root@${host} (pid ${pid}) at 2026-01-01T00:00:00Z`;
  // No process has this id: it is above what Linux gives out.
  const dead = 2 ** 22 + 1;

  it("takes broken-off creations for made before it destroys, those of the cluster alone", async () => {
    await act(up);
    const creating = (type: string, inputs: object) => ({
      type: "creating",
      resource: { urn: `urn:pulumi:production.acme::tenant::${type}::x`, custom: true, type, inputs },
    });
    const resources = [{ urn: "root", type: "pulumi:pulumi:Stack" }];
    const pending_operations = [
      creating("kubernetes:core/v1:Namespace", { metadata: { name: "production-acme" } }),
      creating("kubernetes:core/v1:Service", { metadata: { name: "blue", namespace: "production-acme" } }),
      creating("random:index/randomPassword:RandomPassword", { length: 20 }),
      { ...creating("kubernetes:core/v1:Service", { metadata: { name: "green" } }), type: "updating" },
    ];
    fake.state = { version: 3, deployment: { resources, pending_operations } };
    const { repaired } = (await act(destroy)) as UpResult;
    assert.equal(repaired.length, 3);
    const { deployment } = JSON.parse(fake.imported!) as { deployment: { resources: { id?: string }[] } };
    assert.deepEqual(
      deployment.resources.map(({ id }) => id),
      [undefined, "production-acme", "production-acme/blue"],
    );
    assert.ok(!("pending_operations" in deployment));
    assert.ok(fake.ran.indexOf("stack import") < fake.ran.indexOf("destroy"));
  });

  it("breaks a lock whose holder on this host is dead", async () => {
    await act(up);
    fake.failures.set("up", [lock(hostname(), dead)]);
    const { repaired } = (await act(up)) as UpResult;
    assert.match(repaired.join(), new RegExp(`left locked by .*pid ${dead}`));
    assert.deepEqual(
      fake.ran.filter((verb) => verb === "cancel" || verb === "up"),
      ["up", "up", "cancel", "up"],
    );
  });
  for (const [who, text] of [
    ["lives", lock(hostname(), process.pid)],
    ["is on another host", lock("elsewhere", dead)],
  ] as const) {
    it(`leaves a lock whose holder ${who}`, async () => {
      fake.failures.set("up", [text]);
      assert.equal((await failed(up)).code, "stack_locked");
      assert.equal(fake.ran.includes("cancel"), false);
    });
  }

  it("tells what failed by its code, with secrets hidden", async () => {
    fake.failures.set("up", [`error: Secret "x" is invalid: hunter2hunter2, ${passphrase}`]);
    const error = await failed(up);
    assert.equal(error.code, "invalid_object");
    assert.equal(JSON.stringify([error.message, error.data]).includes("hunter2"), false);
    assert.equal(JSON.stringify([error.message, error.data]).includes(passphrase), false);
  });
  it("refuses a spec that is none before anything is done", async () => {
    const error = await failed({ ...up, spec: specOf({ weights: { blue: 50, green: 50 } }) });
    assert.equal(error.code, "spec_invalid");
    assert.deepEqual(fake.ran, []);
  });
});
