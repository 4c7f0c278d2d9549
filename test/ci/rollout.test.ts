import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { TestTeal } from "../e2e/teal.ts";

const script = join(import.meta.dirname, "..", "..", "ci", "application", "rollout.sh");
const tools = ["bash", "curl", "jq"];

interface Ran {
  code: number | null;
  output: string;
}

describe("ci/application/rollout.sh, against a real Teal", function () {
  this.timeout(120_000);
  let teal: TestTeal;
  const token = "a-token-of-enough-characters";
  const run = (args: string[], env: Record<string, string> = {}) =>
    new Promise<Ran>((resolve) => {
      const given = { PATH: process.env["PATH"], TEAL_URL: teal.api, TEAL_TOKEN: token, POLL_SECONDS: "1", ...env };
      execFile("bash", [script, ...args], { env: given }, (error, stdout, stderr) =>
        resolve({ code: error ? ((error.code as number | undefined) ?? null) : 0, output: stdout + stderr }),
      );
    });

  before(async function () {
    const missing = tools.filter((tool) => spawnSync(tool, ["--version"]).error);
    if (missing.length > 0) {
      console.log(`    ${missing.join(", ")} not on this machine: skipped`);
      this.skip();
    }
    teal = await new TestTeal({ TEAL_TOKEN: token }).start();
    await teal.call("POST", "/v1/environments/develop/releases", { version: "1.0.0", image: "teal/app:1.0.0" }, bearer);
    const accepted = await teal.call(
      "POST",
      "/v1/environments/develop/tenants",
      { id: "acme", name: "Acme", release: "1.0.0" },
      bearer,
    );
    assert.equal(accepted.status, 202, JSON.stringify(accepted.body));
    await ended(String(accepted.body["id"]));
  });
  after(() => teal?.stop());

  async function ended(id: string): Promise<void> {
    for (;;) {
      const { body } = await teal.call("GET", `/v1/operations/${id}`, undefined, bearer);
      if (["succeeded", "rolled-back", "failed", "cancelled"].includes(String(body["state"]))) return;
      await delay(200);
    }
  }
  const bearer = { authorization: `Bearer ${token}` };

  it("registers the release, and ends well when the rollout does", async () => {
    const provenance = {
      commit: "d".repeat(40),
      pipeline: "https://ci.example.com/runs/9?a=b c",
      ref: 'a "quoted" one',
    };
    const { code, output } = await run(["develop", "acme", "2.0.0", "teal/app:2.0.0"], {
      COMMIT: provenance.commit,
      PIPELINE: provenance.pipeline,
      REF: provenance.ref,
    });
    assert.equal(code, 0, output);
    const release = await teal.call("GET", "/v1/environments/develop/releases/2.0.0", undefined, bearer);
    assert.deepEqual(release.body["provenance"], provenance);
    assert.match(output, /succeeded/);
    const tenant = await teal.call("GET", "/v1/environments/develop/tenants/acme", undefined, bearer);
    assert.match(JSON.stringify(tenant.body), /2\.0\.0/);
    assert.doesNotMatch(output, new RegExp(token));
  });

  it("fails when the rollout goes back, and says why", async () => {
    const { code, output } = await run(["develop", "acme", "3.0.0-erroring", "teal/app:3.0.0-erroring"]);
    assert.equal(code, 1, output);
    assert.match(output, /the rollout rolled-back: check_failed/);
  });

  it("fails where Teal refuses, and says what it said", async () => {
    const { code, output } = await run(["develop", "nobody", "2.0.0", "teal/app:2.0.0"]);
    assert.equal(code, 1, output);
    assert.match(output, /answered 404: /);
    const other = await run(["develop", "acme", "2.0.0", "teal/app:another"]);
    assert.equal(other.code, 1);
    assert.match(other.output, /answered 409: /);
  });
});
