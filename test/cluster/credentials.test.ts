import { strict as assert } from "node:assert";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KubeConfig } from "@kubernetes/client-node";
import { ensureCredentials } from "../../cluster/credentials.ts";
import { kubeconfigOf, type Layout, layoutOf } from "../../cluster/layout.ts";
import { ensurePorts } from "../../cluster/ports.ts";

describe("cluster: what it keeps in its state directory", () => {
  let layout: Layout;
  beforeEach(async () => {
    layout = layoutOf(await mkdtemp(join(tmpdir(), "teal-cluster-")));
  });
  afterEach(() => rm(layout.state, { recursive: true }));

  it("makes credentials that only their owner may read", async () => {
    await ensureCredentials(layout, 16443);
    const names = (await readdir(layout.credentials)).map((name) => join(layout.credentials, name));
    for (const path of [...names, kubeconfigOf(layout, "admin"), kubeconfigOf(layout, "node")]) {
      assert.equal((await stat(path)).mode & 0o777, 0o600, path);
    }
  });

  it("makes kubeconfigs that a client can use", async () => {
    await ensureCredentials(layout, 16443);
    const config = new KubeConfig();
    config.loadFromFile(kubeconfigOf(layout, "admin"));
    assert.equal(config.getCurrentCluster()?.server, "https://127.0.0.1:16443");
    assert.equal(config.getCurrentUser()?.name, "admin");
  });

  it("keeps credentials and ports over a restart", async () => {
    const contents = async (): Promise<string[]> => {
      const names = (await readdir(layout.credentials)).sort();
      return Promise.all(names.map((name) => readFile(join(layout.credentials, name), "utf8")));
    };
    const ports = await ensurePorts(layout, 0);
    await ensureCredentials(layout, ports.apiserver);
    const before = await contents();
    await ensureCredentials(layout, ports.apiserver);
    assert.deepEqual(await contents(), before);
    assert.deepEqual(await ensurePorts(layout, 16443), ports);
    assert.equal(new Set(Object.values(ports)).size, 6);
  });
});
