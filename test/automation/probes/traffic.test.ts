import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { longestBound } from "../../../model/analysis.ts";
import { GatewayMetrics } from "../../../sandbox/gateway/metrics.ts";
import { parseCounts } from "../../../automation/probes/exposition.ts";
import { gatewayTraffic } from "../../../automation/probes/traffic.ts";

const metrics = `# HELP teal_gateway_requests_total Requests
teal_gateway_requests_total{namespace="production-acme",route="app",service="blue",code="200"} 90
teal_gateway_requests_total{namespace="production-acme",route="app",service="blue",code="503"} 2
teal_gateway_requests_total{namespace="production-acme",route="app",service="green",code="404"} 5
teal_gateway_requests_total{namespace="production-acme",route="app",service="other",code="500"} 7
teal_gateway_request_duration_seconds_bucket{le="0.1",namespace="production-acme",route="app",service="blue"} 80
teal_gateway_request_duration_seconds_bucket{le="0.5",namespace="production-acme",route="app",service="blue"} 90
teal_gateway_request_duration_seconds_bucket{le="+Inf",namespace="production-acme",route="app",service="blue"} 92
teal_gateway_request_duration_seconds_sum{namespace="production-acme"} 1
`;

describe("the gateway's figures", () => {
  it("are counted per namespace and color, 5xx as errors, by buckets of time", () => {
    assert.deepEqual(parseCounts(metrics).get("production-acme"), {
      blue: {
        requests: 92,
        errors: 2,
        latency: [
          [0.1, 80],
          [0.5, 90],
        ],
      },
      green: { requests: 5, errors: 0 },
    });
  });

  it("are read from what the sandbox's gateway writes", async () => {
    const gateway = new GatewayMetrics();
    const meter = gateway.meter({ namespace: "production-acme", route: "app", service: "green" });
    for (const [code, seconds] of [
      [200, 0.02],
      [503, 0.3],
      [200, 100],
    ] as const) {
      meter.began();
      meter.ended(code, seconds);
    }
    const green = parseCounts(await gateway.registry.metrics()).get("production-acme")!.green;
    assert.deepEqual([green.requests, green.errors], [3, 1]);
    const within = new Map(green.latency);
    assert.deepEqual(
      [0.01, 0.025, 0.25, 0.5, longestBound].map((s) => within.get(s)),
      [0, 1, 1, 2, 2],
    );
    assert.equal(green.latency!.at(-1)![0], longestBound);
  });

  it("are read over HTTP, zero for a tenant that had no request, null without a gateway's address", async () => {
    const server = createServer((_, answer) => answer.end(metrics)).listen(0, "127.0.0.1");
    await new Promise((ready) => server.once("listening", ready));
    const source = gatewayTraffic(`http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`);
    assert.equal((await source.counts("production-acme"))?.blue.requests, 92);
    assert.equal((await source.counts("production-none"))?.blue.requests, 0);
    server.close();
    server.closeAllConnections();
    assert.equal(await gatewayTraffic(undefined).counts("production-acme"), null);
  });
});
