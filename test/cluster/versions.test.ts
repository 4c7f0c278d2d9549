import { strict as assert } from "node:assert";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readVersions } from "../../cluster/versions.ts";

describe("cluster: versions", () => {
  it("are those of cluster/go.mod", async () => {
    const { kubernetes, etcd, gatewayApi, key } = await readVersions();
    for (const version of [kubernetes, etcd, gatewayApi]) assert.match(version, /^v\d+\.\d+\.\d+$/);
    assert.match(key, new RegExp(`^${kubernetes}-[0-9a-f]{8}$`));
  });

  it("change their key with any module", async () => {
    const directory = await mkdtemp(join(tmpdir(), "teal-cluster-"));
    const keyOf = async (goMod: string): Promise<string> => {
      await writeFile(join(directory, "go.mod"), goMod);
      await writeFile(join(directory, "go.sum"), "");
      return (await readVersions(directory)).key;
    };
    const goMod =
      "require k8s.io/kubernetes v1.2.3\ngo.etcd.io/etcd/server/v3 v3.0.0\nsigs.k8s.io/gateway-api v1.0.0\n";
    try {
      assert.notEqual(await keyOf(goMod), await keyOf(`${goMod}example.com/other v1.0.0\n`));
      await assert.rejects(keyOf("require k8s.io/kubernetes v1.2.3\n"), { code: "cluster_version_missing" });
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
