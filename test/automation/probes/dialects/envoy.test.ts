import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { quantile } from "../../../../automation/probes/figures.ts";
import { countsReader, parseCounts } from "../../../../automation/probes/exposition.ts";
import { gatewayTraffic } from "../../../../automation/probes/traffic.ts";

/** As a proxy of Envoy Gateway's answers at /stats/prometheus, with the order of labels and the bounds that Envoy has. */
const exposition = readFileSync(join(import.meta.dirname, "envoy.txt"), "utf8");

describe("Envoy's figures", () => {
  it("are counted by the Service that a cluster is named after, 5xx as errors, times from milliseconds", () => {
    const { blue, green } = parseCounts(exposition).get("production-acme")!;
    assert.deepEqual([blue.requests, blue.errors, blue.timed], [916, 6, 915]);
    assert.deepEqual([green.requests, green.errors, green.timed], [104, 2, 104]);
    assert.deepEqual(blue.latency!.slice(0, 3), [
      [0.0005, 653],
      [0.001, 653],
      [0.005, 900],
    ]);
    assert.equal(blue.latency!.at(-1)![0], 3600);
  });

  it("give quantiles of what has been timed: a request under way is no slow one", () => {
    const { blue } = parseCounts(exposition).get("production-acme")!;
    // Of 915 the last is within 0.25 s; of 916 it would be beyond every bound.
    assert.equal(quantile(1, blue), 0.25);
    assert.ok(quantile(0.95, blue)! <= 0.01);
  });

  it("leave out what is no slot's", () => {
    assert.deepEqual([...parseCounts(exposition).keys()].sort(), ["production-acme", "production-globex"]);
  });

  const names: [cluster: string, namespace: string | null, color: "blue" | "green" | null][] = [
    ["service/production-acme/blue/80/http", "production-acme", "blue"],
    ["service/production-acme/green/80/http2", "production-acme", "green"],
    ["service/production-acme/suspended/80/http", null, null],
    ["service/production-acme/blue-web/80/http", null, null],
    ["httproute/production-acme/app/rule/1/production-acme/green", "production-acme", "green"],
    ["httproute/production-acme/app/rule/0/production-acme/blue|production-acme/green", null, null],
    ["httproute/production-acme/app/rule/0", null, null],
    ["httproute/production-acme/app/rule/0/backend/1", null, null],
    ["prometheus_stats", null, null],
  ];
  for (const [cluster, namespace, color] of names) {
    it(`${cluster} is ${color ?? "no color"}`, () => {
      const counts = parseCounts(
        `envoy_cluster_upstream_rq_xx{envoy_response_code_class="2",envoy_cluster_name="${cluster}"} 3\n`,
      );
      assert.deepEqual(
        [...counts].map(([of, both]) => [of, both.blue.requests > 0 ? "blue" : "green"]),
        namespace === null ? [] : [[namespace, color]],
      );
    });
  }

  it("by rule are told as what they are, not taken for no requests", async () => {
    const text =
      'envoy_cluster_upstream_rq_xx{envoy_response_code_class="2",envoy_cluster_name="httproute/a-b/app/rule/0"} 3\n';
    const reader = countsReader();
    reader.add(text);
    assert.deepEqual([...reader.end().colorless], [["a-b", "httproute/a-b/app/rule/0"]]);
    const server = createServer((_, answer) => answer.end(text)).listen(0, "127.0.0.1");
    await new Promise((ready) => server.once("listening", ready));
    const source = gatewayTraffic(`http://127.0.0.1:${(server.address() as AddressInfo).port}/stats/prometheus`);
    await assert.rejects(source.counts("a-b"), { code: "figures_colorless", message: /mergeBackends/ });
    assert.equal((await source.counts("a-c"))?.blue.requests, 0);
    server.close();
    server.closeAllConnections();
  });
});
