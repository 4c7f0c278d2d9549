import assert from "node:assert/strict";
import { isLoopback, readSettings } from "../../start/settings.ts";

function problems(env: Record<string, string>): string[] {
  const read = readSettings(env);
  return "problems" in read ? read.problems : [];
}

describe("settings", () => {
  it("need nothing", () => {
    const read = readSettings({});
    assert.ok("settings" in read);
    const { PORT, GATEWAY_PORT, TEAL_TARGET, TEAL_ENGINE, TEAL_ENVIRONMENTS, TEAL_LISTEN } = read.settings;
    assert.deepEqual(
      [PORT, GATEWAY_PORT, TEAL_TARGET, TEAL_ENGINE, TEAL_LISTEN],
      [4000, 4080, "sandbox", "embedded", "127.0.0.1"],
    );
    assert.deepEqual(TEAL_ENVIRONMENTS, ["develop", "staging", "production"]);
  });

  const wrong: [Record<string, string>, RegExp][] = [
    [{ PORT: "http" }, /^PORT: expected a port number .*got "http"\.$/],
    [{ PORT: "70000" }, /^PORT: expected a port number/],
    [{ PORT: "5000", GATEWAY_PORT: "5000" }, /^GATEWAY_PORT: expected another port/],
    [{ TEAL_TARGET: "moon" }, /^TEAL_TARGET: expected sandbox \| kubernetes \| aws/],
    [{ TEAL_ENGINE: "v8" }, /^TEAL_ENGINE: expected embedded \| cli/],
    [{ TEAL_ENVIRONMENTS: "a,a" }, /^TEAL_ENVIRONMENTS: expected each environment once/],
    [{ TEAL_ENVIRONMENTS: "Prod" }, /^TEAL_ENVIRONMENTS: /],
    [{ TEAL_LISTEN: "0.0.0.0" }, /^TEAL_TOKEN: expected one/],
    [{ TEAL_TOKEN: "short" }, /^TEAL_TOKEN: expected at least 16 characters\.$/],
    [{ DATABASE_URL: "mysql://u:hunter2@h/d" }, /^DATABASE_URL: expected a URL that begins with postgres/],
    [{ PULUMI_BACKEND_URL: "s3://bucket" }, /^PULUMI_BACKEND_URL: expected file:/],
    [{ TEAL_PUBLIC_URL: "teal.example.com" }, /^TEAL_PUBLIC_URL: expected a URL that begins with http/],
    [{ TEAL_WEBHOOK_ALLOW_PRIVATE: "yes" }, /^TEAL_WEBHOOK_ALLOW_PRIVATE: expected true \| false/],
    [{ TEAL_TARGET: "aws", PULUMI_CONFIG_PASSPHRASE: "x" }, /^KUBECONFIG: expected/],
    [{ TEAL_PLATFORM: "organization/platform/production", TEAL_ENGINE: "cli" }, /^TEAL_PLATFORM: expected none, since/],
    [{ TEAL_DATA_TIERS: "tiers.yaml" }, /^TEAL_DATA_TIERS: expected none without TEAL_PLATFORM/],
    [
      { TEAL_SHARED_DATABASE_URL: "mysql://root:hunter2@db" },
      /^TEAL_SHARED_DATABASE_URL: expected a URL[^]*or postgresql:\/\/\.$/,
    ],
  ];
  for (const [env, line] of wrong) {
    it(`say what is wrong with ${Object.keys(env).join(" and ")}, in one line`, () => {
      const [problem] = problems(env);
      assert.match(problem ?? "", line);
      assert.equal(problem?.includes("\n"), false);
      assert.equal(problem?.includes("hunter2"), false);
    });
  }

  it("tell all problems at once, and take an empty variable for an unset one", () => {
    assert.equal(problems({ PORT: "x", TEAL_TARGET: "y" }).length, 2);
    assert.deepEqual(problems({ PORT: "", DATABASE_URL: "" }), []);
  });

  it("know loopback from other addresses", () => {
    assert.deepEqual(["127.0.0.1", "127.9.9.9", "::1", "localhost"].map(isLoopback), [true, true, true, true]);
    assert.deepEqual(["0.0.0.0", "::", "10.0.0.1", "127.0.0.1.evil.test"].map(isLoopback), [
      false,
      false,
      false,
      false,
    ]);
  });
});
