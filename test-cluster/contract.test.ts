import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ApiServer, startApiServer } from "../sandbox/api/server.ts";
import { stopCluster } from "../cluster/cluster.ts";
import { cases } from "./contract/cases.ts";
import { handCases } from "./contract/handCases.ts";
import { Server } from "./contract/server.ts";
import { makeCluster, type TestCluster } from "./ground.ts";

describe("the sandbox's API server and a real one answer alike:", function () {
  this.timeout(60_000);
  let directory: string;
  let api: ApiServer;
  let cluster: TestCluster;
  let sandbox: Server;
  let real: Server;

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "teal-contract-"));
    api = await startApiServer({ directory, port: 0, token: "token" });
    cluster = await makeCluster();
    // They would write statuses meanwhile.
    await stopCluster(cluster.state, ["gateway", "node"]);
    sandbox = await Server.of(join(directory, "kubeconfig"));
    real = await Server.of(cluster.kubeconfig);
  });
  after(async () => {
    sandbox.close();
    real.close();
    await api.close();
    await cluster.remove();
    await rm(directory, { recursive: true });
  });

  for (const [index, { name, run }] of [...cases, ...handCases].entries()) {
    it(name, async () => {
      const namespace = `contract-${index}`;
      const body = { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } };
      for (const server of [sandbox, real]) await server.call("POST", "/api/v1/namespaces", { body });
      const expected = await run(real, namespace);
      assert.deepEqual(await run(sandbox, namespace), expected);
    });
  }
});
