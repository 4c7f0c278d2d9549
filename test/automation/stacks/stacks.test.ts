import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { createStacks, type Stacks } from "../../../automation/stacks/stacks.ts";
import { TealError } from "../../../model/errors.ts";
import { startApiServer, type ApiServer } from "../../../sandbox/api/server.ts";
import type { TenantSpec } from "../../../tenant/spec.ts";
import { rollingOut, slotOf, specOf } from "../../tenant/specs.ts";

const passphrase = "correct horse battery";
/** Above what Linux gives out. */
const deadPid = 2 ** 22 + 1;

interface Resource {
  type: string;
  id?: string;
  outputs?: object;
}
interface StateFile {
  checkpoint: { latest: { resources: Resource[]; pending_operations?: { type: string; resource: Resource }[] } };
}
const commandModule = new URL("../../../engine/command.ts", import.meta.url);

/** The whole of it: threads, Automation API, embedded engine and the sandbox's API server. */
describe("automation/stacks", function () {
  this.timeout(30_000);
  let directory: string;
  let server: ApiServer;
  let stacks: Stacks;
  let salt: string | null = null;

  const open = (options: { kubeconfig?: string; passphrase?: string } = {}) =>
    createStacks({
      commandModule,
      backendUrl: `file://${directory}/state`,
      passphrase,
      kubeconfig: join(directory, "sandbox", "kubeconfig"),
      threads: 2,
      salt: { get: () => Promise.resolve(salt), set: (made) => Promise.resolve((salt ??= made)) },
      log: { warn: () => undefined },
      ...options,
    });

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "teal-stacks-test-"));
    await mkdir(join(directory, "state"));
    server = await startApiServer({ directory: join(directory, "sandbox"), port: 0, token: "token" });
    stacks = await open();
  });
  after(async () => {
    await stacks.close();
    await server.close();
    await rm(directory, { recursive: true, force: true });
  });

  const route = async (spec: TenantSpec) => {
    const path = `/apis/gateway.networking.k8s.io/v1/namespaces/${spec.environment}-${spec.id}/httproutes/app`;
    const response = await fetch(`${server.url}${path}`, { headers: { authorization: "Bearer token" } });
    const { spec: found } = (await response.json()) as {
      spec: { rules: { backendRefs: { name: string; weight: number }[] }[] };
    };
    return found.rules.map(({ backendRefs }) => backendRefs.map(({ name, weight }) => `${name} ${weight}`).join(", "));
  };
  const files = async () =>
    (await readdir(directory, { recursive: true })).filter((path) => path.startsWith("state")).sort();
  const failed = (done: Promise<unknown>) =>
    done.then(
      () => assert.fail("expected a failure"),
      (error: TealError) => error,
    );

  it("previews a tenant that isn't there, and leaves nothing", async () => {
    const before = await files();
    const preview = await stacks.preview(specOf({ id: "new" }));
    assert.ok(preview.creates > 15);
    assert.equal(preview.updates + preview.replaces + preview.deletes, 0);
    assert.deepEqual(await files(), before);
  });

  it("takes a tenant through its life", async () => {
    const spec = specOf({ id: "life" });
    const both = { id: "life", green: slotOf({ release: "2.0.0", image: "teal/app:2.0.0" }) };
    const made = await stacks.up(spec);
    assert.ok(made.changes["create"]! > 15);
    assert.deepEqual(await route(spec), ["blue 100"]);

    const again = await stacks.up(spec);
    assert.deepEqual(Object.keys(again.changes), ["same"]);

    const deployed = rollingOut({ ...both, weights: { blue: 100, green: 0 } });
    const preview = await stacks.preview(deployed);
    assert.equal(preview.updates, 1);
    assert.equal((await stacks.preview(deployed)).creates, preview.creates, "a preview changes nothing");
    const refused = await failed(stacks.up(deployed, { routeOnly: true }));
    assert.equal(refused.code, "plan_holds_more");
    assert.match(refused.message, /create Deployment green-web/);
    assert.deepEqual(await route(spec), ["blue 100"]);

    await stacks.up(deployed);
    assert.deepEqual(await route(spec), ["green 1", "blue 100, green 0"]);
    for (const green of [10, 100]) {
      const weights = { blue: 100 - green, green };
      const { changes } = await stacks.up(rollingOut({ ...both, weights }), { routeOnly: true });
      assert.equal(changes["update"], 1);
      assert.deepEqual(await route(spec), ["green 1", `blue ${100 - green}, green ${green}`]);
    }
    assert.deepEqual((await stacks.outputs("production", "life"))!["weights"], { blue: 0, green: 100 });

    await stacks.destroy(spec);
    await stacks.destroy(spec);
    assert.equal(await stacks.outputs("production", "life"), null);
    const gone = await fetch(`${server.url}/api/v1/namespaces/production-life`, {
      headers: { authorization: "Bearer token" },
    });
    assert.equal(gone.status, 404);
  });

  it("does nothing that is no longer permitted once the stack is locked", async () => {
    const spec = specOf({ id: "fenced" });
    await stacks.up(spec);
    const lost = () => Promise.reject(new TealError("lease_lost", "another worker has it"));
    const changed = { ...spec, hostnames: ["elsewhere.example.com"] };
    assert.equal((await failed(stacks.up(changed, { permit: lost }))).code, "lease_lost");
    assert.equal((await failed(stacks.destroy(spec, { permit: lost }))).code, "lease_lost");
    assert.deepEqual(((await stacks.last(spec)) as TenantSpec).hostnames, spec.hostnames);
    assert.deepEqual(Object.keys((await stacks.up(spec)).changes), ["same"]);
    let asked = 0;
    await stacks.up(changed, { permit: () => Promise.resolve(void asked++) });
    assert.equal(asked, 1);
  });

  it("puts right what a worker left that died, and says so", async () => {
    const spec = specOf({ id: "left" });
    await stacks.up(spec);
    const lock = { pid: deadPid, username: "teal", hostname: hostname(), timestamp: "2026-01-01T00:00:00Z" };
    const locks = join(directory, "state", ".pulumi", "locks", "organization", "tenant", "production.left");
    await mkdir(locks, { recursive: true });
    await writeFile(join(locks, "0.json"), JSON.stringify(lock));
    const { repaired } = await stacks.up(spec);
    assert.equal(repaired.length, 1);
    assert.match(repaired[0]!, /left locked by .*pid 4194305/);
    assert.deepEqual((await stacks.up(spec)).repaired, []);
  });

  it("removes what a worker had just made when it died", async () => {
    const spec = specOf({ id: "half" });
    await stacks.up(spec);
    // As if it had died when the namespace was made, and nothing of it was known yet.
    const file = join(directory, "state", ".pulumi", "stacks", "tenant", "production.half.json");
    const state = JSON.parse(await readFile(file, "utf8")) as StateFile;
    const { latest } = state.checkpoint;
    const { id: _, outputs: __, ...namespace } = latest.resources.find(({ type }) => /Namespace$/.test(type))!;
    latest.resources = latest.resources.filter(({ type }) => type.startsWith("pulumi:"));
    latest.pending_operations = [{ type: "creating", resource: namespace }];
    await writeFile(file, JSON.stringify(state));

    const { repaired } = await stacks.destroy(spec);
    assert.match(repaired.join(), /creation of .*Namespace.* was broken off/);
    const gone = await fetch(`${server.url}/api/v1/namespaces/production-half`, {
      headers: { authorization: "Bearer token" },
    });
    assert.equal(gone.status, 404);
    assert.equal(await stacks.outputs("production", "half"), null);
  });

  it("goes to its own cluster whatever the shell's KUBECONFIG is, and keeps none in state", async () => {
    const shells = process.env["KUBECONFIG"];
    process.env["KUBECONFIG"] = "/nowhere/kubeconfig";
    const other = await open({});
    try {
      await other.up(specOf({ id: "shell" }));
      const state = (await files()).find((path) => path.endsWith("production.shell.json"))!;
      assert.equal((await readFile(join(directory, state), "utf8")).includes("kubeconfig"), false);
    } finally {
      await other.close();
      if (shells === undefined) delete process.env["KUBECONFIG"];
      else process.env["KUBECONFIG"] = shells;
    }
  });

  it("writes no secret to state in the clear", async () => {
    await stacks.up(rollingOut({ id: "quiet" }));
    for (const path of await files()) {
      const text = await readFile(join(directory, path), "utf8").catch(() => "");
      for (const secret of ["hunter2hunter2", "preview-token-0123456789", passphrase]) {
        assert.equal(text.includes(secret), false, `${secret} in ${path}`);
      }
    }
  });

  it("says that the cluster refuses its credentials", async () => {
    const kubeconfig = join(directory, "stranger");
    const config = await readFile(join(directory, "sandbox", "kubeconfig"), "utf8");
    await writeFile(kubeconfig, config.replaceAll("token: token", "token: another"));
    const stranger = await open({ kubeconfig });
    try {
      const error = await failed(stranger.up(specOf({ id: "stranger" })));
      assert.equal(error.code, "forbidden");
      assert.equal(error.data["cause"], "platform");
    } finally {
      await stranger.close();
    }
  });

  it("says that the passphrase is another one", async () => {
    const other = await open({ passphrase: "another" });
    try {
      assert.equal((await failed(other.up(specOf()))).code, "passphrase_mismatch");
    } finally {
      await other.close();
    }
  });

  it("leaves no directory behind", async () => {
    const own = join(directory, "tmp");
    const { TMPDIR } = process.env;
    await mkdir(own);
    process.env["TMPDIR"] = own;
    try {
      const other = await open();
      await other.up(specOf({ id: "tidy" }));
      assert.equal((await readdir(own)).length, 1);
      await other.close();
      assert.deepEqual(await readdir(own), []);
    } finally {
      if (TMPDIR === undefined) delete process.env["TMPDIR"];
      else process.env["TMPDIR"] = TMPDIR;
    }
  });
});
