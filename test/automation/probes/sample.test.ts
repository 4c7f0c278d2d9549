import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { judged, sampleSplit } from "../../../automation/probes/sample.ts";
import { gatewayTraffic } from "../../../automation/probes/traffic.ts";

const answered = (blue: number, green: number) => ({
  blue: { requests: blue, errors: 0 },
  green: { requests: green, errors: 0 },
});

describe("answers since a move", () => {
  const cases: [string, [number, number], [number, number], RegExp | null][] = [
    ["of both show a split", [90, 10], [18, 2], null],
    ["of one alone don't", [90, 10], [20, 0], /^green answered none of 20 requests$/],
    ["of the new one alone show that all has moved", [0, 100], [0, 20], null],
    ["of the old one, too, don't", [0, 100], [1, 20], /^blue still answered 1 of 21 requests$/],
    ["show nothing where there are none", [100, 0], [0, 0], /^blue answered none of 0 requests$/],
  ];
  for (const [what, [blue, green], [fromBlue, fromGreen], why] of cases) {
    it(what, () => {
      const sample = judged({ blue, green }, answered(fromBlue, fromGreen));
      assert.equal(sample.shows, why === null);
      assert.match(sample.why, why ?? /^$/);
    });
  }
});

it("answers of a color that no figure tells of show nothing by their absence", () => {
  assert.ok(judged({ blue: 50, green: 50 }, answered(0, 10), "blue").shows);
  assert.ok(judged({ blue: 100, green: 0 }, answered(0, 0), "blue").shows);
  assert.match(judged({ blue: 100, green: 0 }, answered(0, 3), "blue").why, /^green still answered/);
  assert.match(judged({ blue: 50, green: 50 }, answered(0, 0), "blue").why, /^green answered none/);
});

describe("a sample", () => {
  /** A gateway that leads every request to `color`, and counts it. */
  async function gateway(color: "blue" | "green") {
    let requests = 0;
    let reads = 0;
    const server = createServer((request, answer) => {
      if (request.url === "/metrics") reads++;
      else requests++;
      answer.end(`teal_gateway_requests_total{namespace="n",service="${color}",code="200"} ${requests}\n`);
    }).listen(0, "127.0.0.1");
    await new Promise((ready) => server.once("listening", ready));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const close = () => {
      server.close();
      server.closeAllConnections();
    };
    return { url, close, reads: () => reads, requests: () => requests };
  }

  it("goes by what the gateway counts", async () => {
    const { url, close, requests } = await gateway("green");
    const target = { gateway: url, routing: "gateway" as const, host: "acme.example.com" };
    const traffic = gatewayTraffic(`${url}/metrics`);
    const place = { namespace: "n", path: "/healthz" };
    const moved = await sampleSplit(traffic, target, { ...place, weights: { blue: 0, green: 100 } });
    assert.deepEqual(moved, { shows: true, why: "" });
    assert.equal(requests(), 20);
    const split = await sampleSplit(traffic, target, { ...place, weights: { blue: 50, green: 50 } });
    assert.match(split.why, /blue answered none/);
    close();
  });

  it("takes a gateway without figures at its word, and sends nothing", async () => {
    const { url, close, requests } = await gateway("blue");
    const sample = await sampleSplit(
      gatewayTraffic(undefined),
      { gateway: url, routing: "gateway", host: "acme.example.com" },
      { namespace: "n", path: "/", weights: { blue: 0, green: 100 } },
    );
    assert.deepEqual([sample.shows, requests()], [true, 0]);
    close();
  });

  it("of a load balancer shows whether pods answer, whatever they answer", async () => {
    let sent = 0;
    const server = createServer((_, answer) => {
      sent++;
      if (broken && sent % 7 === 0) answer.writeHead(503, { server: "awselb/2.0" }).end();
      else answer.writeHead(404).end();
    }).listen(0, "127.0.0.1");
    let broken = false;
    await new Promise((ready) => server.once("listening", ready));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const sample = (gateway: string) =>
      sampleSplit(
        gatewayTraffic(undefined),
        { gateway, routing: "alb-ingress", host: "acme.example.com" },
        { namespace: "n", path: "/", weights: { blue: 0, green: 100 } },
      );
    assert.deepEqual([await sample(url), sent], [{ shows: true, why: "" }, 20]);
    broken = true;
    const some = await sample(url);
    assert.equal(some.shows, false);
    assert.match(some.why, /^\d of 20 requests reached no pod: the load balancer itself answered 503$/);
    assert.match((await sample("http://127.0.0.1:1")).why, /^20 of 20 requests reached no pod: .*ECONNREFUSED/);
    server.close();
    server.closeAllConnections();
  });

  it("reads figures once for all that ask at the same time, and never older ones", async () => {
    const { url, close, reads } = await gateway("blue");
    const traffic = gatewayTraffic(`${url}/metrics`);
    await Promise.all(Array.from({ length: 50 }, () => traffic.countsNow("n")));
    assert.equal(reads(), 1);
    await fetch(url);
    assert.equal((await traffic.countsNow("n"))?.blue.requests, 1);
    close();
  });
});
