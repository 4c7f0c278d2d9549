import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ApiException, CoreV1Api, KubeConfig } from "@kubernetes/client-node";
import { patientConfiguration } from "../../../automation/probes/patience.ts";

describe("patience with an API server", () => {
  let server: Server;
  let answers: number[];
  let asked: number;
  let api: CoreV1Api;

  beforeEach(async () => {
    asked = 0;
    server = createServer((_request, response) => {
      const status = answers[Math.min(asked++, answers.length - 1)]!;
      response
        .writeHead(status, { "content-type": "application/json" })
        .end(JSON.stringify({ metadata: { name: "x" } }));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const config = new KubeConfig();
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    config.loadFromClusterAndUser({ name: "a", server: url, skipTLSVerify: true }, { name: "a" });
    api = new CoreV1Api(patientConfiguration(config));
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const read = () => api.readNamespace({ name: "x" });
  const refusedWith = (code: number) => (error: unknown) => error instanceof ApiException && error.code === code;

  it("asks again what is refused for the moment", async () => {
    answers = [429, 503, 200];
    assert.equal((await read()).metadata?.name, "x");
    assert.equal(asked, 3);
  });

  it("gives the refusal back after five", async () => {
    answers = [503];
    await assert.rejects(read(), refusedWith(503));
    assert.equal(asked, 5);
  });

  it("takes any other answer as it is", async () => {
    for (const status of [403, 404, 500]) {
      [answers, asked] = [[status], 0];
      await assert.rejects(read(), refusedWith(status));
      assert.equal(asked, 1);
    }
  });
});
