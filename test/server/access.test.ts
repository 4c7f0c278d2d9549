import assert from "node:assert/strict";
import { startServer, type Server } from "./support/harness.ts";

const path = "/v1/environments";

describe("access on loopback", () => {
  let server: Server;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  const code = async (headers: Record<string, string>, at = path, method = "GET") =>
    (await server.call(method, at, { headers })).body?.code;

  it("is by this machine's own names only", async () => {
    for (const name of ["localhost", "127.0.0.1", "[::1]", "LOCALHOST"]) {
      assert.equal(await code({ host: `${name}:${server.port}` }), undefined, name);
    }
    const names = ["evil.example", "localhost", "localhost:1", `evil.localhost:${server.port}`];
    names.push(
      `localhost:${server.port}.evil.example`,
      `127.0.0.1.evil.example:${server.port}`,
      `localhost.:${server.port}`,
    );
    for (const host of names) {
      for (const at of [path, "/", "/docs/", "/metrics", "/nope"])
        assert.equal(await code({ host }, at), "foreign_host", host);
    }
  });

  it("is from Teal's own page or none", async () => {
    const own = `http://localhost:${server.port}`;
    assert.equal(await code({ host: `localhost:${server.port}`, origin: own }), undefined);
    for (const origin of [
      "null",
      "http://evil.example",
      "http://localhost:3000",
      "http://localhost",
      `${own}.evil`,
      `https://localhost:${server.port}`,
    ]) {
      for (const method of ["GET", "POST", "OPTIONS"]) {
        assert.equal(await code({ host: `localhost:${server.port}`, origin }, path, method), "foreign_origin", origin);
      }
    }
  });

  it("is not by what a browser says another site made", async () => {
    assert.equal(await code({ "sec-fetch-site": "cross-site" }), "foreign_origin");
    assert.equal(await code({ "sec-fetch-site": "same-site" }), "foreign_origin");
    assert.equal(await code({ "sec-fetch-site": "same-origin" }), undefined);
    assert.equal(await code({ "sec-fetch-site": "none" }), undefined);
    const link = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
    assert.equal(await code(link), undefined);
    assert.equal(await code(link, path, "POST"), "foreign_origin");
  });

  it("never lets another origin read", async () => {
    const { headers } = await server.call("GET", path);
    assert.equal(headers["access-control-allow-origin"], undefined);
    assert.equal(headers["x-content-type-options"], "nosniff");
    assert.equal(headers["x-powered-by"], undefined);
  });
});

describe("access by token", () => {
  const token = "correct-horse-battery-staple";
  let server: Server;
  before(async () => {
    server = await startServer({ token });
  });
  after(() => server.close());

  const get = (at: string, authorization?: string) =>
    server.call("GET", at, { headers: { host: "teal.example", ...(authorization && { authorization }) } });

  it("is required by all of /v1 and by /metrics", async () => {
    for (const at of [path, "/v1/openapi.json", "/v1/nope", "/v1", "/metrics", "/v1/environments/nope"]) {
      for (const header of [
        undefined,
        "",
        "Bearer",
        "Bearer ",
        "Bearer wrong",
        `Basic ${token}`,
        token,
        `Bearer ${token}x`,
      ]) {
        const answer = await get(at, header);
        assert.deepEqual([answer.status, answer.body?.code], [401, "unauthorized"], `${at} ${header}`);
        assert.equal(answer.headers["www-authenticate"], 'Bearer realm="teal"');
      }
      assert.notEqual((await get(at, `Bearer ${token}`)).status, 401);
      assert.notEqual((await get(at, `bearer ${token}`)).status, 401);
    }
    assert.equal(server.lines.join("").includes(token), false);
  });

  it("names whoever names nobody", async () => {
    const headers = { authorization: `Bearer ${token}` };
    await server.call("POST", "/v1/environments/production/stop", { json: { reason: "r" }, headers });
    assert.deepEqual(server.automation.calls.at(-1)?.args[1], { actor: "token", reason: "r" });
  });

  it("leaves health and docs open, without what they know of the inside", async () => {
    server.automation.healthy = false;
    for (const at of ["/healthz", "/docs/", "/"]) assert.equal((await get(at)).status, 200, at);
    const closed = await get("/readyz");
    assert.equal(closed.status, 503);
    assert.doesNotMatch(closed.text, /has not reported/);
    assert.match((await get("/readyz", `Bearer ${token}`)).text, /has not reported/);
  });
});

describe("the rate of requests", () => {
  it("is limited per address, with when to try again", async () => {
    const server = await startServer({ limits: { requestsPerMinute: 3 } });
    try {
      for (let i = 0; i < 3; i++) assert.equal((await server.call("GET", path)).status, 200);
      const answer = await server.call("GET", path);
      assert.deepEqual([answer.status, answer.body?.code], [429, "too_many_requests"]);
      assert.ok(Number(answer.headers["retry-after"]) > 0);
      assert.equal((await server.call("GET", "/healthz")).status, 200);
    } finally {
      await server.close();
    }
  });
});
