import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gatewayTraffic, parseCounts } from "../../../automation/probes/traffic.ts";

const metrics = `# HELP teal_gateway_requests_total Requests
teal_gateway_requests_total{namespace="production-acme",route="app",service="blue",code="200"} 90
teal_gateway_requests_total{namespace="production-acme",route="app",service="blue",code="503"} 2
teal_gateway_requests_total{namespace="production-acme",route="app",service="green",code="404"} 5
teal_gateway_requests_total{namespace="production-acme",route="app",service="other",code="500"} 7
teal_gateway_request_duration_seconds_sum{namespace="production-acme"} 1
`;

describe("the gateway's figures", () => {
  it("are counted per namespace and color, 5xx as errors", () => {
    assert.deepEqual(parseCounts(metrics).get("production-acme"), {
      blue: { requests: 92, errors: 2 },
      green: { requests: 5, errors: 0 },
    });
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
