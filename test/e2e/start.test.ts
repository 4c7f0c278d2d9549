import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TestTeal } from "./teal.ts";

const main = join(import.meta.dirname, "..", "..", "start", "main.ts");

/** How a start that must fail ended: exit code and the lines on standard error. */
async function failedStart(env: NodeJS.ProcessEnv): Promise<{ code: number | null; lines: string[] }> {
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let text = "";
  child.stderr.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const [code] = (await once(child, "exit")) as [number | null];
  return { code, lines: text.trim().split("\n") };
}

/** A PATH with all that Teal itself needs on it, and no way to install a CLI. */
function withoutPulumi(directory: string): string {
  const bin = join(directory, "bin");
  mkdirSync(bin, { recursive: true });
  for (const tool of ["sh", "id", "ps"]) {
    const at = ["/bin", "/usr/bin"].map((folder) => join(folder, tool)).find(existsSync);
    if (at) symlinkSync(at, join(bin, tool));
  }
  return bin;
}

describe("starting", function () {
  this.timeout(90_000);
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "teal-start-"));
    chmodSync(directory, 0o711);
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const ports = { PORT: "0", GATEWAY_PORT: "0" };

  it("says each wrong setting in a line of its own", async () => {
    const { code, lines } = await failedStart({ TEAL_DATA: directory, PORT: "x", TEAL_TARGET: "moon" });
    assert.equal(code, 1);
    assert.equal(lines.length, 2);
  });

  it("says in one line that a port is in use", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const taken = String((server.address() as AddressInfo).port);
    for (const name of ["PORT", "GATEWAY_PORT"]) {
      const { code, lines } = await failedStart({ ...ports, TEAL_DATA: directory, [name]: taken });
      assert.equal(code, 1);
      assert.deepEqual(
        [lines.length, lines[0]!.includes(name), lines[0]!.includes(taken)],
        [1, true, true],
        lines.join("\n"),
      );
    }
    server.close();
  });

  it("says in one line that the data directory, database, cluster or CLI can't be used", async () => {
    const file = join(directory, "file");
    writeFileSync(file, "");
    const kubeconfig = join(directory, "kubeconfig");
    const cluster = { server: "http://127.0.0.1:1" };
    writeFileSync(
      kubeconfig,
      JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        clusters: [{ name: "a", cluster }],
        users: [{ name: "a", user: { token: "t" } }],
        contexts: [{ name: "a", context: { cluster: "a", user: "a" } }],
        "current-context": "a",
      }),
    );
    const kubernetes = { TEAL_TARGET: "kubernetes", PULUMI_CONFIG_PASSPHRASE: "test" };
    const cases: [NodeJS.ProcessEnv, RegExp][] = [
      [{ TEAL_DATA: file }, /^TEAL_DATA: expected a directory/],
      [{ DATABASE_URL: "postgres://u:hunter2@127.0.0.1:1/d" }, /database|PostgreSQL/i],
      [{ ...kubernetes, KUBECONFIG: join(directory, "none"), TEAL_ENGINE: "embedded" }, /kubeconfig/],
      [{ ...kubernetes, KUBECONFIG: kubeconfig, TEAL_ENGINE: "embedded" }, /cluster does not answer/],
      // Nothing on PATH, in the home directory, or to be downloaded with: there is no CLI.
      [{ TEAL_ENGINE: "cli", PATH: withoutPulumi(directory), HOME: directory }, /Pulumi CLI was not found/],
    ];
    for (const [env, line] of cases) {
      const { code, lines } = await failedStart({ ...ports, TEAL_DATA: join(directory, "data"), ...env });
      assert.equal(code, 1, lines.join("\n"));
      assert.equal(lines.length, 1, lines.join("\n"));
      assert.match(lines[0]!, line);
      assert.equal(lines[0]!.includes("hunter2"), false);
    }
  });

  it("refuses a data directory that another Teal uses, and harms neither", async () => {
    const teal = await new TestTeal().start();
    const { code, lines } = await failedStart({ ...ports, TEAL_DATA: teal.data });
    assert.equal(code, 1);
    assert.match(lines.join("\n"), new RegExp(`^TEAL_DATA: .*in use.*${teal.pid}`));
    assert.equal((await teal.call("GET", "/readyz")).status, 200);
    await teal.stop();
  });
});
