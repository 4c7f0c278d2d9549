import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { openCrypter } from "../../engine/secrets/passphrase.ts";
import { ensureLayout, openBackend, readStack, writeStack, paths, type Backend } from "../../engine/state/backend.ts";
import { loadDeployment, saltOf, storeDeployment } from "../../engine/state/deployment.ts";
import { lockStack } from "../../engine/state/lock.ts";
import { addHistory, backUp, keptHistory, readHistory } from "../../engine/state/history.ts";
import { Secret, withoutSecrets } from "../../engine/values/property.ts";

const id = { project: "conf", stack: "secrets" };
const entry = {
  kind: "update",
  startTime: 1,
  message: "",
  environment: {},
  config: {},
  version: 0,
  result: "succeeded",
  endTime: 2,
  resourceChanges: { create: 1 },
} as const;

describe("state", () => {
  let home: string;
  let backend: Backend;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "teal-state-"));
    await cp(join(import.meta.dirname, "data/pulumi"), join(home, ".pulumi"), { recursive: true });
    backend = openBackend(`file://${home}`, "/", "/root");
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  async function load() {
    const stored = (await readStack(backend, id))!.deployment!;
    const crypter = await openCrypter(saltOf(stored)!, "golden");
    return { stored, crypter, deployment: loadDeployment(stored, crypter) };
  }

  it("of the real CLI is read and written back unchanged", async () => {
    const { stored, crypter, deployment } = await load();
    const again = storeDeployment(deployment, saltOf(stored)!, { form: "encrypted", crypter });
    assert.deepEqual(again.resources, stored.resources);
    assert.deepEqual(again.secrets_providers, stored.secrets_providers);
    assert.equal(again.manifest!["magic"], stored.manifest!["magic"]);
    assert.deepEqual(Object.keys(again), Object.keys(stored));
  });

  it("of the real CLI is written back byte by byte, but for the time", async () => {
    const before = JSON.stringify(JSON.parse(await readFile(paths.stack(backend, id), "utf8")));
    const { stored, crypter, deployment } = await load();
    const copies = deployment.resources.map((state) => ({ ...state }));
    const form = { form: "encrypted", crypter } as const;
    await writeStack(backend, id, storeDeployment({ resources: copies, pendingOperations: [] }, saltOf(stored)!, form));
    const timeless = (text: string) => text.replace(/"time":"[^"]+"/, "");
    const after = await readFile(paths.stack(backend, id), "utf8");
    assert.equal(timeless(after), timeless(before));
    const attributes = await readFile(`${paths.stack(backend, id)}.attrs`, "utf8");
    const theirs = await readFile(join(import.meta.dirname, "data/pulumi/stacks/conf/secrets.json.attrs"), "utf8");
    const md5 = createHash("md5").update(after).digest("base64");
    assert.equal(attributes, theirs.replace(/"md5":"[^"]+"/, `"md5":"${md5}"`));
  });

  it("leaves no half-written file behind once the stack is locked again", async () => {
    const half = join(home, ".pulumi/stacks/conf/secrets.json.0a.tmp");
    await writeFile(half, "{");
    const locks = paths.locks(backend, id);
    await mkdir(locks, { recursive: true });
    await writeFile(join(locks, "dead.json"), JSON.stringify({ pid: 2 ** 22 + 1, hostname: hostname() }));
    await (await lockStack(backend, id)).release();
    await assert.rejects(readFile(half), { code: "ENOENT" });
    assert.deepEqual(await readdir(locks), []);
  });

  it("in a layout that this engine does not write is refused", async () => {
    await writeFile(join(home, ".pulumi/meta.yaml"), "version: 2\n");
    await assert.rejects(ensureLayout(backend), { code: "engine_unsupported" });
    await rm(join(home, ".pulumi/meta.yaml"));
    await writeFile(join(home, ".pulumi/stacks/old.json"), "{}");
    await assert.rejects(ensureLayout(backend), { code: "engine_unsupported", message: /without projects/ });
    await rm(join(home, ".pulumi/stacks/old.json"));
    await ensureLayout(backend);
    assert.equal(await readFile(join(home, ".pulumi/meta.yaml"), "utf8"), "version: 1\n");
    await writeFile(join(home, ".pulumi/stacks/conf/small.json.gz"), "");
    await assert.rejects(readStack(backend, { ...id, stack: "small" }), { code: "engine_unsupported" });
  });

  it("is made anew in the same form, field by field, when a resource has changed", async () => {
    const { stored, crypter, deployment } = await load();
    const copies = deployment.resources.map((state) => ({ ...state }));
    const again = storeDeployment({ resources: copies, pendingOperations: [] }, saltOf(stored)!, {
      form: "encrypted",
      crypter,
    });
    assert.equal(JSON.stringify(again.resources), JSON.stringify(stored.resources));
  });

  it("holds its secrets only encrypted, and gives them to whoever has the passphrase", async () => {
    const { deployment, stored } = await load();
    const stack = deployment.resources[0]!;
    assert.ok(stack.outputs["url"] instanceof Secret);
    assert.equal(withoutSecrets(stack.outputs["url"]), "postgres://app:hunter2@db");
    assert.ok(!JSON.stringify(stored).includes("hunter2"));
  });

  it("keeps the checkpoint before as .bak", async () => {
    const before = await readFile(paths.stack(backend, id), "utf8");
    const { stored } = await load();
    await writeStack(backend, id, { ...stored, resources: [] });
    assert.equal(await readFile(`${paths.stack(backend, id)}.bak`, "utf8"), before);
    assert.deepEqual((await readStack(backend, id))!.deployment!.resources, []);
    const left = await readdir(join(home, ".pulumi/stacks/conf"));
    assert.deepEqual(left.sort(), ["secrets.json", "secrets.json.attrs", "secrets.json.bak", "secrets.json.bak.attrs"]);
  });

  it("names the file and what to do when a checkpoint can't be read", async () => {
    await writeFile(paths.stack(backend, id), '{"version": 3, "check');
    await assert.rejects(readStack(backend, id), { code: "state_unreadable", message: /\.bak/ });
  });

  it("keeps a bounded history, newest first, with the checkpoint of then", async () => {
    for (let i = 0; i < keptHistory + 5; i++) {
      await addHistory(backend, id, { ...entry, startTime: i });
      await backUp(backend, id);
    }
    const history = await readHistory(backend, id);
    assert.equal(history.length, keptHistory);
    assert.equal(history[0]!.startTime, keptHistory + 4);
    const files = await readdir(paths.history(backend, id));
    assert.equal(files.filter((name) => name.endsWith(".checkpoint.json")).length, keptHistory);
    assert.equal(
      (await readdir(paths.backups(backend, id))).filter((name) => name.endsWith(".json")).length,
      keptHistory,
    );
    assert.deepEqual(
      (await readHistory(backend, id, 2, 1)).map(({ startTime }) => startTime),
      [keptHistory + 2],
    );
  });

  it("history of the real CLI is read", async () => {
    const [last] = await readHistory(backend, id);
    assert.deepEqual(last!.resourceChanges, { create: 5 });
  });
});
