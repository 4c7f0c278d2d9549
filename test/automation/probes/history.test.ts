import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { TrafficHistory } from "../../../automation/probes/history.ts";
import { sampleTraffic } from "../../../automation/probes/sampling.ts";
import { countsReader, parseCounts } from "../../../automation/probes/exposition.ts";
import type { TrafficCounts } from "../../../automation/probes/traffic.ts";
import { keptMinutes } from "../../../model/console/traffic.ts";

const begin = Date.parse("2026-01-01T00:00:00Z");
const at = (seconds: number) => new Date(begin + seconds * 1000);
const none = { requests: 0, errors: 0 };
const counted = (requests: number, errors = 0): TrafficCounts => ({
  blue: {
    requests,
    errors,
    latency: [
      [0.1, requests / 2],
      [1, requests],
    ],
  },
  green: none,
});

describe("traffic over time", () => {
  it("is what came between two samples, per second, with nothing of what came before the first", () => {
    const history = new TrafficHistory();
    history.take(at(0), new Map([["a", counted(1000, 500)]]));
    assert.equal(history.beginning?.getTime(), undefined);
    assert.deepEqual(history.points("a", at(0)), { blue: [], green: [] });
    history.take(at(10), new Map([["a", counted(1100, 510)]]));
    history.take(at(20), new Map([["a", counted(1100, 510)]]));
    history.take(at(40), new Map([["a", counted(1140, 550)]]));
    const quiet = { requestsPerSecond: 0, errorShare: null, p50: null, p95: null };
    const { blue, green } = history.points("a", at(0));
    assert.deepEqual(blue, [
      { at: at(10).toISOString(), requestsPerSecond: 10, errorShare: 0.1, p50: 0.1, p95: 0.91 },
      { at: at(20).toISOString(), ...quiet },
      { at: at(40).toISOString(), requestsPerSecond: 2, errorShare: 1, p50: 0.1, p95: 0.91 },
    ]);
    assert.deepEqual(
      green.map(({ requestsPerSecond }) => requestsPerSecond),
      [0, 0, 0],
    );
    assert.equal(history.points("a", at(15)).blue.length, 2);
    assert.deepEqual(history.points("nobody", at(30)).blue, [{ at: at(40).toISOString(), ...quiet }]);
    assert.equal(history.beginning?.getTime(), at(10).getTime());
  });

  it("begins anew with a gateway that was restarted, and with a tenant that came", () => {
    const history = new TrafficHistory();
    history.take(at(0), new Map([["a", counted(1000)]]));
    history.take(
      at(10),
      new Map([
        ["a", counted(20)],
        ["b", counted(30)],
      ]),
    );
    assert.equal(history.points("a", at(0)).blue[0]?.requestsPerSecond, 2);
    assert.equal(history.points("b", at(0)).blue[0]?.requestsPerSecond, 3);
  });

  it("is kept for half an hour, whatever number of tenants come and go", () => {
    const history = new TrafficHistory();
    const last = keptMinutes * 6 + 20;
    for (let i = 0; i <= last; i++)
      history.take(
        at(10 * i),
        new Map([
          ["a", counted(10 * i)],
          [`gone-${i}`, counted(5)],
        ]),
      );
    const { blue } = history.points("a", at(0));
    assert.deepEqual([blue.length, blue[0]?.at], [keptMinutes * 6, at(10 * 21).toISOString()]);
    assert.ok(blue.every(({ requestsPerSecond }) => requestsPerSecond === 1));
  });

  it("adds up to what was counted, however samples and tenants lie", () => {
    const steps = fc.array(
      fc.record({
        seconds: fc.integer({ min: 1, max: 60 }),
        news: fc.array(fc.nat(500), { minLength: 5, maxLength: 5 }),
      }),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(steps, (samples) => {
        const history = new TrafficHistory();
        const totals = [0, 0, 0, 0, 0];
        let now = 0;
        const look = () =>
          new Map(totals.map((total, i) => [`t${i}`, { blue: none, green: { requests: total, errors: 0 } }]));
        history.take(at(0), look());
        for (const { seconds, news } of samples) {
          now += seconds;
          news.forEach((more, i) => (totals[i]! += more));
          history.take(at(now), look());
        }
        totals.forEach((total, i) => {
          const points = history.points(`t${i}`, at(0)).green;
          const sum = points.reduce(
            (all, { requestsPerSecond }, n) => all + requestsPerSecond * samples[n]!.seconds,
            0,
          );
          assert.ok(Math.abs(sum - total) <= 1e-3 * (total + 1), `${sum} of ${total}`);
        });
      }),
    );
  });

  const metrics = (requests: number) =>
    `# HELP x y\nteal_gateway_requests_total{namespace="production-acme",route="app",service="blue",code="200"} ${requests}\n` +
    `teal_gateway_request_duration_seconds_bucket{le="0.1",namespace="production-acme",route="app",service="blue"} ${requests}\n`;

  it("is counted alike however the gateway's text is cut into pieces", () => {
    const text = metrics(7) + metrics(5).replaceAll("acme", "b-ü");
    const whole = parseCounts(text);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (lengths) => {
        const reader = countsReader();
        for (let from = 0, i = 0; from < text.length; i++) {
          const length = lengths[i % lengths.length]!;
          reader.add(text.slice(from, from + length));
          from += length;
        }
        assert.deepEqual(reader.end().counts, whole);
      }),
    );
    assert.equal(whole.size, 2);
  });

  it("says where it begins, what is wrong with the gateway, and that there is nothing to ask", async () => {
    const nothing = await sampleTraffic(undefined, { warn: () => undefined }).series("a", 5);
    assert.deepEqual([nothing.source, nothing.series.blue], ["none", []]);
    assert.match(nothing.problem!, /TEAL_GATEWAY_METRICS/);

    const server = createServer((_request, response) => response.writeHead(500).end()).listen(0, "127.0.0.1");
    await new Promise((ready) => server.once("listening", ready));
    const warned: string[] = [];
    const sampling = sampleTraffic(`http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`, {
      warn: (_data, message) => warned.push(message),
    });
    await sampling.stop();
    const found = await sampling.series("a", 5);
    assert.deepEqual([found.source, found.since, warned.length], ["gateway", found.to, 1]);
    assert.match(found.problem!, /answered 500/);
    server.close();
  });
});
