import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Journal } from "../../../sandbox/api/journal.ts";
import type { KubeObject } from "../../../sandbox/api/object.ts";
import { startApiServer } from "../../../sandbox/api/server.ts";
import { Store } from "../../../sandbox/api/store.ts";
import { call, token } from "./harness.ts";

const object = (name: string, data = ""): KubeObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, namespace: "n", uid: name, resourceVersion: "", creationTimestamp: "2026-01-01T00:00:00Z" },
  data: { data },
});

describe("sandbox API: what is on disk", () => {
  let directory: string;
  beforeEach(async () => (directory = await mkdtemp(join(tmpdir(), "teal-journal-"))));
  afterEach(() => rm(directory, { recursive: true }));

  const names = (store: Store): string[] => store.list("configmaps").map(({ metadata }) => metadata.name);

  it("holds the same state and rising versions after a restart", async () => {
    let store = await Store.open(directory);
    store.put("configmaps", object("a"));
    const b = store.put("configmaps", object("b"));
    store.remove("configmaps", b);
    store.put("configmaps", object("c"));
    const { revision } = store;
    await store.close();
    store = await Store.open(directory);
    assert.deepEqual([names(store), store.revision], [["a", "c"], revision]);
    assert.equal(store.put("configmaps", object("d")).metadata.resourceVersion, String(revision + 1));
    await store.close();
    assert.equal((await stat(directory)).mode & 0o077, 0);
  });

  it("cuts off a half-written line, and goes on after it", async () => {
    let store = await Store.open(directory);
    store.put("configmaps", object("a"));
    await store.close();
    const [file] = await readdir(directory);
    await appendFile(join(directory, file!), '{"resource":"configmaps","object":{"metadata":{"na');
    store = await Store.open(directory);
    store.put("configmaps", object("b"));
    await store.close();
    store = await Store.open(directory);
    assert.deepEqual(names(store), ["a", "b"]);
    await store.close();
    assert.ok((await readdir(directory)).some((name) => name.endsWith(".cut")));
  });

  it("tells of changes only once they are on disk, in order", async () => {
    const store = await Store.open(directory);
    const told: string[] = [];
    store.subscribe("configmaps", (change) => told.push(`${change.type} ${change.object.metadata.name}`));
    const a = store.put("configmaps", object("a"));
    store.put("configmaps", object("b"));
    store.remove("configmaps", a);
    assert.deepEqual(told, []);
    await store.durable();
    assert.deepEqual(told, ["ADDED a", "ADDED b", "DELETED a"]);
    await store.close();
  });

  it("compacts while writes go on, and loses none of them", async () => {
    let store = await Store.open(directory);
    // 24 MB of changes over a few objects: more than a journal may grow to.
    const filler = "x".repeat(100_000);
    for (let n = 0; n < 240; n++) {
      store.put("configmaps", object(`m${n % 7}`, `${n} ${filler}`));
      if (n % 10 === 0) await store.durable();
    }
    store.remove("configmaps", store.get("configmaps", "n", "m6")!);
    const { revision } = store;
    const before = names(store);
    const values = store.list("configmaps").map((item) => item["data"]);
    await store.close();
    const files = await readdir(directory);
    assert.ok(
      files.some((name) => name.startsWith("snapshot-")),
      files.join(),
    );
    assert.ok(!files.includes("journal-0.ndjson"), files.join());
    store = await Store.open(directory);
    assert.deepEqual([names(store), store.revision], [before, revision]);
    assert.deepEqual(
      store.list("configmaps").map((item) => item["data"]),
      values,
    );
    await store.close();
  });

  it("refuses everything once the disk refused a line", async () => {
    const journal = await Journal.open(directory, () => undefined);
    await journal.close();
    journal.append("{}", () => assert.fail("nothing was written"));
    await assert.rejects(journal.durable(), { code: "sandbox_disk" });
    assert.throws(() => journal.append("{}", () => undefined), { code: "sandbox_disk" });
  });

  it("loses nothing that was acknowledged when it is killed", async function () {
    this.timeout(20_000);
    let acknowledged: string[] = [];
    for (let round = 0; round < 3; round++) {
      const api = await startProcess(directory);
      const path = "/api/v1/namespaces/default/configmaps";
      const { body } = await call(api.url, "GET", path);
      const present = new Set(body.items.map((item: KubeObject) => item.metadata.name));
      assert.deepEqual(
        acknowledged.filter((name) => !present.has(name)),
        [],
      );
      acknowledged = [...present] as string[];
      const writers = Array.from({ length: 8 }, async (_, writer) => {
        for (let n = 0; ; n++) {
          const name = `r${round}-${writer}-${n}`;
          const answer = await call(api.url, "POST", path, { metadata: { name } });
          if (answer.status === 201) acknowledged.push(name);
        }
      });
      setTimeout(() => api.process.kill("SIGKILL"), 300);
      await Promise.allSettled(writers);
      await api.ended;
    }
    assert.ok(acknowledged.length > 100);
    const api = await startProcess(directory);
    const { body } = await call(api.url, "GET", "/api/v1/namespaces/default/configmaps");
    assert.ok(body.items.length >= acknowledged.length);
    api.process.kill("SIGTERM");
    assert.deepEqual(await api.ended, [0, null]);
  });
});

describe("sandbox API: the process", () => {
  it("says in one line what is wrong with its settings", async () => {
    const api = spawn(process.execPath, ["sandbox/api/main.ts"], {
      env: { ...process.env, SANDBOX_DATA: "", SANDBOX_TOKEN: token },
    });
    const [errors, [code]] = await Promise.all([text(api), once(api, "close")]);
    assert.equal(code, 1);
    assert.match(errors, /^Expected SANDBOX_DATA .*\n$/);
  });

  it("leaves a directory to the server that has it, and takes over from one that was killed", async () => {
    const directory = await mkdtemp(join(tmpdir(), "teal-lock-"));
    const first = await startProcess(directory);
    await assert.rejects(startApiServer({ directory, port: 0, token }), { code: "sandbox_running" });
    first.process.kill("SIGKILL");
    await first.ended;
    const second = await startApiServer({ directory, port: 0, token });
    await assert.rejects(startApiServer({ directory, port: 0, token }), { code: "sandbox_running" });
    await second.close();
    await rm(directory, { recursive: true });
  });

  it("says which port it cannot have", async () => {
    const [one, two] = [await mkdtemp(join(tmpdir(), "teal-port-")), await mkdtemp(join(tmpdir(), "teal-port-"))];
    const server = await startApiServer({ directory: one, port: 0, token });
    await assert.rejects(startApiServer({ directory: two, port: server.port, token }), { code: "sandbox_port" });
    await server.close();
    await Promise.all([one, two].map((directory) => rm(directory, { recursive: true })));
  });

  it("writes a kubeconfig that only its owner can read", async () => {
    const directory = await mkdtemp(join(tmpdir(), "teal-kubeconfig-"));
    const api = await startProcess(directory);
    const path = join(directory, "kubeconfig");
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    assert.match(await readFile(path, "utf8"), new RegExp(`server: https://127.0.0.1:${api.port}`));
    api.process.kill("SIGTERM");
    await api.ended;
    await rm(directory, { recursive: true });
  });
});

interface ApiProcess {
  process: ChildProcess;
  url: string;
  port: number;
  ended: Promise<unknown[]>;
}

async function startProcess(directory: string): Promise<ApiProcess> {
  const env = { ...process.env, SANDBOX_DATA: directory, SANDBOX_API_PORT: "0", SANDBOX_TOKEN: token };
  const api = spawn(process.execPath, ["sandbox/api/main.ts"], { env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(api, "exit");
  const [line] = (await once(api.stdout, "data")) as [Buffer];
  const { port } = JSON.parse(line.toString()) as { port: number };
  return { process: api, url: `http://127.0.0.1:${port}`, port, ended };
}

async function text(child: ChildProcess): Promise<string> {
  let all = "";
  for await (const chunk of child.stderr!) all += String(chunk);
  return all;
}
