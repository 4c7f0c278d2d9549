import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mock } from "node:test";
import { bootstrap } from "../../../sandbox/api/bootstrap.ts";
import { type Cluster, openCluster } from "../../../sandbox/api/cluster.ts";
import { create } from "../../../sandbox/api/create.ts";
import { kindNamed } from "../../../sandbox/api/kinds.ts";
import { bind } from "../../../sandbox/api/subresources.ts";
import { patch, patchTypes } from "../../../sandbox/api/patch.ts";
import { runNodeLiveness } from "../../../sandbox/controllers/nodes.ts";
import type { Json } from "../api/harness.ts";

const options = { manager: "test" };

describe("sandbox controllers: node liveness", () => {
  let directory: string;
  let cluster: Cluster;
  beforeEach(async () => {
    mock.timers.enable({ apis: ["setInterval"] });
    directory = await mkdtemp(join(tmpdir(), "teal-nodes-"));
    cluster = await openCluster(directory);
    bootstrap(cluster, 80);
    const ready = { conditions: [{ type: "Ready", status: "True" }] };
    create(cluster, kindNamed("Node"), undefined, { metadata: { name: "n" }, status: ready }, options);
    create(
      cluster,
      kindNamed("Lease"),
      "kube-node-lease",
      { metadata: { name: "n" }, spec: { renewTime: "a" } },
      options,
    );
    create(
      cluster,
      kindNamed("Pod"),
      "default",
      { metadata: { name: "p" }, spec: { containers: [{ name: "x", image: "y" }] } },
      options,
    );
    bind(cluster, "default", "p", "n", options);
    patch(
      cluster,
      kindNamed("Pod"),
      "default",
      "p",
      patchTypes.merge,
      { status: ready },
      { ...options, subresource: "status" },
    );
  });
  afterEach(async () => {
    mock.timers.reset();
    await cluster.store.close();
    await rm(directory, { recursive: true });
  });

  const ready = (resource: string, namespace: string | undefined, name: string): string => {
    const object: Json = cluster.store.get(resource, namespace, name);
    return object.status.conditions.find((condition: Json) => condition.type === "Ready").status;
  };

  it("calls a node and its pods not ready once its Lease stands still, but not for time it did not see", () => {
    let now = 1_000_000;
    const liveness = runNodeLiveness(cluster, () => now);
    const pass = (seconds: number): void => {
      now += seconds * 1000;
      mock.timers.tick(5000);
    };
    pass(39);
    assert.equal(ready("nodes", undefined, "n"), "True");
    patch(cluster, kindNamed("Lease"), "kube-node-lease", "n", patchTypes.merge, { spec: { renewTime: "b" } }, options);
    pass(2);
    pass(39);
    assert.equal(ready("nodes", undefined, "n"), "True");
    pass(2);
    assert.equal(ready("nodes", undefined, "n"), "Unknown");
    assert.equal(ready("pods", "default", "p"), "False");
    liveness.stop();
  });
});
