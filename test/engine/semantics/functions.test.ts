import assert from "node:assert/strict";
import * as kubernetes from "@pulumi/kubernetes";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent, Stack } from "@pulumi/pulumi/automation/index.js";
import { startFakeCluster, type FakeCluster } from "../fakeCluster.ts";
import { errors, open, operations } from "../stacks.ts";

const manifest = (value: string) =>
  ["one", "two"]
    .map((name) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {value: "${value}"}\n`)
    .join("---\n");

describe("functions of packages", () => {
  let cluster: FakeCluster;
  let home: string;
  let stack: Stack;
  let yaml: string;
  let events: EngineEvent[];
  const onEvent = (event: EngineEvent) => void events.push(event);
  beforeEach(async () => {
    cluster = await startFakeCluster();
    home = await mkdtemp(join(tmpdir(), "teal-functions-"));
    [yaml, events] = [manifest("1"), []];
    const program = () => {
      const { kubeconfig } = cluster;
      const provider = new kubernetes.Provider("cluster", { kubeconfig, enableConfigMapMutable: true });
      new kubernetes.yaml.ConfigGroup("all", { yaml }, { provider });
      return Promise.resolve({});
    };
    stack = await open({ home, program });
  });
  afterEach(async () => {
    await cluster.close();
    await rm(home, { recursive: true, force: true });
  });

  const made = () => cluster.objects.size;

  it("make resources of manifests, in previews too", async () => {
    await stack.preview({ onEvent });
    const wanted = ["create all", "create app-dev", "create cluster", "create one", "create two"];
    assert.deepEqual(operations(events).sort(), wanted);
    await stack.up();
    assert.equal(made(), 2);
    yaml = manifest("2");
    events = [];
    await stack.up({ onEvent });
    assert.deepEqual(operations(events).sort(), ["update all", "update one", "update two"]);
  });

  it("fail for the program, which ends with what they said", async () => {
    yaml = "a: [";
    await assert.rejects(stack.up({ onEvent }));
    assert.match(errors(events)[0]!.message, /invocation of kubernetes:yaml:decode returned an error: Flow sequence/);
    assert.equal(made(), 0);
  });
});
