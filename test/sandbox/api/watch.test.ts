import assert from "node:assert/strict";
import { TestServer, until, WatchLog } from "./harness.ts";

describe("sandbox API: watch", () => {
  let server: TestServer;
  let maps: string;
  const logs: WatchLog[] = [];
  const watch = (query: string, path = maps): WatchLog => {
    const log = new WatchLog(server.url, `${path}?watch=true${query}`);
    logs.push(log);
    return log;
  };
  before(async () => {
    server = await TestServer.start({ controllers: false });
    maps = `/api/v1/namespaces/${await server.namespace("watched")}/configmaps`;
  });
  afterEach(() => logs.splice(0).forEach((log) => log.close()));
  after(() => server.stop());

  it("tells every change after a list, in order", async () => {
    await server.post(maps, { metadata: { name: "old" } });
    const { metadata } = await server.get(maps);
    const log = watch(`&resourceVersion=${metadata.resourceVersion}`);
    await server.post(maps, { metadata: { name: "a" } });
    await server.merge(`${maps}/a`, { data: { x: "1" } });
    await server.call("DELETE", `${maps}/a`);
    await log.of(3);
    assert.deepEqual(log.summary(), ["ADDED a", "MODIFIED a", "DELETED a"]);
    const versions = log.events.map(({ object }) => Number(object.metadata.resourceVersion));
    assert.deepEqual(
      versions,
      versions.toSorted((a, b) => a - b),
    );
    const late = watch(`&resourceVersion=${versions[0]}`);
    await late.of(2);
    assert.deepEqual(late.summary(), ["MODIFIED a", "DELETED a"]);
  });

  it("begins with what is there when no version is given", async () => {
    const log = watch("&fieldSelector=metadata.name%3Dold");
    await log.of(1);
    assert.deepEqual(log.summary(), ["ADDED old"]);
    const initial = watch("&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan");
    const events = await until("the bookmark", async () =>
      initial.events.some(({ type }) => type === "BOOKMARK") ? initial.events : undefined,
    );
    assert.equal(events.at(-1)?.object.metadata.annotations["k8s.io/initial-events-end"], "true");
  });

  it("shows objects that come to fit a selector as added, and those that no longer fit as deleted", async () => {
    const { metadata } = await server.get(maps);
    const log = watch(`&labelSelector=on%3Dyes&resourceVersion=${metadata.resourceVersion}`);
    await server.post(maps, { metadata: { name: "s" } });
    await server.merge(`${maps}/s`, { metadata: { labels: { on: "yes" } } });
    await server.merge(`${maps}/s`, { data: { x: "1" } });
    await server.merge(`${maps}/s`, { metadata: { labels: { on: "no" } } });
    await server.merge(`${maps}/s`, { data: { x: "2" } });
    await server.merge(`${maps}/s`, { metadata: { labels: { on: "yes" } } });
    await log.of(4);
    assert.deepEqual(log.summary(), ["ADDED s", "MODIFIED s", "DELETED s", "ADDED s"]);
  });

  it("says that a version is too old, and ends", async () => {
    const small = await server.post(maps, { metadata: { name: "busy" } });
    for (let round = 0; round < 21; round++) {
      const writes = Array.from({ length: 100 }, (_, n) =>
        server.merge(`${maps}/busy`, { data: { n: `${round}-${n}` } }),
      );
      await Promise.all(writes);
    }
    const log = watch(`&resourceVersion=${small.metadata.resourceVersion}`);
    const [event] = await log.of(1);
    assert.deepEqual([event?.type, event?.object.code, event?.object.reason], ["ERROR", 410, "Expired"]);
    await until("the end of the watch", async () => log.ended);
  });

  it("ends after timeoutSeconds", async () => {
    const log = watch("&timeoutSeconds=1");
    await until("the end of the watch", async () => log.ended, 3000);
  });

  it("takes up where it left off after a restart of the server", async () => {
    const { metadata } = await server.get(maps);
    await server.post(maps, { metadata: { name: "before" } });
    await server.restart();
    await server.post(maps, { metadata: { name: "after" } });
    const log = watch(`&resourceVersion=${metadata.resourceVersion}`);
    await log.of(2);
    assert.deepEqual(log.summary(), ["ADDED before", "ADDED after"]);
  });

  it("shows tables to people", async () => {
    const accept = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
    const { body } = await server.call("GET", `${maps}/old`, undefined, { accept });
    assert.equal(body.kind, "Table");
    assert.deepEqual(
      body.columnDefinitions.map((column: { name: string }) => column.name),
      ["Name", "Data", "Age"],
    );
    assert.deepEqual(body.rows[0].cells.slice(0, 2), ["old", 0]);
  });
});
