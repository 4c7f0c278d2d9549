import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { openFigures } from "../../../automation/probes/proxies.ts";
import { Tally } from "../../../automation/probes/tally.ts";

const of = (requests: number) => new Map([["n", { blue: { requests, errors: 0 }, green: { requests: 0, errors: 0 } }]]);

describe("counts of several proxies", () => {
  it("are summed, and never fall when proxies come, go, come back or are started anew", () => {
    const tally = new Tally();
    const total = (now: number) => tally.totals(now).get("n")!.blue.requests;
    tally.take("10.0.0.1", of(100), 0);
    tally.take("10.0.0.2", of(50), 0);
    assert.equal(total(0), 150);
    tally.take("10.0.0.2", of(60), 1000);
    assert.equal(total(1000), 160, "the first is away");
    tally.take("10.0.0.1", of(110), 2000);
    assert.equal(total(2000), 170, "and comes back as it was");
    tally.take("10.0.0.1", of(5), 3000);
    assert.equal(total(3000), 175, "or anew");
    assert.equal(total(10_000_000), 175, "what is gone for good is kept");
    tally.take("10.0.0.1", of(7), 10_000_000);
    assert.equal(total(10_000_000), 182, "and who has its address then is another");
  });

  it("amount to all requests that were seen, whatever happens to whom", () => {
    const events = fc.array(
      fc.record({ proxy: fc.integer({ min: 0, max: 3 }), more: fc.nat(20), restart: fc.boolean() }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(events, (happened) => {
        const tally = new Tally();
        const counts = [0, 0, 0, 0];
        let all = 0;
        for (const { proxy, more, restart } of happened) {
          // A restart shows where fewer have been counted since than before.
          if (restart && more < counts[proxy]!) counts[proxy] = 0;
          counts[proxy]! += more;
          all += more;
          tally.take(String(proxy), of(counts[proxy]!), 0);
        }
        assert.equal(tally.totals(0).get("n")?.blue.requests ?? 0, all);
      }),
    );
  });

  it("are read from each address of a host name, all of them or none", async () => {
    const text = (n: number) =>
      `envoy_cluster_upstream_rq_xx{envoy_response_code_class="2",envoy_cluster_name="service/n/blue/80/http"} ${n}\n` +
      `envoy_cluster_upstream_rq_time_bucket{envoy_cluster_name="service/n/blue/80/http",le="5"} ${n}\n`;
    const serve = (port: number, address: string, n: number) =>
      new Promise<Server>((ready) => {
        const server = createServer((_, answer) => answer.end(text(n)));
        server.listen(port, address, () => ready(server));
      });
    const first = await serve(0, "127.0.0.1", 10);
    const { port } = first.address() as AddressInfo;
    const second = await serve(port, "127.0.0.2", 32);
    let addresses = ["127.0.0.1", "127.0.0.2"];
    const figures = openFigures(`http://proxies.test:${port}/stats/prometheus`, async () => addresses);
    const { blue } = (await figures.read(2000)).counts.get("n")!;
    assert.deepEqual([blue.requests, blue.latency], [42, [[0.005, 42]]]);
    assert.ok(figures.counter);
    addresses = ["127.0.0.1", "127.0.0.3"];
    await assert.rejects(figures.read(2000));
    for (const server of [first, second]) {
      server.close();
      server.closeAllConnections();
    }
  });

  it("of one gateway at an address are its own, for any process to go on from", () => {
    assert.equal(openFigures("http://127.0.0.1:9/metrics").counter, undefined);
    assert.equal(openFigures("http://[::1]:9/metrics").counter, undefined);
  });
});
