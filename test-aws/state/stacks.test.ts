import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { createStacks, type Stacks } from "../../automation/stacks/stacks.ts";
import { startApiServer, type ApiServer } from "../../sandbox/api/server.ts";
import { rollingOut, slotOf, specOf } from "../../test/tenant/specs.ts";
import { startMoto, type Moto } from "../support/moto.ts";
import { startFront, type Front } from "./front.ts";
import { Bucket } from "./ground.ts";

/** The whole of it: threads, Automation API, tenant program, embedded engine, the sandbox's API server, and state in S3. */
describe("tenants' stacks with state in S3", function () {
  this.timeout(120_000);
  let moto: Moto;
  let front: Front;
  let bucket: Bucket;
  let directory: string;
  let server: ApiServer;
  const workers: Stacks[] = [];
  let salt: string | null = null;

  /** As on a machine of its own. */
  const worker = async () => {
    const stacks = await createStacks({
      commandModule: new URL("../../engine/command.ts", import.meta.url),
      backendUrl: bucket.url(front.endpoint),
      passphrase: "correct horse battery",
      kubeconfig: join(directory, "sandbox", "kubeconfig"),
      threads: 1,
      salt: { get: () => Promise.resolve(salt), set: (made) => Promise.resolve((salt ??= made)) },
      log: { warn: () => undefined },
    });
    workers.push(stacks);
    return stacks;
  };
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "teal-s3-stacks-"));
    moto = await startMoto();
    Object.assign(process.env, moto.env);
    front = await startFront(moto.client.endpoint);
    bucket = await Bucket.make(moto.client);
    server = await startApiServer({ directory: join(directory, "sandbox"), port: 0, token: "token" });
  });
  after(async () => {
    for (const stacks of workers) await stacks.close();
    await server.close();
    await front.close();
    for (const name of Object.keys(moto.env)) Reflect.deleteProperty(process.env, name);
    await moto.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it("go from worker to worker, and a flip of weights asks S3 as little as docs/engine.md says", async () => {
    const [one, two] = [await worker(), await worker()];
    const spec = specOf({ id: "acme" });
    const both = { id: "acme", green: slotOf({ release: "2.0.0", image: "teal/app:2.0.0" }) };
    assert.ok((await one.up(spec)).changes["create"]! > 15);
    assert.deepEqual(Object.keys((await two.up(spec)).changes), ["same"]);
    await two.up(rollingOut({ ...both, weights: { blue: 100, green: 0 } }));
    await one.up(rollingOut({ ...both, weights: { blue: 90, green: 10 } }), { routeOnly: true });
    const before = front.requests.length;
    const flip = rollingOut({ ...both, weights: { blue: 50, green: 50 } });
    const { changes } = await one.up(flip, { routeOnly: true });
    assert.equal(changes["update"], 1);
    const requests = front.requests.slice(before);
    const said = await readFile(join(import.meta.dirname, "../../docs/engine.md"), "utf8");
    // Fewer than 20 updates so far: nothing old is removed yet, from history and from backups.
    assert.equal(requests.length, Number(/\spreviews first, (\d+)\./.exec(said)![1]) - 2, requests.join("\n"));
    assert.deepEqual((await two.outputs("production", "acme"))!["weights"], { blue: 50, green: 50 });
    assert.deepEqual(await two.list(), ["production.acme"]);
    assert.ok((await two.read(spec))!.resources.length > 15);
    assert.deepEqual(await two.last(spec), flip);
    assert.ok(await two.lastUpdate(spec));
  });

  it("of two workers that change one at once, one waits for the other or is told that it is locked", async () => {
    const spec = specOf({ id: "both" });
    const [one, two] = [await worker(), await worker()];
    const ended = await Promise.allSettled([one.up(spec), two.up(spec)]);
    const refused = ended.flatMap((each) =>
      each.status === "rejected" ? [each.reason as Error & { code: string }] : [],
    );
    for (const { code, message } of refused) assert.equal(code, "stack_locked", message);
    assert.ok(refused.length < 2);
    assert.deepEqual(Object.keys((await two.up(spec)).changes), ["same"]);
  });

  it("that a machine of the same name has locked stay so: its processes are none of this one's", async () => {
    const spec = specOf({ id: "both" });
    const key = ".pulumi/locks/organization/tenant/production.both/teal.json";
    const content = { pid: 2 ** 22 + 1, username: "teal", hostname: hostname(), timestamp: "2026-01-02T03:04:05Z" };
    await bucket.put(key, JSON.stringify({ ...content, machine: "0123456789ab", id: "a" }));
    await assert.rejects((await worker()).up(spec), { code: "stack_locked" });
    assert.deepEqual(await bucket.keys(".pulumi/locks/"), [key]);
    await bucket.delete(key);
  });

  it("are refused where S3 refuses, with what to do", async () => {
    const stacks = await worker();
    front.fate = () => ({ refuse: { status: 403, code: "AccessDenied" } });
    try {
      await assert.rejects(stacks.up(specOf({ id: "denied" })), (error: Error & { code: string; data: object }) => {
        assert.equal(error.code, "state_s3_denied");
        assert.match(error.message, /allow s3:ListBucket/);
        assert.deepEqual([(error.data as { retriable: boolean }).retriable], [false]);
        return true;
      });
    } finally {
      front.fate = () => undefined;
    }
    await stacks.up(specOf({ id: "denied" }));
  });

  it("are destroyed by another worker than the one that made them", async () => {
    const stacks = await worker();
    for (const id of ["acme", "both", "denied"]) await stacks.destroy({ environment: "production", id });
    assert.deepEqual(await stacks.list(), []);
    assert.deepEqual(await bucket.keys(".pulumi/locks/"), []);
  });
});
