import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { runChecks } from "../../../automation/probes/checks.ts";
import { colorHeader, previewHeader } from "../../../model/headers.ts";
import { cameByPreview } from "../../../model/routing.ts";

const check = { path: "/", method: "GET" as const, status: 200, timeoutSeconds: 0.2 };

describe("checks", () => {
  let server: Server;
  let gateway: string;
  let seen: { host?: string; token?: string | string[] }[];

  beforeEach(async () => {
    seen = [];
    server = createServer((request, response) => {
      seen.push({ host: request.headers.host, token: request.headers[previewHeader] });
      if (request.url === "/never") return undefined;
      if (request.headers[previewHeader] === "secret") response.setHeader(colorHeader, "green");
      if (request.url === "/refused") return response.writeHead(421, { server: "awselb/2.0" }).end();
      response.statusCode = request.url === "/broken" && seen.length > 2 ? 500 : 200;
      if (request.url === "/slowly") return setTimeout(() => response.end('{"version":"2.0.0"}'), 60);
      return response.end(request.url === "/huge" ? "x".repeat(1024 * 1024 + 1) : '{"version":"2.0.0"}');
    }).listen(0, "127.0.0.1");
    await new Promise((ready) => server.once("listening", ready));
    gateway = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  const routing = "gateway" as const;
  const target = (token: string) => ({
    gateway,
    routing,
    host: "acme.test",
    preview: { token, color: "green" as const },
  });

  it("go to the tenant's host by the preview rule, as often as asked", async () => {
    assert.deepEqual(await runChecks(target("secret"), [check], 3), { passed: true });
    assert.deepEqual(seen, Array(3).fill({ host: "acme.test", token: "secret" }));
  });

  it("stop at the first answer that is not as expected, and say it", async () => {
    const result = await runChecks(target("secret"), [{ ...check, path: "/broken" }], 10);
    assert.ok(!result.passed && !result.unrouted);
    assert.match(result.evidence.text, /GET \/broken answered 500, expected 200/);
    assert.equal(seen.length, 3);
  });

  it("say nothing of the release when the preview rule did not answer", async () => {
    const result = await runChecks(target("wrong"), [check], 1);
    assert.ok(!result.passed && result.unrouted);
  });

  it("say nothing of the release when a load balancer has no preview rule, and else go by what came", async () => {
    const alb = { ...target("any"), routing: "alb-ingress" as const };
    assert.deepEqual(await runChecks(alb, [check], 1), { passed: true });
    const unrouted = await runChecks(alb, [{ ...check, path: "/refused" }], 1);
    assert.ok(!unrouted.passed && unrouted.unrouted);
    assert.equal(cameByPreview("alb-ingress", { status: 421, headers: { server: "mine" } }, "green"), true);
  });

  it("fail when nothing answers in time or at all", async () => {
    const late = await runChecks(target("secret"), [{ ...check, path: "/never" }], 1);
    assert.ok(!late.passed);
    assert.match(late.evidence.text, /nothing within 0.2 s/);
    const gone = await runChecks({ ...target("secret"), gateway: "http://127.0.0.1:1" }, [check], 1);
    assert.ok(!gone.passed);
  });

  it("look at headers, body and time of what comes back", async () => {
    const json = [{ path: "/version", equals: "2.0.0" }];
    const passes = { ...check, path: "/version", json, headers: [{ name: "teal-color", equals: "green" }] };
    assert.deepEqual(await runChecks(target("secret"), [passes], 1), { passed: true });
    const fails = async (more: object) => {
      const result = await runChecks(target("secret"), [{ ...passes, ...more }], 1);
      assert.ok(!result.passed && !result.unrouted);
      return result.evidence.text;
    };
    const other = [{ path: "/version", equals: "3" }];
    assert.equal(await fails({ json: other }), 'GET /version JSON at "/version" was "2.0.0", expected "3"');
    assert.match(await fails({ path: "/slowly", maxMilliseconds: 50 }), /took \d+ ms, expected at most 50 ms/);
    assert.match(await fails({ path: "/huge" }), /more than is read/);
  });

  it("go where the weights say without a preview", async () => {
    assert.deepEqual(await runChecks({ gateway, routing, host: "acme.test", preview: null }, [check], 1), {
      passed: true,
    });
  });
});
