import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Figure } from "../../model/analysis.ts";
import { keepVisiting, TestTeal } from "./teal.ts";

describe("analysis of a step", function () {
  this.timeout(120_000);
  let teal: TestTeal;
  let prometheus: Server;
  let asked: string[];
  /** What the query gives of a color; null: Prometheus is away. */
  let says: ((color: string) => number) | null;

  before(async () => {
    prometheus = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        const query = new URLSearchParams(body).get("query")!;
        asked.push(query);
        if (says === null) return response.writeHead(503).end();
        const value = [1, String(says(/color="(\w+)"/.exec(query)![1]!))];
        const data = { resultType: "vector", result: [{ metric: {}, value }] };
        return response.end(JSON.stringify({ status: "success", data }));
      });
    }).listen(0, "127.0.0.1");
    await new Promise((ready) => prometheus.once("listening", ready));
    const url = `http://127.0.0.1:${(prometheus.address() as AddressInfo).port}`;
    teal = await new TestTeal({ TEAL_PROMETHEUS_URL: url }).start();
    await teal.release("1.0.0");
    const version = { path: "/version", matches: "^2\\.0" };
    await teal.release("2.0.0", { checks: [{ path: "/", maxMilliseconds: 5000, json: [version] }] });
    await teal.release("3.0.0", { checks: [{ path: "/", json: [version] }] });
    await teal.release("2.1.0-slow", { checks: [{ path: "/healthz" }] });
    assert.equal((await teal.ending(await teal.provision("acme", "1.0.0"))).state, "succeeded");
  });
  beforeEach(() => (asked = []));
  after(async () => {
    prometheus.close();
    prometheus.closeAllConnections();
    await teal.stop();
  });

  it("begins only where what came is what the release's checks say", async () => {
    const end = await teal.ending(await teal.rollout("acme", "3.0.0"));
    assert.deepEqual([end.state, end.outcome?.code], ["rolled-back", "check_failed"]);
    assert.match(end.outcome!.message, /JSON at "\/version" was "3.0.0", expected to match/);
  });

  const figuresOf = async (id: string) =>
    (await teal.events(id)).flatMap((event) => (event.data["figures"] ?? []) as Figure[]);

  it("rolls a release back that only real traffic finds slow", async () => {
    const analysis = [{ name: "slow-answers", metric: "p95", max: 1, maxRatio: 2 }];
    const policy = { analysis, minRequests: 5, steps: [50, 100], bakeSeconds: 60 };
    const rollout = await teal.rollout("acme", "2.1.0-slow", policy);
    await teal.when(rollout, "traffic to move", (o) => o.phase === "baking");
    const visits = [1, 2, 3, 4].map(() => keepVisiting(teal, "acme"));
    const end = await teal.ending(rollout);
    for (const visit of visits) assert.deepEqual((await visit.stop()).failures, []);
    assert.deepEqual([end.state, end.outcome?.code], ["rolled-back", "analysis_failed"], JSON.stringify(end));
    assert.match(end.outcome!.message, /slow-answers/);
    const shown = end.outcome!.evidence.find(({ figure }) => figure?.check === "slow-answers")!.figure!;
    assert.deepEqual([shown.verdict, shown.limit], ["bad", { max: 1, maxRatio: 2 }]);
    assert.ok(shown.new.value! > 1 && shown.new.value! <= 2.5 && shown.new.requests! >= 5, JSON.stringify(shown));
    assert.ok(shown.old.value! < 0.5 && shown.old.requests! >= 5, JSON.stringify(shown));
    const checks = new Set((await figuresOf(rollout.id)).map(({ check }) => check));
    assert.deepEqual([...checks], ["errors", "slow-answers"]);
  });

  const orders = {
    name: "orders",
    metric: { promql: 'orders{namespace="{{namespace}}",color="{{color}}"}[{{seconds}}s]' },
    max: 10,
    minRequests: 1,
  };

  it("goes by what Prometheus says, and waits while it is away", async () => {
    says = null;
    const analysis = { analysis: [orders], minRequests: 1, steps: [100], bakeSeconds: 2 };
    const visits = keepVisiting(teal, "acme");
    const rollout = await teal.rollout("acme", "2.0.0", analysis);
    const waiting = await teal.when(rollout, "trouble", (o) => o.outcome?.code === "prometheus_unreachable");
    assert.deepEqual([waiting.phase, waiting.state, waiting.outcome?.cause], ["baking", "waiting", "platform"]);
    says = () => 3;
    const end = await teal.ending(rollout);
    await visits.stop();
    assert.equal(end.state, "succeeded", JSON.stringify(end));
    const figure = (await figuresOf(rollout.id)).find(({ check }) => check === "orders")!;
    assert.deepEqual([figure.metric, figure.new.value, figure.old.value, figure.verdict], ["promql", 3, 3, "good"]);
    assert.match(asked[0]!, /^orders\{namespace="develop-acme",color="(blue|green)"\}\[\d+s\]$/);
  });

  it("rolls back by a figure that breaks its limit", async () => {
    const live = (await teal.tenant("acme")).live;
    says = (color) => (color === live ? 3 : 11);
    const visits = keepVisiting(teal, "acme");
    const analysis = { analysis: [orders], minRequests: 1, steps: [50, 100], bakeSeconds: 30 };
    const end = await teal.ending(await teal.rollout("acme", "1.0.0", analysis));
    await visits.stop();
    assert.deepEqual([end.state, end.outcome?.code], ["rolled-back", "analysis_failed"], JSON.stringify(end));
    assert.match(JSON.stringify(end.outcome!.evidence), /11 of \d+ requests.*old color.*: 3 of/);
  });
});
