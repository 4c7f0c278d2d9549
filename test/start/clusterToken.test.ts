import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KubeConfig } from "@kubernetes/client-node";

const program = join(import.meta.dirname, "..", "..", "start", "clusterToken.ts");

describe("start/clusterToken", () => {
  let directory: string;
  let file: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), "teal-token-"));
    file = join(directory, "token");
    writeFileSync(file, "first-token\n");
  });
  after(() => rmSync(directory, { recursive: true }));

  it("gives the token, to be asked for again within minutes", () => {
    const text = execFileSync(process.execPath, [program, file], { encoding: "utf8" });
    const { kind, status } = JSON.parse(text) as {
      kind: string;
      status: { token: string; expirationTimestamp: string };
    };
    assert.equal(kind, "ExecCredential");
    assert.equal(status.token, "first-token");
    const left = new Date(status.expirationTimestamp).getTime() - Date.now();
    assert.ok(left > 0 && left <= 300_000, String(left));
    assert.match(status.expirationTimestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  it("is what Teal's own client takes from a kubeconfig", async () => {
    const config = new KubeConfig();
    const exec = {
      apiVersion: "client.authentication.k8s.io/v1",
      command: process.execPath,
      args: [program, file],
      interactiveMode: "Never",
    };
    config.loadFromOptions({
      clusters: [{ name: "here", server: "https://127.0.0.1:1" }],
      users: [{ name: "teal", exec }],
      contexts: [{ name: "here", cluster: "here", user: "teal" }],
      currentContext: "here",
    });
    const options: { headers: Record<string, string> } = { headers: {} };
    await config.applyToHTTPSOptions(options);
    assert.equal(options.headers["Authorization"], "Bearer first-token");
  });

  it("fails where there is no token", () => {
    assert.throws(
      () => execFileSync(process.execPath, [program, join(directory, "none")], { stdio: "pipe" }),
      /ENOENT/,
    );
  });
});
