import assert from "node:assert/strict";
import { Agent, request } from "node:http";
import express from "express";
import { TealError } from "../../model/errors.ts";
import { listen } from "../../server/listen.ts";
import { openStream, until } from "./support/eventStream.ts";
import { startServer } from "./support/harness.ts";

describe("listen", () => {
  it("says that a port is in use, in one line", async () => {
    const first = await listen(express(), { port: 0, address: "127.0.0.1" });
    try {
      await assert.rejects(listen(express(), { port: first.port, address: "127.0.0.1" }), (error) => {
        assert.ok(error instanceof TealError);
        assert.equal(error.code, "port_in_use");
        assert.match(
          error.message,
          new RegExp(`^Expected port ${first.port} of 127.0.0.1 to be free; it is in use: .*$`),
        );
        return true;
      });
    } finally {
      await first.close();
    }
  });

  it("says that an address is not this machine's", async () => {
    await assert.rejects(listen(express(), { port: 0, address: "192.0.2.1" }), { code: "address_unavailable" });
  });

  it("closes at once in spite of streams and idle connections", async () => {
    const server = await startServer();
    const stream = await openStream(server.port, "/v1/events");
    const agent = new Agent({ keepAlive: true });
    await new Promise((resolve) => {
      request({ port: server.port, host: "127.0.0.1", path: "/healthz", agent }, (r) =>
        r.resume().on("end", resolve),
      ).end();
    });
    const start = Date.now();
    await server.close();
    await stream.ended;
    agent.destroy();
    assert.ok(Date.now() - start < 500, `${Date.now() - start} ms`);
    assert.equal(server.automation.news.listenerCount("new"), 0);
  });

  it("lets answers under way finish", async () => {
    const server = await startServer();
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const { list } = server.automation.environments;
    let reached = false;
    server.automation.environments.list = async () => {
      reached = true;
      await held;
      return list();
    };
    const answer = server.call("GET", "/v1/environments");
    await until(() => reached);
    const closed = server.close();
    setTimeout(release, 100);
    const { status, headers } = await answer;
    assert.deepEqual([status, headers.connection], [200, "close"]);
    await closed;
  });
});
