import assert from "node:assert/strict";
import {
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type RequestListener,
  type Server,
} from "node:http";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { TealError } from "../../model/errors.ts";
import { createPreview } from "../../server/preview/preview.ts";
import { FakeAutomation } from "./support/fakeAutomation.ts";

interface Came {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

describe("previews", () => {
  let automation: FakeAutomation;
  let gateway: Server;
  let preview: Server;
  let seen: { url: string | undefined; method: string | undefined; headers: IncomingHttpHeaders }[];
  let gives: RequestListener;

  const start = async (listener: RequestListener): Promise<Server> => {
    const server = createServer(listener).listen(0, "127.0.0.1");
    await new Promise((ready) => server.once("listening", ready));
    return server;
  };
  const portOf = (server: Server) => (server.address() as AddressInfo).port;

  beforeEach(async () => {
    automation = new FakeAutomation();
    seen = [];
    gives = (_, response) => void response.end("<h1>green</h1>");
    gateway = await start((request, response) => {
      seen.push({ url: request.url, method: request.method, headers: request.headers });
      response.setHeader("teal-color", "green");
      gives(request, response);
    });
    const deps = {
      operations: automation.operations,
      routing: "gateway" as const,
      secure: false,
      logger: pino({ level: "silent" }),
    };
    preview = await start(createPreview({ ...deps, gateway: `http://127.0.0.1:${portOf(gateway)}` }));
  });
  afterEach(() => {
    for (const server of [gateway, preview]) {
      server.close();
      server.closeAllConnections();
    }
  });

  const cookie = { cookie: "other=1; teal-preview=signed" };
  const get = (path: string, headers: Record<string, string> = cookie, method = "GET"): Promise<Came> =>
    new Promise((resolve, reject) => {
      const sent = httpRequest({ host: "127.0.0.1", port: portOf(preview), path, method, headers }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        response.on("error", reject);
        response.on("end", () => resolve({ status: response.statusCode!, headers: response.headers, text }));
      });
      sent.on("error", reject).end();
    });

  it("open by the link, which goes from the address into a cookie", async () => {
    const { status, headers } = await get("/shop?a=1&teal-preview=signed", {});
    assert.deepEqual([status, headers.location], [303, "/shop?a=1"]);
    assert.match(headers["set-cookie"]![0]!, /^teal-preview=signed; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
    assert.equal(headers["clear-site-data"], '"cache", "storage"');
    assert.deepEqual(seen, []);
    for (const path of ["//evil.test/?teal-preview=s", "/.//evil.test?teal-preview=s", "/\\evil.test/?teal-preview=s"])
      assert.match((await get(path, {})).headers.location!, /^\/(?!\/)/);
  });

  it("pass on what says nothing of who asks, by the preview rule", async () => {
    const more = { ...cookie, authorization: "Bearer x", accept: "text/html", origin: "http://x", "x-a": "b" };
    const { status, text, headers } = await get("/shop?a=1", more);
    assert.deepEqual([status, text], [200, "<h1>green</h1>"]);
    assert.deepEqual([headers["cache-control"], headers["x-robots-tag"]], ["no-store", "noindex"]);
    assert.deepEqual([seen[0]?.url, seen[0]?.method], ["/shop?a=1", "GET"]);
    const { connection: _, ...sent } = seen[0]!.headers;
    assert.deepEqual(sent, { host: "acme.production.localhost", accept: "text/html", "teal-preview": "secret" });
  });

  it("give back neither cookies nor what a browser would remember, and stay where they are", async () => {
    gives = (_, response) =>
      void response
        .writeHead(302, {
          "set-cookie": "session=1",
          "strict-transport-security": "max-age=1",
          location: "https://acme.production.localhost/login?x#y",
        })
        .end();
    const { status, headers } = await get("/");
    assert.deepEqual([status, headers.location], [302, "/login?x#y"]);
    assert.deepEqual([headers["set-cookie"], headers["strict-transport-security"]], [undefined, undefined]);
    gives = (_, response) => void response.writeHead(302, { location: "https://elsewhere.test/" }).end();
    assert.equal((await get("/")).headers.location, "https://elsewhere.test/");
    assert.equal((await get("/", cookie, "HEAD")).status, 302);
  });

  it("show nothing but the color under preview", async () => {
    gives = (_, response) => void response.setHeader("teal-color", "blue").end("live");
    const { status, text } = await get("/");
    assert.equal(status, 409);
    assert.doesNotMatch(text, /live/);
  });

  it("refuse what is no look, and whoever has no link", async () => {
    assert.equal((await get("/", cookie, "POST")).status, 405);
    assert.equal((await get("/sw.js", { ...cookie, "service-worker": "script" })).status, 403);
    assert.equal((await get("/", {})).status, 403);
    for (const [code, status] of [
      ["preview_link_invalid", 403],
      ["preview_closed", 409],
      ["ledger_unavailable", 503],
    ] as const) {
      automation.failure = new TealError(code, "It is over.");
      for (const path of ["/", "/?teal-preview=x"]) assert.deepEqual((await get(path)).text, "It is over.\n");
      assert.equal((await get("/")).status, status);
    }
    assert.deepEqual(seen, []);
  });

  it("say that the gateway is away, and nothing more", async () => {
    gateway.close();
    gateway.closeAllConnections();
    const { status, text } = await get("/");
    assert.deepEqual([status, text], [502, "The gateway gave no answer.\n"]);
  });

  it("break off what is too large", async () => {
    const chunk = Buffer.alloc(1024 * 1024);
    gives = (_, response) => {
      let sent = 0;
      const more = () => {
        while (sent++ < 60) if (!response.write(chunk)) return void response.once("drain", more);
        response.end();
      };
      more();
    };
    await assert.rejects(get("/"), /aborted|ECONNRESET|terminated/);
  });
});
