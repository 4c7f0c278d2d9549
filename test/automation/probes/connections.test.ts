import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCluster } from "../../../automation/probes/cluster.ts";

describe("automation/probes/connections", () => {
  let home: string;
  let server: Server;
  let connections = 0;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "teal-probes-"));
    connections = 0;
    server = createServer((_, response) => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ metadata: { name: "default" } }));
    });
    server.on("connection", () => connections++);
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const { port } = server.address() as AddressInfo;
    const cluster = { server: `http://127.0.0.1:${port}`, "insecure-skip-tls-verify": true };
    const config = {
      "current-context": "test",
      clusters: [{ name: "test", cluster }],
      users: [{ name: "test", user: { token: "t" } }],
      contexts: [{ name: "test", context: { cluster: "test", user: "test" } }],
    };
    await writeFile(join(home, "kubeconfig"), JSON.stringify(config));
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    await rm(home, { recursive: true, force: true });
  });

  it("are kept from call to call, and opened anew when the server has closed them", async () => {
    const { core } = openCluster(join(home, "kubeconfig"));
    const read = async () => (await core.readNamespace({ name: "default" })).metadata?.name;
    for (let i = 0; i < 20; i++) assert.equal(await read(), "default");
    // One may not be free again yet when the next call comes.
    assert.ok(connections <= 2, `${connections} connections`);
    const before = connections;
    server.closeAllConnections();
    await new Promise((noticed) => setTimeout(noticed, 20));
    assert.equal(await read(), "default");
    assert.ok(connections > before);
  });
});
