import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { keepVisiting, TestTeal } from "../test/e2e/teal.ts";
import { makeCluster, tealOn, type TestCluster } from "./ground.ts";
import { readPage } from "./support/document.ts";
import { openOperatorShell, type OperatorShell } from "./support/operatorShell.ts";

const page = readPage("when-teal-is-down.md");
const passphrase = "a passphrase for tests";
const look = "See where the traffic goes";
const check = "Check that the gateway took it";
const found = "See what Teal found";
/** Headings whose commands have been run. */
const tried = new Set(["What you need"]);

/**
 * What docs/when-teal-is-down.md says to do, done: its commands as they stand there, on a real API server, after Teal was
 * killed, with requests under way all the while. The Pulumi CLI is Teal's engine in the CLI's clothes
 * (support/pulumi/main.ts); it runs tenant/Pulumi.yaml as a program of its own.
 */
describe("when Teal is down", function () {
  this.timeout(180_000);
  let cluster: TestCluster;
  let teal: TestTeal;
  let shell: OperatorShell;
  const visits = new Map<string, ReturnType<typeof keepVisiting>>();
  let rollout: { id: string };

  /** Acme and initech are at rest on green, with a warm backup of one pod in blue. Globex is in the middle of a
   * rollout. */
  before(async function () {
    this.timeout(45 * 60_000);
    cluster = await makeCluster();
    shell = await openOperatorShell(cluster.kubectl);
    teal = await new TestTeal(tealOn(cluster)).start();
    const everyone = ["acme", "globex", "initech"];
    for (const version of ["1.0.0", "2.0.0", "3.0.0"]) await teal.release(version);
    const provisions = everyone.map((id) => teal.provision(id, "1.0.0", { tier: "medium" }));
    for (const started of provisions) assert.equal((await teal.ending(await started)).state, "succeeded");
    const quick = { steps: [100] };
    const rollouts = ["acme", "initech"].map((id) => teal.rollout(id, "2.0.0", quick));
    const slow = { steps: [50, 100], bakeSeconds: 40 };
    rollout = await teal.rollout("globex", "2.0.0", slow);
    for (const started of rollouts) assert.equal((await teal.ending(await started)).state, "succeeded");
    await teal.when(rollout, "its bake", ({ phase }) => phase === "baking");
    for (const id of everyone) visits.set(id, keepVisiting(teal, id));
    await teal.crash();
  });
  after(async () => {
    try {
      await teal?.stop();
    } finally {
      await shell?.remove();
      await cluster?.remove();
    }
  });

  /** Runs what the page says under these headings, as one would who has read "What you need" first. */
  async function follow(tenant: string, ...headings: string[]) {
    const values = {
      production: "develop",
      acme: tenant,
      "http://gateway.example.test": cluster.gateway,
      "/etc/teal/admin.kubeconfig": cluster.kubeconfig,
      "/var/lib/teal": teal.data,
      "http://127.0.0.1:4000": teal.api,
      // Others may run on this machine, of other tests.
      "pgrep -fa start/main.ts": `ps -p ${teal.pid}`,
    };
    for (const heading of headings) tried.add(heading);
    const all = ["What you need", ...headings];
    const script = all.map(
      (heading) => `printf '\\n## %s\\n' '${heading.replaceAll("'", "")}'\n${page.commands(heading, values)}`,
    );
    return await shell.run(script.join(""), {}, `${passphrase}\n`);
  }
  /** The same where all goes well; gives what the commands under each heading said. */
  async function done(tenant: string, ...headings: string[]): Promise<string[]> {
    const { code, output } = await follow(tenant, ...headings);
    assert.equal(code, 0, output);
    return output.split(/^## .*$/m).slice(2);
  }
  async function colorsOf(tenant: string): Promise<string[]> {
    const answers = await Promise.all(Array.from({ length: 20 }, () => teal.visit(tenant)));
    return [...new Set(answers.map(({ body }) => body.color))];
  }

  it("nobody answers", async () => {
    const [said = ""] = await done("acme", "Is Teal really down");
    assert.match(said, /^no answer\n(.*\n)*no process$/m);
  });

  it("kubectl shows where traffic goes", async () => {
    const [rest = ""] = await done("acme", look);
    assert.match(rest, /^rule 0: blue=0 green=100$/m);
    assert.match(rest, /^blue-web +1\/1 .* blue +2\.0\.0$/m);
    assert.match(rest, /^green-web +2\/2 .* green +2\.0\.0$/m);
    const [underWay = ""] = await done("globex", look);
    assert.match(underWay, /^rule 0: green=1\nrule 1: blue=50 green=50$/m);
    assert.match(underWay, /^blue-web +2\/2 .* blue +1\.0\.0$/m);
  });

  it("kubectl fills the idle color and moves traffic there, and the gateway follows", async () => {
    const [scaled = "", , checked = "", after = ""] = await done(
      "acme",
      "Scale the idle color up",
      "Change the weights",
      check,
      look,
    );
    assert.match(scaled, /deployment "blue-web" successfully rolled out/);
    assertFollowed(checked);
    assert.match(after, /^rule 0: blue=100 green=0$/m);
    assert.match(after, /^blue-web +2\/2 /m);
    assert.deepEqual(await colorsOf("acme"), ["blue"]);
  });

  it("kubectl moves traffic back in the middle of a rollout, and leaves its preview rule alone", async () => {
    const [, checked = "", after = ""] = await done("globex", "Change the weights", check, look);
    assertFollowed(checked);
    assert.match(after, /^rule 0: green=1\nrule 1: blue=100 green=0$/m);
    assert.deepEqual(await colorsOf("globex"), ["blue"]);
  });

  it("a patch that does not fit the route changes nothing", async () => {
    const before = await done("globex", look);
    const patch = page.commands("Change the weights", { "/0/name": "/1/name", 100: "0", "GREEN=0": "GREEN=100" });
    const { code, output } = await shell.run(patch, { NS: "develop-globex", KUBECONFIG: cluster.kubeconfig });
    assert.equal(code, 1, output);
    assert.deepEqual((await done("globex", look)).map(rules), before.map(rules));
  });

  it("the CLI fills the idle color and moves traffic there, by the stack's config", async () => {
    const [, taken = "", filled = "", moved = "", checked = ""] = await done(
      "initech",
      "Point the CLI at Teal's state",
      "Take the stack's config",
      "Scale the idle color up in config",
      "Set the weights in config",
      check,
    );
    assert.match(taken, /^0\n100$/m);
    assert.deepEqual(changedBy(filled), ["apps/v1:Deployment blue-web"]);
    assert.match(filled, /deployment "blue-web" successfully rolled out/);
    assert.deepEqual(changedBy(moved), ["gateway.networking.k8s.io/v1:HTTPRoute route"]);
    assertFollowed(checked);
    assert.deepEqual(await colorsOf("initech"), ["blue"]);
  });

  it("the CLI refuses weights that do not sum to 100, and changes nothing", async () => {
    const wrong =
      "cd tenant && pulumi config refresh --force && pulumi config set --path weights.blue 90 && pulumi up --yes";
    const { code, output } = await cli(wrong);
    assert.notEqual(code, 0);
    assert.match(output, /tenant:weights: Expected weights that sum to 100/);
    assert.deepEqual(await colorsOf("initech"), ["blue"]);
  });

  it("a stack that Teal left locked is unlocked", async () => {
    const locks = join(teal.data, "state/.pulumi/locks/organization/tenant/develop.initech");
    const dead = { pid: 1, username: "teal", hostname: `not-${hostname()}`, timestamp: new Date().toISOString() };
    await mkdir(locks, { recursive: true });
    await writeFile(join(locks, `${randomUUID()}.json`), JSON.stringify(dead));
    const refused = await cli("cd tenant && pulumi config refresh --force && pulumi up --yes");
    assert.notEqual(refused.code, 0);
    assert.match(refused.output, /currently locked by 1 lock\(s\)[^]*pulumi cancel[^]*teal@not-/);
    const unlock = page.commands("If the stack is locked", {});
    const { code, output } = await cli(`cd tenant\n${unlock}\npulumi preview --expect-no-changes`);
    assert.equal(code, 0, output);
    tried.add("If the stack is locked");
  });

  it("no config file stays behind", async () => {
    const { code, output } = await cli(`cd tenant\n${page.commands("Take the file away", {})}`);
    assert.equal(code, 0, output);
    const left = (await readdir(shell.project)).filter((name) => name.startsWith("Pulumi."));
    // What the checkout itself holds.
    assert.deepEqual(left.sort(), ["Pulumi.sample.yaml", "Pulumi.yaml"]);
    tried.add("Take the file away");
  });

  it("Teal comes back, changes nothing by itself, and says what it finds", async () => {
    await teal.start();
    const [acme = ""] = await done("acme", found);
    assert.match(
      acme,
      /"drifted":true.*"traffic":\{"expected":\{"blue":0,"green":100\},"found":\{"blue":100,"green":0\}\}/,
    );
    const [initech = ""] = await done("initech", found);
    assert.match(initech, /"drifted":true.*The stack of initech is not as Teal left it/);
    for (const tenant of ["acme", "initech", "globex"]) assert.deepEqual(await colorsOf(tenant), ["blue"], tenant);
  });

  it("a rollout that was under way waits and asks, and goes back when it is told to", async () => {
    const asking = await teal.when(rollout, "a question", ({ phase }) => phase === "paused", 90);
    assert.equal(asking.outcome?.code, "traffic_moved", JSON.stringify(asking));
    assert.deepEqual(await colorsOf("globex"), ["blue"]);
    await done("globex", found, "Or have the rollout go back");
    assert.equal((await teal.ending(rollout)).state, "rolled-back");
    assert.deepEqual(await teal.split("globex", 20), { "1.0.0": 20 });
  });

  for (const tenant of ["acme", "initech"]) {
    it(`what was done to ${tenant} is kept, and the next rollout goes on from there`, async () => {
      await done(tenant, found, "Tell Teal that what you did is right");
      const { live, weights } = await teal.tenant(tenant);
      assert.deepEqual({ live, weights }, { live: "blue", weights: { blue: 100, green: 0 } });
      const next = await teal.ending(await teal.rollout(tenant, "3.0.0", { steps: [100] }));
      assert.equal(next.state, "succeeded", JSON.stringify(next));
      assert.deepEqual(await colorsOf(tenant), ["green"]);
    });
  }

  it("what was moved meanwhile is put back when it is told to", async () => {
    await done("acme", "Change the weights");
    assert.deepEqual(await colorsOf("acme"), ["blue"]);
    const [, answer = ""] = await done("acme", found, "Or have it put back as it was");
    const repair = await teal.ending(JSON.parse(answer) as { id: string });
    assert.equal(repair.state, "succeeded", JSON.stringify(repair));
    assert.deepEqual(await colorsOf("acme"), ["green"]);
  });

  it("no request has failed by all that", async () => {
    for (const [tenant, going] of visits) {
      const { requests, failures } = await going.stop();
      assert.deepEqual([...new Set(failures)], [], tenant);
      assert.ok(requests > 100, `only ${requests} requests to ${tenant}`);
    }
  });

  it("has tried every command of the page", () => {
    assert.deepEqual(
      page.headings.filter((heading) => !tried.has(heading)),
      [],
    );
  });

  /** Types on where the CLI has been pointed at Teal's state, for initech. */
  function cli(script: string) {
    const PULUMI_BACKEND_URL = `file://${teal.data}/state`;
    const own = { ENVIRONMENT: "develop", TENANT: "initech", KUBECONFIG: cluster.kubeconfig, PULUMI_BACKEND_URL };
    return shell.run(script, { ...own, PULUMI_CONFIG_PASSPHRASE: passphrase });
  }
});

/** The gateway's conditions for the route, and twenty answers. */
function assertFollowed(checked: string): void {
  assert.match(checked, /^Accepted=True .*\n(.*\n)*ResolvedRefs=True /m);
  assert.match(checked, /^ +20 200$/m);
}

/** Of a look at the route, without what changes by the second. */
function rules(looked: string): string[] {
  return looked.split("\n").filter((line) => line.startsWith("rule "));
}

/** What a preview and the update after it changed; the same in both, each thing once. */
function changedBy(output: string): string[] {
  const lines = [...output.matchAll(/^ (?:[-+~]+|\+-) +kubernetes:(\S+ \S+) /gm)].map((match) => match[1]!);
  return [...new Set(lines)];
}
