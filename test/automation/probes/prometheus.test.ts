import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fillQuery, openPrometheus } from "../../../automation/probes/prometheus.ts";
import { prometheusSeries } from "../../../automation/probes/series.ts";
import { troubleOf } from "../../../automation/worker/trouble.ts";

const context = { namespace: "production-acme", color: "green" as const, seconds: 12.3 };

describe("queries of Prometheus", () => {
  let server: Server;
  let url: string;
  let asked: string[];
  let answer: { status: number; body: string };

  before(async () => {
    server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        asked.push(`${request.method} ${request.url} ${new URLSearchParams(body).get("query")}`);
        response.writeHead(answer.status, { "content-type": "application/json" }).end(answer.body);
      });
    }).listen(0, "127.0.0.1");
    await new Promise((ready) => server.once("listening", ready));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/prometheus/`;
  });
  beforeEach(() => (asked = []));
  after(() => {
    server.close();
    server.closeAllConnections();
  });

  const vector = (...values: string[]) =>
    JSON.stringify({
      status: "success",
      data: { resultType: "vector", result: values.map((value) => ({ metric: {}, value: [1.5, value] })) },
    });
  const answering = (body: string, status = 200) => {
    answer = { status, body };
    return openPrometheus(url).query("sum(x)", context);
  };
  const refused = (code: string) => (error: { code?: string }) => error.code === code;

  it("have namespace, color and the step's seconds in them, and nothing else changed", async () => {
    const template = 'sum(rate(x{ns="{{namespace}}",c="{{ color }}",l=~"{{other}}"}[{{seconds}}s]))';
    assert.equal(fillQuery(template, context), 'sum(rate(x{ns="production-acme",c="green",l=~"{{other}}"}[13s]))');
    assert.equal(fillQuery("{{seconds}}", { ...context, seconds: 0 }), "1");
    answer = { status: 200, body: vector("1") };
    await openPrometheus(url).query("x{{color}}", context);
    assert.deepEqual(asked, ["POST /prometheus/api/v1/query xgreen"]);
  });

  it("give one number, or none", async () => {
    assert.equal(await answering(vector("0.25")), 0.25);
    assert.equal(await answering(vector()), null);
    assert.equal(await answering(vector("NaN")), null);
    assert.ok((await answering(vector("+Inf")))! > 1e300);
    const scalar = { status: "success", data: { resultType: "scalar", result: [1, "7"] } };
    assert.equal(await answering(JSON.stringify(scalar)), 7);
  });

  it("are the policy's fault where they can't be answered", async () => {
    await assert.rejects(answering(vector("1", "2")), refused("query_ambiguous"));
    const bad = JSON.stringify({ status: "error", errorType: "bad_data", error: "parse error: unexpected end" });
    await assert.rejects(answering(bad, 400), /parse error: unexpected end/);
    const error = await answering(bad, 400).catch((e: unknown) => e);
    assert.deepEqual([troubleOf(error).outcome.cause, troubleOf(error).retriable], ["policy", false]);
    await assert.rejects(answering("{}"), refused("query_refused"));
  });

  it("are waited out where nobody answers", async () => {
    for (const failing of [() => answering("", 503), () => openPrometheus("http://127.0.0.1:1").query("x", context)]) {
      const error = await failing().then(
        () => assert.fail("an answer"),
        (e: unknown) => e,
      );
      const { outcome, retriable } = troubleOf(error);
      assert.deepEqual([outcome.code, outcome.cause, retriable], ["prometheus_unreachable", "platform", true]);
    }
  });

  it("are refused where there is none", async () => {
    const none = openPrometheus(undefined);
    assert.throws(() => none.require(), refused("prometheus_missing"));
    await assert.rejects(none.query("x", context), refused("prometheus_missing"));
    openPrometheus(url).require();
  });

  it("give series over time by color, and what is wrong instead", async () => {
    const series = prometheusSeries(openPrometheus(url));
    const values = [
      [1, "2"],
      [11, "0"],
      [21, "NaN"],
    ];
    const result = [{ metric: { service: "green" }, values }];
    answer = { status: 200, body: JSON.stringify({ status: "success", data: { resultType: "matrix", result } }) };
    const found = await series("production-acme", 60);
    assert.deepEqual(
      [found.source, found.stepSeconds, found.since, found.problem],
      ["prometheus", 20, null, undefined],
    );
    assert.deepEqual(found.series, {
      blue: [],
      green: [
        { at: "1970-01-01T00:00:01.000Z", requestsPerSecond: 2, errorShare: 1, p50: 2, p95: 2 },
        { at: "1970-01-01T00:00:11.000Z", requestsPerSecond: 0, errorShare: null, p50: null, p95: null },
      ],
    });
    assert.equal(asked.length, 4);
    assert.match(
      asked[0]!,
      /^POST \/prometheus\/api\/v1\/query_range sum by \(service\) \(rate\(teal_gateway_requests_total\{namespace="production-acme"/,
    );
    assert.match(
      asked[0]!,
      / or sum by \(service\) \(label_replace\(rate\(envoy_cluster_upstream_rq_xx\{envoy_cluster_name=~"service\/production-acme\//,
    );
    answer = { status: 503, body: "" };
    const away = await series("production-acme", 5);
    assert.deepEqual([away.series.green, away.stepSeconds], [[], 10]);
    assert.match(away.problem!, /it answers 503/);
    answer = { status: 200, body: "{}" };
    assert.match((await series("production-acme", 5)).problem!, /no matrix/);
  });
});
