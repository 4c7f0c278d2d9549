import assert from "node:assert/strict";
import http, { type IncomingMessage, type RequestListener } from "node:http";
import net, { type AddressInfo } from "node:net";
import { once } from "node:events";
import { compileRoute } from "../../../sandbox/gateway/compile.ts";
import { Endpoints } from "../../../sandbox/gateway/endpoints.ts";
import { GatewayMetrics } from "../../../sandbox/gateway/metrics.ts";
import { createProxy } from "../../../sandbox/gateway/proxy.ts";
import type { HTTPRoute } from "../../../sandbox/gateway/resources.ts";
import { RoutingTable } from "../../../sandbox/gateway/table.ts";
import { createUpgrader } from "../../../sandbox/gateway/upgrade.ts";
import { eventually } from "../kubernetes/eventually.ts";
import { pod, route, service } from "./objects.ts";

interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

async function textOf(message: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of message.setEncoding("utf8")) text += String(chunk);
  return text;
}

describe("sandbox/gateway proxy", () => {
  const closing: (() => void)[] = [];
  let endpoints: Endpoints;
  let table: RoutingTable;
  let metrics: GatewayMetrics;
  let port: number;

  async function listen(server: http.Server | net.Server): Promise<number> {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    closing.push(() => {
      server.close();
      if (server instanceof http.Server) server.closeAllConnections();
    });
    return (server.address() as AddressInfo).port;
  }

  beforeEach(async () => {
    endpoints = new Endpoints(() => undefined);
    table = new RoutingTable();
    metrics = new GatewayMetrics();
    const server = http.createServer(createProxy(table, metrics));
    server.on("upgrade", createUpgrader(table));
    port = await listen(server);
  });
  afterEach(() => closing.splice(0).forEach((close) => close()));

  const serve = async (app: string, listener: RequestListener): Promise<number> => {
    const at = await listen(http.createServer(listener));
    endpoints.setService(service(app));
    endpoints.setPod(pod(app, at), undefined);
    return at;
  };

  function inForce(object: HTTPRoute): void {
    const compiled = compileRoute(object, (...names) => endpoints.backend(...names));
    if (typeof compiled === "string") throw new Error(compiled);
    table.set(compiled, object.spec.hostnames ?? []);
  }

  const toOne = (name: string): HTTPRoute => route([{ backendRefs: [{ name, port: 80 }] }]);

  function ask(options: http.RequestOptions = {}, body?: string): Promise<Answer> {
    const headers = { host: "acme.localhost", ...options.headers };
    return new Promise((resolve, reject) => {
      const request = http.request({ host: "127.0.0.1", port, ...options, headers }, (response) => {
        textOf(response).then(
          (text) => resolve({ status: response.statusCode!, headers: response.headers, body: text }),
          reject,
        );
      });
      request.on("error", reject).end(body);
    });
  }

  /** The value of a series, 0 where there is none. */
  async function figure(name: string, labels: Record<string, string | number>): Promise<number> {
    const found = (await metrics.registry.getMetricsAsJSON()).find((metric) => metric.name === name);
    const values = (found?.values ?? []) as { value: number; labels: Record<string, string | number> }[];
    return values.find((one) => Object.entries(labels).every(([key, value]) => one.labels[key] === value))?.value ?? 0;
  }

  it("passes on method, path, headers and body, and says who asked", async () => {
    await serve("web", (request, response) => {
      void textOf(request).then((body) => {
        const { method, url, headers } = request;
        response.writeHead(201, { "x-seen": "yes", "set-cookie": ["a=1", "b=2"] });
        response.end(JSON.stringify({ method, url, headers, body }));
      });
    });
    inForce(toOne("web"));
    const headers = { connection: "close, x-secret-hop", "x-secret-hop": "1", "x-forwarded-for": "203.0.113.9" };
    const answer = await ask({ method: "POST", path: "/a?b=c", headers }, "hello");
    assert.equal(answer.status, 201);
    assert.deepEqual(answer.headers["set-cookie"], ["a=1", "b=2"]);
    const seen = JSON.parse(answer.body) as {
      method: string;
      url: string;
      body: string;
      headers: Record<string, string>;
    };
    assert.deepEqual([seen.method, seen.url, seen.body], ["POST", "/a?b=c", "hello"]);
    assert.equal(seen.headers["x-secret-hop"], undefined);
    assert.equal(seen.headers.host, "acme.localhost");
    assert.equal(seen.headers["x-forwarded-host"], "acme.localhost");
    assert.equal(seen.headers["x-forwarded-for"], "203.0.113.9, 127.0.0.1");
  });

  it("streams answers as they come", async () => {
    let finish = (): void => undefined;
    await serve("web", (_, response) => {
      response.write("first");
      finish = () => void response.end("last");
    });
    inForce(toOne("web"));
    const request = http.get({ host: "127.0.0.1", port, headers: { host: "acme.localhost" } });
    const [response] = (await once(request, "response")) as [IncomingMessage];
    const [chunk] = (await once(response, "data")) as [Buffer];
    assert.equal(chunk.toString(), "first");
    finish();
    assert.equal(await textOf(response), "last");
  });

  it("splits by weight, exactly", async () => {
    await serve("blue", (_, response) => response.end("blue"));
    await serve("green", (_, response) => response.end("green"));
    inForce(
      route([
        {
          backendRefs: [
            { name: "blue", port: 80, weight: 90 },
            { name: "green", port: 80, weight: 10 },
          ],
        },
      ]),
    );
    const answers: string[] = [];
    for (let i = 0; i < 50; i += 1) answers.push((await ask()).body);
    assert.equal(answers.filter((body) => body === "green").length, 5);
    assert.equal(await figure("teal_gateway_requests_total", { service: "green", route: "web", code: 200 }), 5);
  });

  it("answers problems of its own", async () => {
    assert.equal((await ask()).status, 404);
    endpoints.setService(service("empty"));
    inForce(route([{ backendRefs: [{ name: "empty", port: 80 }] }]));
    const unavailable = await ask();
    assert.equal(unavailable.status, 503);
    assert.equal(unavailable.headers["content-type"], "application/problem+json");
    assert.equal((JSON.parse(unavailable.body) as { code: string }).code, "no_endpoints");
    assert.equal(await figure("teal_gateway_no_endpoints_total", { service: "empty" }), 1);
    inForce(route([{ backendRefs: [{ name: "x", namespace: "other", port: 80 }] }]));
    assert.equal((await ask()).status, 500);
  });

  it("keeps users where they are while the share of where they are rises, and spreads the others evenly", async () => {
    for (const color of ["blue", "green"]) await serve(color, (_, response) => response.end(color));
    const split = (blue: number, green: number) => {
      const to = (name: string, weight: number) => ({ name, port: 80, weight });
      const both = route([{ backendRefs: [to("blue", blue), to("green", green)] }]);
      inForce({ ...both, metadata: { ...both.metadata, annotations: { "teal.dev/affinity": "cookie" } } });
    };
    const users = Array.from({ length: 40 }, () => ({ cookie: "", at: "" }));
    const visit = async (user: (typeof users)[number]) => {
      const { body, headers } = await ask({ headers: user.cookie ? { cookie: `a=b; ${user.cookie}` } : {} });
      const [given] = headers["set-cookie"] ?? [];
      assert.equal(given === undefined, user.cookie !== "");
      if (given) user.cookie = given.split(";")[0]!;
      user.at = body;
    };
    const onGreen = () => users.filter(({ at }) => at === "green");
    split(90, 10);
    for (const user of users) await visit(user);
    const first = onGreen();
    assert.equal(first.length, 4);
    for (const [blue, green] of [
      [50, 50],
      [20, 80],
      [0, 100],
    ] as const) {
      const before = onGreen();
      split(blue, green);
      for (const user of users) await visit(user);
      for (const user of before) assert.equal(user.at, "green");
    }
    assert.equal(onGreen().length, 40);
    // Weights that fall take those back who came last.
    split(90, 10);
    for (const user of users) await visit(user);
    assert.deepEqual(onGreen(), first);
    // What no gateway has given is no place.
    const odd = await ask({ headers: { cookie: "teal-affinity=99999" } });
    assert.equal(odd.headers["set-cookie"]?.length, 1);
  });

  it("says of a suspended route that it is, to browsers as a page", async () => {
    endpoints.setService(service("suspended"));
    const suspended = route([{ backendRefs: [{ name: "suspended", port: 80 }] }]);
    const annotations = { "teal.dev/suspended": "true" };
    inForce({ ...suspended, metadata: { ...suspended.metadata, annotations } });
    const told = await ask();
    assert.deepEqual([told.status, (JSON.parse(told.body) as { code: string }).code], [503, "suspended"]);
    const page = await ask({ headers: { accept: "text/html,*/*;q=0.8" } });
    assert.deepEqual([page.status, page.headers["content-type"]], [503, "text/html; charset=utf-8"]);
    assert.match(page.body, /This service is suspended/);
  });

  it("goes to another endpoint when one refuses, whatever the method", async () => {
    await serve("web", (request, response) => {
      void textOf(request).then((body) => response.end(`ok ${body}`));
    });
    const dead = await listen(net.createServer());
    closing.pop()!();
    endpoints.setPod(pod("web", dead), undefined);
    inForce(toOne("web"));
    for (let i = 0; i < 6; i += 1) assert.deepEqual((await ask()).body, "ok ");
    for (let i = 0; i < 6; i += 1) assert.equal((await ask({ method: "POST" }, "x")).body, "ok x");
    assert.ok((await figure("teal_gateway_retries_total", {})) >= 6);
  });

  it("sends again what was cut off only where it is harmless", async () => {
    await serve("web", (_, response) => response.end("ok"));
    const cutting = await listen(
      net.createServer((socket) => socket.once("data", () => socket.destroy()).on("error", () => undefined)),
    );
    endpoints.setPod(pod("web", cutting), undefined);
    inForce(toOne("web"));
    const gets = await Promise.all(Array.from({ length: 6 }, () => ask()));
    assert.deepEqual([...new Set(gets.map(({ status }) => status))], [200]);
    const posts: number[] = [];
    for (let i = 0; i < 4; i += 1) posts.push((await ask({ method: "POST" }, "x")).status);
    assert.deepEqual(posts.sort(), [200, 200, 502, 502]);
  });

  it("tells a pod that breaks off its answer from a client that leaves", async () => {
    await serve("web", (_, response) => {
      response.write("half");
      setTimeout(() => response.destroy(), 20);
    });
    inForce(toOne("web"));
    await assert.rejects(ask());
    await eventually(async () => assert.equal(await figure("teal_gateway_requests_total", { code: 502 }), 1));
  });

  it("gives up on a pod that doesn't answer in time", async () => {
    await serve("web", () => undefined);
    inForce(route([{ backendRefs: [{ name: "web", port: 80 }], timeouts: { request: "100ms" } }]));
    assert.equal((await ask()).status, 504);
  });

  it("follows pods: only ready ones that aren't leaving", async () => {
    const at = await serve("web", (_, response) => response.end("ok"));
    inForce(toOne("web"));
    const before = pod("web", at);
    assert.equal((await ask()).status, 200);
    endpoints.setPod(pod("web", at, { ready: false }), before);
    assert.equal((await ask()).status, 503);
    endpoints.setPod(before, undefined);
    assert.equal((await ask()).status, 200);
    endpoints.setPod(pod("web", at, { leaving: true }), before);
    assert.equal((await ask()).status, 503);
    endpoints.deletePod(before);
    assert.equal((await ask()).status, 503);
  });

  it("changes headers and redirects by filters", async () => {
    await serve("web", (request, response) => {
      response.writeHead(200, { "x-drop": "1", "x-keep": "1" }).end(request.headers["x-color"]);
    });
    const filters = [
      { type: "RequestHeaderModifier", requestHeaderModifier: { set: [{ name: "X-Color", value: "green" }] } },
      {
        type: "ResponseHeaderModifier",
        responseHeaderModifier: { remove: ["X-Drop"], add: [{ name: "X-More", value: "2" }] },
      },
    ];
    inForce(route([{ filters, backendRefs: [{ name: "web", port: 80 }] }]));
    const { body, headers } = await ask();
    assert.deepEqual([body, headers["x-drop"], headers["x-keep"], headers["x-more"]], ["green", undefined, "1", "2"]);
    const requestRedirect = { scheme: "https", statusCode: 301 };
    inForce(route([{ filters: [{ type: "RequestRedirect", requestRedirect }] }]));
    const redirected = await ask({ path: "/a?b" });
    assert.deepEqual([redirected.status, redirected.headers.location], [301, "https://acme.localhost/a?b"]);
  });

  it("passes on connections that change the protocol", async () => {
    const server = http.createServer();
    server.on("upgrade", (_, socket) => {
      socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n");
      socket.pipe(socket);
    });
    endpoints.setService(service("web"));
    endpoints.setPod(pod("web", await listen(server)), undefined);
    inForce(toOne("web"));
    const headers = { host: "acme.localhost", connection: "Upgrade", upgrade: "echo" };
    const request = http.get({ host: "127.0.0.1", port, headers });
    const [response, socket] = (await once(request, "upgrade")) as [IncomingMessage, net.Socket];
    assert.equal(response.headers.upgrade, "echo");
    socket.write("over there");
    assert.equal(String((await once(socket, "data"))[0]), "over there");
    socket.destroy();
  });

  it("forgets the series of a route that is gone, for good", async () => {
    await serve("web", (_, response) => response.end("ok"));
    inForce(toOne("web"));
    await ask();
    assert.match(await metrics.registry.metrics(), /route="web"/);
    metrics.forget("acme/web");
    assert.doesNotMatch(await metrics.registry.metrics(), /route="web"/);
  });
});
