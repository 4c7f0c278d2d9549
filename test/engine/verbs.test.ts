import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import {
  CommandError,
  ConcurrentUpdateError,
  LocalWorkspace,
  StackAlreadyExistsError,
  StackNotFoundError,
  type Stack,
} from "@pulumi/pulumi/automation/index.js";
import * as random from "@pulumi/random";
import { createPulumiCommand } from "../../engine/command.ts";
import { open, type Runner } from "./stacks.ts";

const run = promisify(execFile);

describe("verbs of the Automation API", () => {
  let home: string;
  let stack: Stack;
  let length: number;

  const program = async () => {
    const pet = new random.RandomPet("pet", { length });
    const config = new pulumi.Config();
    return { pet: pet.id, secret: config.getSecret("password"), plain: config.get("tier") };
  };
  beforeEach(async () => {
    length = 1;
    home = await mkdtemp(join(tmpdir(), "teal-verbs-"));
    stack = await open({ home, program });
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  const work = () => stack.workspace.workDir;
  const state = (...path: string[]) => join(home, "state/.pulumi", ...path);
  const settings = (name = "dev") => readFile(join(work(), `Pulumi.${name}.yaml`), "utf8");
  const files = async () =>
    (await readdir(state(), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  const cli = async (...args: string[]) => {
    const command = (await createPulumiCommand()) as unknown as Runner;
    return command.run(args, work(), stack.workspace.envVars);
  };

  it("config: values, secrets, paths, all at once, and away again", async () => {
    await stack.setConfig("tier", { value: "gold" });
    await stack.setConfig("password", { value: "hunter2", secret: true });
    await stack.setConfig("tree.list[0].on", { value: "true" }, true);
    await stack.setAllConfig({ "tree.list[1]": { value: "3" }, "tree.key": { value: "deep", secret: true } }, true);
    assert.deepEqual(await stack.getConfig("password"), { value: "hunter2", secret: true });
    assert.deepEqual(await stack.getConfig("tree.list[1]", true), { value: "3", secret: false });
    const tree = await stack.getConfig("tree");
    assert.deepEqual(JSON.parse(tree.value), { list: [{ on: true }, 3], key: "deep" });
    assert.equal(tree.secret, true);
    assert.ok(!/hunter2|deep/.test(await settings()));
    await stack.setAllConfigJson('{"app:given":{"value":"{\\"a\\":1}","objectValue":{"a":1},"secret":false}}');
    assert.match(await settings(), /app:given:\n {4}a: 1\n/);
    await stack.removeConfig("tree.list[0]", true);
    await stack.removeAllConfig(["given", "tier"]);
    assert.deepEqual(Object.keys(await stack.getAllConfig()), ["app:password", "app:tree"]);
    await assert.rejects(stack.getConfig("nothing"), /configuration key 'nothing' not found for stack 'dev'/);
    await assert.rejects(stack.listEnvironments(), { code: "engine_unsupported" });
    assert.match((await cli("config")).stdout, /^KEY +VALUE\npassword +\[secret\]\n/);
  });

  it("config is taken from the last update where the file is lost", async () => {
    await stack.setConfig("password", { value: "hunter2", secret: true });
    await stack.up();
    const before = await settings();
    await rm(join(work(), "Pulumi.dev.yaml"));
    assert.deepEqual(await stack.refreshConfig(), { "app:password": { value: "hunter2", secret: true } });
    assert.equal(await settings(), before);
    await cli("config", "refresh");
    assert.equal(await readFile(join(work(), "Pulumi.dev.yaml.bak"), "utf8"), before);
  });

  it("config that the project declares: defaults, and what may not be missing", async () => {
    const project = join(work(), "Pulumi.yaml");
    const declared = "config:\n  tier: silver\n  size:\n    type: integer\n    default: 3\n  must:\n    type: string\n";
    await writeFile(project, (await readFile(project, "utf8")) + declared);
    assert.equal((await stack.getConfig("size")).value, "3");
    await assert.rejects(stack.up(), /Stack 'dev' is missing configuration value 'must'/);
    await stack.setConfig("must", { value: "x" });
    assert.equal((await stack.up()).outputs["plain"]!.value, "silver");
    await stack.setConfig("size", { value: "big" });
    await assert.rejects(stack.up(), /Stack 'dev' with configuration key 'size' must be of type 'integer'/);
  });

  it("stacks: made, found, selected, renamed, removed", async () => {
    await stack.setConfig("password", { value: "hunter2", secret: true });
    await stack.up();
    await stack.setTag("owner", "me");
    assert.deepEqual(await stack.listTags(), { owner: "me" });
    await stack.removeTag("owner");
    await assert.rejects(stack.getTag("owner"), /stack tag 'owner' not found for stack 'dev'/);
    assert.deepEqual(
      (await stack.workspace.listStacks()).map(({ name, current, resourceCount }) => [name, current, resourceCount]),
      [["dev", true, 3]],
    );
    await assert.rejects(stack.workspace.createStack("dev"), StackAlreadyExistsError);
    await assert.rejects(stack.workspace.selectStack("none"), StackNotFoundError);
    const before = await stack.outputs();
    await stack.rename({ stackName: "prod" });
    assert.deepEqual((await stack.workspace.stack())?.name, "prod");
    assert.deepEqual(await stack.outputs(), before);
    assert.equal((await stack.history()).length, 1);
    assert.deepEqual((await stack.preview()).changeSummary, { same: 2 });
    await cli("stack", "init", "copy", "--copy-config-from", "prod");
    assert.match((await cli("config", "get", "password", "--stack", "copy")).stdout, /^hunter2\n/);
    assert.notEqual(/salt: (.*)/.exec(await settings("copy"))![1], /salt: (.*)/.exec(await settings("prod"))![1]);
    await assert.rejects(stack.workspace.removeStack("prod"), /'prod' still has resources; removal rejected/);
    await stack.destroy({ remove: true });
    assert.deepEqual(
      (await stack.workspace.listStacks()).map(({ name }) => name),
      ["copy"],
    );
    await assert.rejects(settings("prod"), { code: "ENOENT" });
  });

  it("history tells how an update was run, and no values of variables", async () => {
    await run("git", ["-C", work(), "init", "-q"]);
    const identity = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org"];
    await run("git", ["-C", work(), ...identity, "commit", "-q", "--allow-empty", "-m", "First"]);
    await stack.up({ userAgent: "teal" });
    await stack.up({ message: "said" });
    const [second, first] = await stack.history();
    assert.equal(first!.message, "First");
    assert.equal(second!.message, "said");
    const environment = first!.environment as unknown as Record<string, string>;
    assert.match(environment["git.head"]!, /^[0-9a-f]{40}$/);
    assert.equal(environment["git.author.email"], "ann@example.org");
    assert.equal(environment["exec.agent"], "teal");
    assert.equal(environment["pulumi.env.PULUMI_CONFIG_PASSPHRASE"], "set");
    assert.equal(environment["pulumi.flag.non-interactive"], "true");
    assert.equal((await stack.history(1, 2))[0]!.message, "First");
    assert.equal((await stack.info())!.message, "said");
  });

  it("files are the CLI's: compact, with their checksums, gone when the stack is", async () => {
    await stack.up();
    for (const path of (await files()).filter((name) => !name.endsWith(".attrs"))) {
      const text = await readFile(path, "utf8");
      const { md5 } = JSON.parse(await readFile(`${path}.attrs`, "utf8")) as { md5: string };
      assert.equal(md5, createHash("md5").update(text).digest("base64"), path);
      if (path.includes(".json")) assert.equal(JSON.stringify(JSON.parse(text)), text);
    }
    assert.deepEqual(await readdir(state("locks")), ["organization"]);
    await cli("stack", "rm", "--yes", "--force", "--remove-backups", "dev");
    const left = (await files()).map((path) => path.slice(state().length + 1));
    assert.deepEqual(left, ["meta.yaml", "meta.yaml.attrs"]);
  });

  it("a stack that is exported comes back as it was, without what was pending", async () => {
    await stack.setConfig("password", { value: "hunter2", secret: true });
    await stack.up();
    const exported = await stack.exportStack();
    assert.ok(JSON.stringify(exported).includes("hunter2"));
    exported.deployment.pending_operations = [{ resource: exported.deployment.resources[1], type: "creating" }];
    await stack.importStack(exported);
    assert.ok(!(await readFile(state("stacks/app/dev.json"), "utf8")).includes("hunter2"));
    assert.equal((await stack.exportStack()).deployment.pending_operations, undefined);
    assert.deepEqual((await stack.preview()).changeSummary, { same: 2 });
    const twice = structuredClone(exported);
    twice.deployment.resources.push(exported.deployment.resources[2]);
    await assert.rejects(stack.importStack(twice), /state file contains errors: duplicate resource/);
    const other = structuredClone(exported);
    for (const resource of other.deployment.resources) resource.urn = resource.urn.replace(":dev:", ":x:");
    await assert.rejects(stack.importStack(other), /is from a different stack \(x != dev\)/);
  });

  it("a lock of another is honoured in Pulumi's words, and ends with cancel", async () => {
    const locks = state("locks/organization/app/dev");
    await mkdir(locks, { recursive: true });
    const content = { pid: 4711, username: "ann", hostname: `not-${hostname()}`, timestamp: "2026-01-02T03:04:05.6Z" };
    await writeFile(join(locks, "a.json"), JSON.stringify(content));
    await writeFile(join(locks, "a.json.attrs"), "{}\n");
    await assert.rejects(stack.up(), (error: Error) => {
      assert.ok(error instanceof ConcurrentUpdateError);
      assert.match(
        error.message,
        /error: the stack is currently locked by 1 lock\(s\)\. Either wait .* with `pulumi cancel`\.\n {2}file:\/\/\S+\/a\.json\?no_tmp_dir=true: created by ann@not-\S+ \(pid 4711\) at 2026-01-02T03:04:05Z\n/,
      );
      return true;
    });
    await stack.cancel();
    assert.deepEqual(await readdir(locks), []);
    await stack.up();
  });

  it("a state that breaks the rules is not acted on", async () => {
    await stack.up();
    const path = state("stacks/app/dev.json");
    const checkpoint = JSON.parse(await readFile(path, "utf8"));
    checkpoint.checkpoint.latest.resources.splice(0, 1);
    await writeFile(path, JSON.stringify(checkpoint));
    await assert.rejects(stack.up(), /snapshot integrity failure; refusing to use it: .* refers to missing parent/);
    await cp(`${path}.bak`, path);
    await stack.up();
  });

  it("state: a resource is protected, freed and taken out by hand", async () => {
    await stack.up();
    const { deployment } = await stack.exportStack();
    const [, provider, pet] = deployment.resources as { urn: string }[];
    await cli("state", "protect", pet!.urn);
    await assert.rejects(stack.destroy(), CommandError);
    await assert.rejects(cli("state", "delete", provider!.urn), /the following resources depend on it/);
    await assert.rejects(cli("state", "delete", pet!.urn), /because it is protected/);
    await cli("state", "unprotect", "--all");
    await cli("state", "delete", pet!.urn);
    assert.deepEqual((await stack.preview()).changeSummary, { same: 1, create: 1 });
  });

  it("no changes are expected: an update that has some fails, after the fact", async () => {
    await stack.up();
    assert.ok(await stack.up({ expectNoChanges: true }));
    length = 2;
    await assert.rejects(
      stack.preview({ expectNoChanges: true }),
      /error: no changes were expected for preview but changes were proposed/,
    );
  });

  it("text: in colours, as a diff, without outputs", async () => {
    const said = async (options: object) => {
      let text = "";
      await stack.preview({ ...options, onOutput: (chunk) => void (text += chunk) });
      return text;
    };
    assert.match(await said({}), /^Previewing update \(dev\):\n\n \+ {2}pulumi:pulumi:Stack app-dev create \n/);
    assert.ok((await said({ color: "always" })).includes("\u001b[38;5;2m+ \u001b[0m"));
    assert.match(await said({ diff: true }), /\+ random:index\/randomPet:RandomPet: \(create\)\n {8}\[urn=/);
    assert.ok((await said({})).includes("Outputs:"));
    assert.ok(!(await said({ suppressOutputs: true })).includes("Outputs:"));
    let log = "";
    await stack.preview({ logToStdErr: true, logVerbosity: 1, onError: (chunk) => void (log += chunk) });
    assert.match(log, /engine\] begins create urn:pulumi:dev::app::random/);
  });

  it("of a workspace: who, plugins, installing", async () => {
    assert.match((await stack.workspace.whoAmI()).url!, /^file:\/\//);
    assert.deepEqual(await stack.workspace.listPlugins(), []);
    await stack.workspace.installPlugin("kubernetes", "v4.34.2");
    await assert.rejects(stack.workspace.installPlugin("aws", "v7.0.0"), { code: "engine_unsupported" });
    await stack.workspace.removePlugin("kubernetes");
    const workspace = stack.workspace as LocalWorkspace;
    await workspace.install({ noDependencies: true });
    await assert.rejects(workspace.install(), { code: "engine_unsupported" });
  });
});
