import assert from "node:assert/strict";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ComponentResource, Config, CustomResource, StackReference, all, output, secret } from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import {
  ConcurrentUpdateError,
  StackNotFoundError,
  LocalWorkspace,
  type EngineEvent,
} from "@pulumi/pulumi/automation/index.js";
import { createPulumiCommand } from "../../engine/command.ts";
import { openBackend } from "../../engine/state/backend.ts";
import { lockStack } from "../../engine/state/lock.ts";
import { errors, open, operations } from "./stacks.ts";

class Bucket extends CustomResource {}

class Pair extends ComponentResource {
  constructor(name: string, length: number) {
    super("test:index:Pair", name);
    const first = new random.RandomString(`${name}-first`, { length }, { parent: this });
    const second = new random.RandomPassword(
      `${name}-second`,
      { length, keepers: { first: first.result } },
      { parent: this },
    );
    this.registerOutputs({ both: all([first.result, second.result]) });
  }
}

describe("programs on the embedded engine", () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "teal-engine-"));
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  const stateText = () => readFile(join(home, "state/.pulumi/stacks/app/dev.json"), "utf8");

  it("create, keep, replace and remove resources", async () => {
    let length = 10;
    let also = true;
    const program = async () => {
      new Pair("a", length);
      if (also) new random.RandomId("also", { byteLength: 4 });
      return { length };
    };
    const stack = await open({ home, program });
    const events: EngineEvent[] = [];
    const onEvent = (event: EngineEvent) => void events.push(event);

    const preview = await stack.preview({ onEvent });
    assert.deepEqual(preview.changeSummary, { create: 5 });
    assert.equal((await stack.exportStack()).deployment.resources, undefined);

    assert.deepEqual((await stack.up()).summary.resourceChanges, { create: 5 });
    assert.deepEqual((await stack.up()).summary.resourceChanges, { same: 5 });

    length = 12;
    events.length = 0;
    assert.deepEqual((await stack.preview({ onEvent })).changeSummary, { replace: 2, same: 3 });
    const before = await stateText();
    assert.equal(await stateText(), before);
    assert.deepEqual(operations(events), [
      "create-replacement a-first",
      "create-replacement a-second",
      "delete-replaced a-first",
      "delete-replaced a-second",
      "replace a-first",
      "replace a-second",
    ]);
    assert.deepEqual((await stack.up()).summary.resourceChanges, { replace: 2, same: 3 });

    also = false;
    assert.deepEqual((await stack.up()).summary.resourceChanges, { delete: 1, same: 4 });
    assert.deepEqual((await stack.refresh()).summary.resourceChanges, { same: 4 });
    assert.deepEqual((await stack.destroy()).summary.resourceChanges, { delete: 4 });
    assert.deepEqual(await stack.outputs(), {});
  });

  it("never write a secret in the clear, and give it to the program and its outputs", async () => {
    const stack = await open({
      home,
      program: async () => {
        const password = new random.RandomPassword("pw", { length: 20 });
        const config = new Config().requireSecret("token");
        return {
          password: password.result,
          url: output(config).apply((token) => `x://${token}`),
          open: "sesame",
          nested: { a: secret("hid" + "den") },
        };
      },
    });
    await stack.setAllConfig({ token: { value: "t0ken-in-config", secret: true }, plain: { value: "v" } });
    const events: EngineEvent[] = [];
    let text = "";
    const result = await stack.up({
      onEvent: (event) => void events.push(event),
      onOutput: (chunk) => (text += chunk),
    });
    assert.equal(result.outputs["url"]!.value, "x://t0ken-in-config");
    assert.deepEqual(
      [
        result.outputs["url"]!.secret,
        result.outputs["password"]!.secret,
        result.outputs["open"]!.secret,
        result.outputs["nested"]!.secret,
      ],
      [true, true, false, true],
    );
    const password = result.outputs["password"]!.value as string;
    const settings = await readFile(join(home, "work-app-dev/Pulumi.dev.yaml"), "utf8");
    for (const shown of [await stateText(), JSON.stringify(events), text, settings])
      for (const hidden of ["t0ken-in-config", password, "hidden"]) assert.ok(!shown.includes(hidden));
    assert.equal((await stack.getConfig("token")).value, "t0ken-in-config");
    const [last] = await stack.history();
    assert.equal(last!.config["app:token"]!.value, "t0ken-in-config");
    assert.equal(last!.result, "succeeded");
  });

  it("export and import, and read one another's outputs", async () => {
    const first = await open({ home, stack: "one", program: async () => ({ plain: 1, hidden: secret("s3cret") }) });
    await first.up();
    const exported = await first.exportStack();
    await first.importStack(exported);
    assert.deepEqual((await first.exportStack()).deployment.resources, exported.deployment.resources);
    const second = await open({
      home,
      stack: "two",
      program: async () => {
        const reference = new StackReference("organization/app/one");
        return { plain: reference.requireOutput("plain"), hidden: reference.requireOutput("hidden") };
      },
    });
    const { outputs, summary } = await second.up();
    assert.deepEqual(outputs, { plain: { value: 1, secret: false }, hidden: { value: "s3cret", secret: true } });
    assert.deepEqual(summary.resourceChanges, { create: 1 });
    assert.deepEqual((await second.up({ expectNoChanges: true })).summary.resourceChanges, { same: 1 });
    assert.deepEqual((await first.workspace.listStacks()).map(({ name }) => name).sort(), ["one", "two"]);
  });

  it("that fail say why, keep what was made, and go on the next time", async () => {
    let broken = true;
    const stack = await open({
      home,
      program: async () => {
        const good = new random.RandomId("good", { byteLength: 4 });
        const bad = new random.RandomString("bad", { length: broken ? 0 : 4 }, { dependsOn: good });
        new random.RandomId("after", { byteLength: 4 }, { dependsOn: bad });
      },
    });
    const events: EngineEvent[] = [];
    await assert.rejects(stack.up({ onEvent: (event) => void events.push(event) }), /length/);
    assert.match(errors(events)[0]!.urn!, /::bad$/);
    assert.equal((await stack.history())[0]!.result, "failed");
    broken = false;
    assert.deepEqual((await stack.up()).summary.resourceChanges, { create: 2, same: 2 });
  });

  it("that throw fail the update and delete nothing", async () => {
    let fails = false;
    const stack = await open({
      home,
      program: async () => {
        if (fails) throw new Error("the program gave up");
        new random.RandomId("a", { byteLength: 4 });
      },
    });
    await stack.up();
    fails = true;
    await assert.rejects(stack.up(), /the program gave up/);
    fails = false;
    assert.deepEqual((await stack.up()).summary.resourceChanges, { same: 2 });
  });

  it("of packages that the engine has not are refused, with the other engine named", async () => {
    const stack = await open({
      home,
      program: async () => {
        new Bucket("aws:s3/bucket:Bucket", "b", {});
      },
    });
    await assert.rejects(stack.up(), { code: "engine_unsupported", message: /aws.*`cli`/ });
    assert.equal((await stack.exportStack()).deployment.resources, undefined);
  });

  it("of a locked stack are refused as concurrent updates", async () => {
    const stack = await open({ home, program: async () => undefined });
    await using _lock = await lockStack(openBackend(`file://${home}/state`, "/", "/"), {
      project: "app",
      stack: "dev",
    });
    await assert.rejects(stack.up(), ConcurrentUpdateError);
    await stack.preview();
    await stack.cancel();
    await stack.up();
    const pulumiCommand = await createPulumiCommand();
    const missing = LocalWorkspace.selectStack(
      { stackName: "none", projectName: "app", program: async () => undefined },
      { pulumiCommand, workDir: join(home, "work-app-dev") },
    );
    await assert.rejects(missing, StackNotFoundError);
  });

  it("are stopped by a signal, and the stack stays usable", async () => {
    let wait = true;
    const stack = await open({
      home,
      program: async () => {
        const a = new random.RandomId("a", { byteLength: 4 });
        if (wait) await new Promise((resolve) => setTimeout(resolve, 300));
        new random.RandomId("b", { byteLength: 4 }, { dependsOn: a });
      },
    });
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 100);
    await assert.rejects(stack.up({ signal: abort.signal }), /canceled/);
    wait = false;
    await stack.up();
    assert.deepEqual(await readdir(join(home, "state/.pulumi/locks/organization/app/dev")), []);
  });

  it("remove their stack with all that belongs to it", async () => {
    const stack = await open({ home, program: async () => void new random.RandomId("a", { byteLength: 4 }) });
    await stack.up();
    await assert.rejects(stack.workspace.removeStack("dev"), /still has resources/);
    await stack.destroy();
    await stack.workspace.removeStack("dev");
    assert.deepEqual(await stack.workspace.listStacks(), []);
    assert.equal((await stack.workspace.whoAmI()).user.length > 0, true);
  });
});
