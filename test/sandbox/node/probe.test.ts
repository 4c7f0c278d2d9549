import assert from "node:assert/strict";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { ProbeSpec } from "../../../sandbox/kubernetes/pods.ts";
import { Addresses } from "../../../sandbox/node/addresses.ts";
import { ContainerLog } from "../../../sandbox/node/logs.ts";
import { Probe } from "../../../sandbox/node/probe.ts";
import { eventually } from "../kubernetes/eventually.ts";

describe("sandbox/node probe", () => {
  let server: http.Server;
  let status: number;
  let probes: Probe[];
  beforeEach(async () => {
    status = 200;
    probes = [];
    server = http.createServer((_, response) => response.writeHead(status).end());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterEach(() => {
    for (const probe of probes) probe.stop();
    server.close();
    server.closeAllConnections();
  });

  function run(spec: ProbeSpec): { results: boolean[]; failures: string[] } {
    const results: boolean[] = [];
    const failures: string[] = [];
    const { port } = server.address() as AddressInfo;
    const probe = new Probe(
      { httpGet: { path: "/", port }, ...spec },
      { host: "127.0.0.1", port },
      { onResult: (passing) => results.push(passing), onFailure: (message) => failures.push(message) },
    );
    probes.push(probe);
    probe.start();
    return { results, failures };
  }

  it("passes at once, and fails only after as many failures as it takes", async () => {
    const { results, failures } = run({ periodSeconds: 0.05, failureThreshold: 3 });
    await eventually(() => assert.deepEqual(results, [true]), 500);
    status = 503;
    await eventually(() => assert.deepEqual(results, [true, false]));
    assert.ok(failures.length >= 3);
    assert.equal(failures[0], "HTTP probe failed with statuscode: 503");
    status = 204;
    await eventually(() => assert.deepEqual(results, [true, false, true]));
  });

  it("waits for as many passes as it takes", async () => {
    const { results } = run({ periodSeconds: 0.1, successThreshold: 3 });
    await sleep(60);
    assert.deepEqual(results, []);
    await eventually(() => assert.deepEqual(results, [true]));
  });

  it("waits before the first", async () => {
    const { results } = run({ initialDelaySeconds: 0.2 });
    await sleep(100);
    assert.deepEqual(results, []);
    await eventually(() => assert.deepEqual(results, [true]));
  });

  it("takes no answer in time for a failure, a process that stood still not", async () => {
    const { results, failures } = run({ timeoutSeconds: 0.1, periodSeconds: 30 });
    const until = Date.now() + 400;
    while (Date.now() < until) assert.equal(results.length, 0);
    await eventually(() => assert.deepEqual(results, [true]));
    assert.deepEqual(failures, []);
    server.removeAllListeners("request");
    const silent = run({ timeoutSeconds: 0.1, periodSeconds: 30 });
    await eventually(() => assert.match(silent.failures[0] ?? "", /no answer within 100 ms/));
  });

  it("takes it for a failure when nobody answers", async () => {
    const { failures } = run({ initialDelaySeconds: 0.05 });
    server.close();
    await eventually(() => assert.match(failures[0] ?? "", /ECONNREFUSED/));
  });
});

describe("sandbox/node addresses", () => {
  it("gives each pod its own, the one it had where that is free", () => {
    const addresses = new Addresses();
    const all = Array.from({ length: 3000 }, () => addresses.take());
    assert.equal(new Set(all).size, 3000);
    for (const address of all) assert.match(address, /^127\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.\d+\.\d+$/);
    const [first = ""] = all;
    assert.notEqual(addresses.take(first), first);
    addresses.release(first);
    assert.equal(addresses.take(first), first);
    assert.notEqual(addresses.take("10.0.0.1"), "10.0.0.1");
  });
});

describe("sandbox/node logs", () => {
  it("keeps the last lines of this run and of the one before", () => {
    const log = new ContainerLog();
    for (let i = 0; i < 250; i += 1) log.write(String(i));
    assert.equal(log.tail().length, 200);
    assert.deepEqual(log.tail(2), ["248", "249"]);
    assert.deepEqual(log.tail(0), []);
    log.rotate();
    assert.deepEqual(log.tail(), []);
    assert.deepEqual(log.previous(1), ["249"]);
  });
});
