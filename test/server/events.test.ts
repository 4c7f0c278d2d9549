import assert from "node:assert/strict";
import { eventView, pageOf } from "../../model/views.ts";
import type { Limits } from "../../server/deps.ts";
import { openStream, until, type EventStream } from "./support/eventStream.ts";
import { startServer, type Server } from "./support/harness.ts";
import { event, operationId } from "./support/views.ts";

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const ids = (stream: EventStream) => stream.events.map((e) => Number(e.id));
const ofOperation = `/v1/operations/${operationId}/events`;

describe("events", () => {
  let server: Server;
  const streams: EventStream[] = [];
  const start = async (limits: Partial<Limits> = {}) => {
    server = await startServer({ limits });
    server.automation.add(...range(1, 250).map(event));
  };
  const open = async (path: string, headers?: Record<string, string>) => {
    const stream = await openStream(server.port, path, headers);
    streams.push(stream);
    return stream;
  };
  const listening = () => server.automation.news.listenerCount("new");
  afterEach(async () => {
    for (const stream of streams.splice(0)) stream.close();
    await server.close();
  });

  it("are JSON by default, in pages, oldest first", async () => {
    await start();
    let next: string | undefined = "0";
    const seen: number[] = [];
    for (let pages = 0; next !== undefined && pages < 9; pages++) {
      const answer = await server.call("GET", `/v1/events?limit=100&${pages % 2 ? "after" : "cursor"}=${next}`);
      const page = pageOf(eventView).parse(answer.body);
      seen.push(...page.items.map((e) => e.id));
      next = page.next;
    }
    assert.deepEqual(seen, range(1, 250));
    const filtered = await server.call("GET", "/v1/events?environment=production&tenant=acme&limit=1");
    assert.equal(pageOf(eventView).parse(filtered.body).items.length, 1);
    assert.deepEqual(server.automation.calls.at(-1)?.args, [{ environment: "production", tenant: "acme" }, 0, 2]);
    assert.equal((await server.call("GET", ofOperation)).status, 200);
    assert.deepEqual(server.automation.calls.at(-1)?.args[0], { operation: operationId });
    for (const accept of ["*/*", "application/json", "application/json, text/event-stream", "text/html"]) {
      const { headers } = await server.call("GET", "/v1/events", { headers: { accept } });
      assert.equal(headers["content-type"], "application/json", accept);
    }
  });

  it("have a head that ends", async () => {
    await start();
    const head = await server.call("HEAD", "/v1/events", { headers: { accept: "text/event-stream" } });
    assert.deepEqual([head.status, head.text], [200, ""]);
  });

  it("stream from the first one, then live, each once", async () => {
    await start();
    const stream = await open("/v1/events");
    assert.equal(stream.response.headers["content-type"], "text/event-stream; charset=utf-8");
    await until(() => stream.events.length === 250);
    for (const id of range(251, 400)) {
      server.automation.add(event(id));
      if (id % 7 === 0) await new Promise(setImmediate);
    }
    await until(() => stream.events.length >= 400);
    assert.deepEqual(ids(stream), range(1, 400));
    const [first] = stream.events;
    assert.equal(first?.event, "phase");
    assert.deepEqual(JSON.parse(first?.data ?? ""), event(1));
  });

  it("stream from Last-Event-ID, else from `after`", async () => {
    await start();
    for (const [path, headers, from] of [
      ["/v1/events", { "last-event-id": "248" }, 249],
      ["/v1/events?after=249", {}, 250],
      ["/v1/events?after=3", { "last-event-id": "249" }, 250],
      [`${ofOperation}?after=249`, {}, 250],
    ] as const) {
      const stream = await open(path, headers);
      await until(() => stream.events.length === 251 - from);
      assert.deepEqual(ids(stream), range(from, 250));
    }
    const odd = await server.call("GET", "/v1/events", { headers: { "last-event-id": "x" } });
    assert.deepEqual([odd.status, odd.body?.code], [400, "invalid_input"]);
  });

  it("miss nothing that comes while the first are read", async () => {
    await start();
    const { events } = server.automation;
    const { list } = events;
    let late = 251;
    events.list = async (...args) => {
      const found = await list(...args);
      if (late <= 255) server.automation.add(event(late++));
      return found;
    };
    const stream = await open("/v1/events");
    await until(() => stream.events.length >= 255);
    assert.deepEqual(ids(stream), range(1, 255));
  });

  it("of an operation end when it has ended, with all of them sent", async () => {
    await start();
    const stream = await open(ofOperation);
    await until(() => stream.events.length === 250);
    server.automation.state = "rolled-back";
    server.automation.add(event(251));
    await stream.ended;
    assert.deepEqual(ids(stream).slice(0, -1), range(1, 251));
    assert.deepEqual(stream.events.at(-1), { event: "end", data: "{}" });
    const again = await open(ofOperation, { "last-event-id": "251" });
    await again.ended;
    assert.deepEqual(again.events, [{ event: "end", data: "{}" }]);
    const missing = await server.call("GET", ofOperation.replaceAll("1111", "2222"), {
      headers: { accept: "text/event-stream" },
    });
    assert.deepEqual([missing.status, missing.body?.code], [404, "operation_not_found"]);
  });

  it("show a life sign while nothing happens", async () => {
    await start({ heartbeatMilliseconds: 20 });
    const stream = await open("/v1/events?after=250");
    await until(() => stream.text().split(": still here\n\n").length > 3);
    assert.equal(stream.events.length, 0);
  });

  it("stop costing anything once the client has gone", async () => {
    await start();
    const stream = await open("/v1/events");
    await until(() => listening() === 1);
    stream.close();
    await until(() => listening() === 0);
  });

  it("wait for a slow client without reading on, and drop one that takes nothing", async () => {
    await start({ stallMilliseconds: 300 });
    const large = (id: number) => ({ ...event(id), data: { text: "x".repeat(50_000) } });
    server.automation.add(...range(251, 2250).map(large));
    const stream = await open("/v1/events?after=250");
    stream.response.pause();
    const reads = () => server.automation.calls.filter((c) => c.name === "events.list").length;
    await until(() => reads() > 0);
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.ok(reads() < 10, `${reads()} reads for a client that takes nothing`);
    await until(() => listening() === 0);
  });

  it("go on where a slow client left off", async () => {
    await start();
    server.automation.add(...range(251, 750).map((id) => ({ ...event(id), data: { text: "x".repeat(20_000) } })));
    const stream = await open("/v1/events");
    stream.response.pause();
    await new Promise((resolve) => setTimeout(resolve, 100));
    stream.response.resume();
    await until(() => stream.events.length >= 750);
    assert.deepEqual(ids(stream), range(1, 750));
  });

  it("are bounded in streams", async () => {
    await start({ streams: 2 });
    await Promise.all([open("/v1/events"), open(ofOperation)]);
    const third = await server.call("GET", "/v1/events", { headers: { accept: "text/event-stream" } });
    assert.deepEqual([third.status, third.body?.code], [503, "too_many_streams"]);
    streams.pop()?.close();
    await until(() => listening() === 1);
    const stream = await open("/v1/events");
    assert.equal(stream.response.statusCode, 200);
  });

  it("break off where the ledger fails, to be taken up again", async () => {
    await start();
    server.automation.failure = new Error("gone");
    const refused = await server.call("GET", "/v1/events", { headers: { accept: "text/event-stream" } });
    assert.equal(refused.status, 500);
    server.automation.failure = null;
    const stream = await open("/v1/events");
    await until(() => stream.events.length === 250);
    server.automation.failure = new Error("gone");
    server.automation.add(event(251));
    await stream.ended;
    server.automation.failure = null;
    const again = await open("/v1/events", { "last-event-id": "250" });
    await until(() => again.events.length === 1);
    assert.equal(listening(), 1);
  });
});
