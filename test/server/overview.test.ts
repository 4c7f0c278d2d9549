import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { activityItem } from "../../model/console/activity.ts";
import { adoptionView } from "../../model/console/adoption.ts";
import { attentionView } from "../../model/console/attention.ts";
import { calendarView } from "../../model/console/calendar.ts";
import { fleetView, skewView } from "../../model/console/fleet.ts";
import { outputView } from "../../model/console/output.ts";
import { logsView, podsView } from "../../model/console/pods.ts";
import { stackView } from "../../model/console/stack.ts";
import { statusView } from "../../model/console/status.ts";
import { trafficView } from "../../model/console/traffic.ts";
import { operationView, pageOf } from "../../model/views.ts";
import { startServer, type Server } from "./support/harness.ts";
import { operationId } from "./support/views.ts";

const E = "/v1/environments/production";

describe("routes of the overview and of a tenant's inside", () => {
  let server: Server;
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(() => server.close());

  const asked = () => server.automation.calls.at(-1)?.args;
  const get = (path: string, headers?: Record<string, string>) => server.call("GET", path, headers ? { headers } : {});
  const refused = async (...paths: string[]) => {
    for (const path of paths) {
      const answer = await get(path);
      assert.deepEqual([answer.status, answer.body?.code], [400, "invalid_input"], path);
    }
  };

  it("say what needs a person", async () => {
    attentionView.parse((await get("/v1/attention")).body);
    assert.deepEqual(asked(), [{}, { limit: 50 }]);
    await get("/v1/attention?environment=develop&limit=7&cursor=abc");
    assert.deepEqual(asked(), [{ environment: "develop" }, { limit: 7, cursor: "abc" }]);
    await refused("/v1/attention?limit=201", "/v1/attention?tenant=acme");
  });

  it("take note of what ended badly, with a reason", async () => {
    const path = `/v1/operations/${operationId}/acknowledge`;
    const answer = await server.call("POST", path, { json: { reason: "known" }, headers: { "teal-actor": "ann" } });
    assert.equal(answer.status, 200);
    assert.deepEqual(operationView.parse(answer.body).acknowledged?.by, "ann");
    assert.deepEqual(asked(), [operationId, { actor: "ann", reason: "known" }]);
    assert.equal((await server.call("POST", path, { json: {} })).status, 400);
  });

  it("say how Teal is, with 200 where it isn't well", async () => {
    const answer = await get("/v1/status");
    assert.equal(answer.status, 200);
    assert.equal(statusView.parse(answer.body).ok, false);
  });

  it("give the fleet with an ETag, and 304 without a body where it is known", async () => {
    const whole = await get(`${E}/fleet`);
    assert.equal(fleetView.parse(whole.body).items.length, 1);
    assert.equal(whole.headers.etag, '"f1c0"');
    assert.deepEqual(asked(), ["production", { limit: 10_000 }, undefined]);
    for (const tag of ['"f1c0"', 'W/"f1c0"']) {
      const known = await get(`${E}/fleet?limit=5`, { "if-none-match": tag });
      assert.deepEqual([known.status, known.text, known.headers.etag], [304, "", '"f1c0"']);
      assert.deepEqual(asked(), ["production", { limit: 5 }, "f1c0"]);
    }
    assert.equal((await get(`${E}/fleet`, { "if-none-match": '"0ther"' })).status, 200);
    assert.equal((await get(`${E}/fleet`, { "if-none-match": "*" })).status, 200);
    await refused(`${E}/fleet?limit=10001`);
  });

  it("compress what is long where the client takes it", async () => {
    server.automation.fleetSize = 1000;
    const plain = await get(`${E}/fleet`);
    assert.deepEqual([plain.headers["content-encoding"], plain.headers.vary], [undefined, "Accept-Encoding"]);
    const { port } = server;
    const answer = await fetch(`http://127.0.0.1:${port}${E}/fleet`, { headers: { "accept-encoding": "gzip" } });
    assert.equal(answer.headers.get("content-encoding"), "gzip");
    assert.ok(Number(answer.headers.get("content-length")) < plain.text.length / 5);
    assert.deepEqual(await answer.json(), plain.body);
    assert.throws(() => gunzipSync(plain.text));
    const short = await fetch(`http://127.0.0.1:${port}${E}/skew`, { headers: { "accept-encoding": "gzip" } });
    assert.equal(short.headers.get("content-encoding"), null);
    skewView.parse(await short.json());
  });

  it("say what is due, two weeks from now or between two moments", async () => {
    calendarView.parse((await get(`${E}/calendar`)).body);
    const { from, to } = asked()?.[1] as { from: Date; to: Date };
    assert.equal(to.getTime() - from.getTime(), 14 * 86_400_000);
    await get(`${E}/calendar?from=2026-12-01T00:00:00%2B01:00&to=2027-01-01T00:00:00Z`);
    assert.deepEqual(asked()?.[1], { from: new Date("2026-11-30T23:00:00Z"), to: new Date("2027-01-01T00:00:00Z") });
    await refused(
      `${E}/calendar?from=tomorrow`,
      `${E}/calendar?from=2026-12-02T00:00:00Z&to=2026-12-01T00:00:00Z`,
      `${E}/calendar?from=2026-01-01T00:00:00Z&to=2026-12-01T00:00:00Z`,
    );
  });

  it("say who did what", async () => {
    pageOf(activityItem).parse((await get("/v1/activity")).body);
    assert.deepEqual(asked(), [{}, { limit: 50 }]);
    const filter = `environment=production&tenant=acme&operation=${operationId}&actor=ann&type=requested,accepted`;
    await get(`/v1/activity?${filter}&phase=failed&people=true&since=2026-01-01T00:00:00Z&limit=3&cursor=abc`);
    const expected = {
      environment: "production",
      tenant: "acme",
      operation: operationId,
      actor: "ann",
      types: ["requested", "accepted"],
      phases: ["failed"],
      people: true,
      since: new Date("2026-01-01T00:00:00Z"),
    };
    assert.deepEqual(asked(), [expected, { limit: 3, cursor: "abc" }]);
    await refused("/v1/activity?type=", "/v1/activity?type=A", "/v1/activity?phase=x", "/v1/activity?people=1");
  });

  it("show a tenant's traffic, pods, logs and stack", async () => {
    trafficView.parse((await get(`${E}/tenants/acme/traffic`)).body);
    assert.deepEqual(asked(), ["production", "acme", 30]);
    await refused(`${E}/tenants/acme/traffic?minutes=0`, `${E}/tenants/acme/traffic?minutes=1441`);
    podsView.parse((await get(`${E}/tenants/acme/pods`)).body);
    logsView.parse((await get(`${E}/tenants/acme/logs`)).body);
    assert.deepEqual(asked(), ["production", "acme", { lines: 100, previous: false }]);
    await get(`${E}/tenants/acme/logs?color=green&pod=green-web-7d&container=app&previous=true&lines=5`);
    const wanted = { color: "green", pod: "green-web-7d", container: "app", previous: true, lines: 5 };
    assert.deepEqual(asked(), ["production", "acme", wanted]);
    const gone = await get(`${E}/tenants/acme/logs?pod=gone`);
    assert.deepEqual([gone.status, gone.body?.code], [404, "pod_not_found"]);
    await refused(
      `${E}/tenants/acme/logs?lines=1001`,
      `${E}/tenants/acme/logs?color=red`,
      `${E}/tenants/acme/logs?pod=../secrets`,
      `${E}/tenants/acme/logs?container=a/b`,
    );
    stackView.parse((await get(`${E}/tenants/acme/stack`)).body);
  });

  it("give an operation's output and a release's adoption", async () => {
    outputView.parse((await get(`/v1/operations/${operationId}/output`)).body);
    adoptionView.parse((await get(`${E}/releases/1.0.0/adoption?limit=3`)).body);
    assert.deepEqual(asked(), ["production", "1.0.0", 3]);
    assert.equal((await get(`${E}/releases/9/adoption`)).status, 404);
  });

  it("filter tenants and operations", async () => {
    await get(`${E}/tenants?q=%20Shop.example%20&release=1.0.0&tier=large&ring=0`);
    assert.deepEqual(asked()?.[1], { limit: 50, q: "Shop.example", release: "1.0.0", tier: "large", ring: 0 });
    await refused(`${E}/tenants?q=`, `${E}/tenants?tier=huge`, `${E}/tenants?ring=100`, `${E}/tenants?q=%00`);
    await get("/v1/operations?state=running,waiting&kind=rollout");
    assert.deepEqual(asked()?.[0], { state: ["running", "waiting"], kind: ["rollout"] });
    await refused("/v1/operations?state=running,gone", "/v1/operations?kind=");
  });
});
