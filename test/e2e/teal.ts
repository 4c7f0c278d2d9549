import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DriftView, EventView, OperationView, TenantView } from "../../model/views.ts";
import { identify, isRunning, type ProcessIdentity } from "../../start/processes.ts";

/** An answer of the API: status, headers and the JSON in it. */
export interface Answer<T = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: T;
}

const main = join(import.meta.dirname, "..", "..", "start", "main.ts");
const ended = ["succeeded", "rolled-back", "failed", "cancelled"];

/** What a Teal runs on that is no sandbox: its settings for it, and how to end it. */
export interface TestGround {
  env: NodeJS.ProcessEnv;
  /** Kubeconfig of somebody who may do anything there. */
  administrator: string;
  stop(): Promise<void>;
}

/** A whole Teal of its own, started as `npm start` does, in a directory and on ports of its own. */
export class TestTeal {
  /** Set by suites that run these tests on another cluster than the sandbox; called for each Teal that isn't given one. */
  static makeGround: (() => Promise<TestGround>) | undefined;
  private ground: TestGround | undefined;
  readonly data = mkdtempSync(join(tmpdir(), "teal-e2e-"));
  private process: ChildProcess | undefined;
  private output = "";
  api = "";
  gatewayPort = 0;
  private readonly env: NodeJS.ProcessEnv;

  constructor(env: NodeJS.ProcessEnv = {}) {
    // As root, PostgreSQL runs as another user, who must get through.
    chmodSync(this.data, 0o711);
    this.env = { PORT: "0", GATEWAY_PORT: "0", TEAL_DATA: this.data, ...env };
  }

  /** `more`: environment of this start alone. */
  async start(more: NodeJS.ProcessEnv = {}): Promise<this> {
    this.output = "";
    if (!this.env["KUBECONFIG"]) this.ground ??= await TestTeal.makeGround?.();
    const child = spawn(process.execPath, [main], {
      env: { ...process.env, ...this.ground?.env, ...this.env, ...more },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.process = child;
    child.stdout.on("data", (chunk: Buffer) => (this.output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (this.output += chunk.toString()));
    await until("Teal to be ready", () => {
      assert.equal(this.ended, null, `Teal ended:\n${this.output}`);
      return this.output.includes("Try:");
    });
    this.api = /API +(http:\/\/\S+)\/v1/.exec(this.output)![1]!;
    this.gatewayPort = Number(/Gateway +\S+:(\d+)\//.exec(this.output)![1]);
    return this;
  }

  get pid(): number {
    return this.process!.pid!;
  }

  /** Of the cluster that it runs on, with Teal's own rights. */
  get kubeconfig(): string {
    return this.ground?.env["KUBECONFIG"] ?? this.env["KUBECONFIG"] ?? join(this.data, "cluster", "kubeconfig");
  }

  /** Of the same cluster, with all rights: for what others than Teal do there. */
  get administrator(): string {
    return this.ground?.administrator ?? this.kubeconfig;
  }

  /** SIGKILL of server and worker; PostgreSQL, cluster and gateway run on. */
  async crash(): Promise<void> {
    await this.endWith("SIGKILL");
  }

  /** SIGKILL of everything, as a power cut would. */
  async powerCut(): Promise<void> {
    const all = this.children();
    process.kill(this.pid, "SIGKILL");
    for (const { pid } of all) process.kill(pid, "SIGKILL");
    await until("everything to be gone", () => all.every((one) => !isRunning(one)));
  }

  /** Ends what a failed test left running; called when Teal stops. */
  readonly cleanups: (() => Promise<unknown>)[] = [];

  /** Ctrl-C, the directory removed; fails when a process is left. */
  async stop(): Promise<void> {
    for (const cleanup of this.cleanups.splice(0)) await cleanup();
    const children = this.children();
    if (this.process?.exitCode === null && this.process.signalCode === null) await this.endWith("SIGINT");
    const left = children.filter(isRunning);
    for (const { pid } of left) process.kill(pid, "SIGKILL");
    rmSync(this.data, { recursive: true, force: true });
    await this.ground?.stop();
    assert.deepEqual(left, [], "Ctrl-C left processes behind");
  }

  async endWith(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.process!;
    const gone = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
    child.kill(signal);
    return await gone;
  }

  /** Whether its process has ended, and by which signal; null while it runs. */
  get ended(): { by: NodeJS.Signals | null } | null {
    const { exitCode, signalCode } = this.process!;
    return exitCode === null && signalCode === null ? null : { by: signalCode };
  }

  /** What it has printed since it was last started. */
  get printed(): string {
    return this.output;
  }

  /** The processes that outlive a crash of Teal. */
  children(): ProcessIdentity[] {
    const run = join(this.data, "run");
    const ours = readdirSync(run)
      .filter((file) => file.endsWith(".json"))
      .map((file) => (JSON.parse(readFileSync(join(run, file), "utf8")) as { identity: ProcessIdentity }).identity);
    return ours.concat(this.postgres());
  }

  private postgres(): ProcessIdentity[] {
    const pidFile = join(this.data, "postgres", "data", "postmaster.pid");
    try {
      const pid = Number(readFileSync(pidFile, "utf8").split("\n")[0]);
      return [identify(pid)].filter((one) => one !== null);
    } catch {
      return [];
    }
  }

  async call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const answer = await fetch(this.api + path, {
      method,
      headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: (text ? JSON.parse(text) : {}) as T };
  }

  /** A call that must be accepted; gives its answer's body. */
  async accepted<T = OperationView>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<T> {
    const { status, body: answer } = await this.call<T>(method, path, body, headers);
    assert.ok(status >= 200 && status < 300, `${method} ${path}: ${status} ${JSON.stringify(answer)}`);
    return answer;
  }

  tenant(id: string, environment = "develop"): Promise<TenantView> {
    return this.accepted<TenantView>("GET", `/v1/environments/${environment}/tenants/${id}`);
  }

  async release(version: string, more: object = {}, environment = "develop"): Promise<void> {
    const release = { version, image: `teal/app:${version}`, ...more };
    await this.accepted("POST", `/v1/environments/${environment}/releases`, release);
  }

  provision(id: string, release: string, more: object = {}): Promise<OperationView> {
    return this.accepted("POST", "/v1/environments/develop/tenants", { id, name: id, release, ...more });
  }

  rollout(id: string, release: string, more: object = {}): Promise<OperationView> {
    const quick = { bakeSeconds: 0, holdSeconds: 0 };
    return this.accepted("POST", `/v1/environments/develop/tenants/${id}/rollouts`, { release, ...quick, ...more });
  }

  operation(id: string): Promise<OperationView> {
    return this.accepted<OperationView>("GET", `/v1/operations/${id}`);
  }

  drift(id: string): Promise<DriftView> {
    return this.accepted<DriftView>("GET", `/v1/environments/develop/tenants/${id}/drift`);
  }

  /** Keeps (at once) or repairs (by an operation) what the drift's plan lists. */
  decide<T = OperationView>(id: string, what: "drift/keep" | "repair", { plan }: { plan: string }): Promise<T> {
    const decision = { plan, reason: "decided in a test" };
    return this.accepted<T>("POST", `/v1/environments/develop/tenants/${id}/${what}`, decision);
  }

  async events(operation: string): Promise<EventView[]> {
    return (await this.accepted<{ items: EventView[] }>("GET", `/v1/operations/${operation}/events?limit=200`)).items;
  }

  /** The operation once it has ended. */
  ending(operation: { id: string }, seconds?: number): Promise<OperationView> {
    return this.when(operation, "its end", (o) => ended.includes(o.state), seconds);
  }

  /** The operation once `holds`. */
  async when(
    operation: { id: string },
    what: string,
    holds: (o: OperationView) => boolean,
    seconds?: number,
  ): Promise<OperationView> {
    let now: OperationView | undefined;
    await until(
      () => `${what} of ${JSON.stringify(now)}`,
      async () => holds((now = await this.operation(operation.id))),
      seconds,
    );
    return now!;
  }

  /** One request to a tenant through the gateway; throws when there is no answer. */
  async visit(
    id: string,
    path = "/",
    environment = "develop",
  ): Promise<Answer<{ tenant: string; color: string; version: string }>> {
    return await this.throughGateway({ host: `${id}.${environment}.localhost`, path });
  }

  /** A POST to a tenant through the gateway. */
  async send(id: string, path: string, body: unknown, environment = "develop"): Promise<Answer> {
    return await this.throughGateway({ host: `${id}.${environment}.localhost`, path, body });
  }

  /** Where requests that bear this cookie go, and the one that came back. */
  async visitAs(id: string, cookie: string | undefined): Promise<{ version: string; cookie: string | undefined }> {
    const host = `${id}.develop.localhost`;
    const { headers, body } = await this.throughGateway<{ version: string }>({ host, path: "/", cookie });
    return { version: body.version, cookie: headers.get("set-cookie")?.split(";")[0] ?? cookie };
  }

  private throughGateway<T>(asked: {
    host: string;
    path: string;
    body?: unknown;
    cookie?: string | undefined;
  }): Promise<Answer<T>> {
    const { host, path, body, cookie } = asked;
    const headers = {
      host,
      ...(cookie && { cookie }),
      ...(body !== undefined && { "content-type": "application/json" }),
    };
    const method = body === undefined ? "GET" : "POST";
    const to = { host: "127.0.0.1", port: this.gatewayPort, path, method, headers, timeout: 10_000 };
    return new Promise((resolve, reject) => {
      const sent = request(to, (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => (text += chunk));
        response.on("error", reject);
        response.on("end", () =>
          resolve({
            status: response.statusCode!,
            headers: new Headers({ "set-cookie": response.headers["set-cookie"]?.join() ?? "" }),
            body: JSON.parse(text) as never,
          }),
        );
      });
      sent.on("timeout", () => sent.destroy(new Error("no answer in 10 s")));
      sent.on("error", reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  /** How many of `count` requests each version answered. */
  async split(id: string, count = 100): Promise<Record<string, number>> {
    const split: Record<string, number> = {};
    for (let i = 0; i < count; i++) {
      const { body } = await this.visit(id);
      split[body.version] = (split[body.version] ?? 0) + 1;
    }
    return split;
  }
}

/** Waits until `holds`; fails with what was waited for after `seconds`. */
export async function until(
  what: string | (() => string),
  holds: () => boolean | Promise<boolean>,
  seconds = 60,
): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > deadline) assert.fail(`Waited ${seconds} s for ${typeof what === "string" ? what : what()}`);
    await new Promise((done) => setTimeout(done, 25));
  }
}

/** Requests to a tenant, one after the other, until stopped: what failed tells whether traffic flowed all the while. */
export function keepVisiting(
  teal: TestTeal,
  id: string,
): { stop(): Promise<{ requests: number; failures: string[] }> } {
  let going = true;
  let requests = 0;
  const failures: string[] = [];
  const loop = (async () => {
    while (going) {
      requests++;
      await teal.visit(id).then(
        ({ status, body }) => status === 200 || failures.push(`${status} ${JSON.stringify(body)}`),
        (error: Error) => failures.push(error.message),
      );
      await new Promise((done) => setTimeout(done, 5));
    }
  })();
  const stop = async () => {
    going = false;
    await loop;
    return { requests, failures };
  };
  teal.cleanups.push(stop);
  return { stop };
}
