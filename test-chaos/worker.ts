import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { pathToFileURL } from "node:url";
import { until } from "../test/e2e/teal.ts";
import type { ChaosTeal } from "./chaosTeal.ts";

const main = join(import.meta.dirname, "..", "start", "main.ts");

/** Both name it: without, a cluster is known by the target's name, which would be another for each. */
export const context = "sandbox";

/** The database of a Teal that runs. */
export function databaseOf({ data }: ChaosTeal): string {
  const port = readFileSync(join(data, "postgres", "data", "postmaster.pid"), "utf8").split("\n")[3];
  const password = readFileSync(join(data, "postgres", "password"), "utf8").trim();
  return `postgres://teal:${password}@127.0.0.1:${port}/postgres`;
}

export async function query<T>(teal: ChaosTeal, text: string, values: unknown[] = []): Promise<T[]> {
  const client = new pg.Client(databaseOf(teal));
  await client.connect();
  try {
    return (await client.query(text, values)).rows as T[];
  } finally {
    await client.end();
  }
}

/** A second worker, as on another machine: a process and a directory of its own, the same database, cluster and state. */
export class SecondWorker {
  readonly #data = mkdtempSync(join(tmpdir(), "teal-worker-"));
  readonly #teal: ChaosTeal;
  #process: ChildProcess | undefined;
  #output = "";

  constructor(teal: ChaosTeal) {
    this.#teal = teal;
    teal.cleanups.push(() => this.stop());
  }

  async start(): Promise<this> {
    chmodSync(this.#data, 0o711);
    const { data, gatewayPort, kubeconfig } = this.#teal;
    const { adminPort } = (JSON.parse(readFileSync(join(data, "run", "gateway.json"), "utf8")) as { info: GatewayInfo })
      .info;
    const child = spawn(process.execPath, [main], {
      env: {
        ...process.env,
        TEAL_ROLE: "worker",
        TEAL_DATA: this.#data,
        TEAL_TARGET: "kubernetes",
        TEAL_ENGINE: "embedded",
        TEAL_PACE: "demo",
        DATABASE_URL: databaseOf(this.#teal),
        KUBECONFIG: kubeconfig,
        TEAL_KUBE_CONTEXT: context,
        TEAL_GATEWAY_URL: `http://127.0.0.1:${gatewayPort}`,
        TEAL_GATEWAY_METRICS: `http://127.0.0.1:${adminPort}/metrics`,
        PULUMI_BACKEND_URL: pathToFileURL(join(data, "state")).href,
        PULUMI_CONFIG_PASSPHRASE: readFileSync(join(data, "passphrase"), "utf8").trim(),
        PORT: "0",
        TEAL_STACK_THREADS: "1",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#process = child;
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => (this.#output += chunk.toString()));
    await until("the second worker to be ready", () => {
      assert.equal(child.exitCode, null, `It ended:\n${this.#output}`);
      return this.#output.includes("is ready in");
    });
    return this;
  }

  /** What it has printed, its log among it. */
  get printed(): string {
    return this.#output;
  }

  kill(signal: NodeJS.Signals): void {
    this.#process!.kill(signal);
  }

  async stop(): Promise<void> {
    const child = this.#process;
    if (child && child.exitCode === null && child.signalCode === null) {
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    }
    rmSync(this.#data, { recursive: true, force: true });
  }
}

interface GatewayInfo {
  adminPort: number;
}
