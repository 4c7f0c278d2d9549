import assert from "node:assert/strict";
import { assertProblem } from "./support/assertProblem.ts";
import { startServer, type Server } from "./support/harness.ts";
import { operationId } from "./support/views.ts";

const path = "/v1/alerts";
const token = "the-token-of-teal-itself";
const alertsToken = "the-token-of-alertmanager";
const alert = {
  status: "firing",
  labels: { alertname: "TenantFails" },
  annotations: {},
  startsAt: "2026-01-01T00:00:00Z",
  endsAt: "0001-01-01T00:00:00Z",
  fingerprint: "f",
};
const json = { receiver: "teal", version: "4", groupKey: "{}", status: "firing", truncatedAlerts: 0, alerts: [alert] };
const bearing = (one: string) => ({ authorization: `Bearer ${one}` });

describe("the endpoint that takes alerts", () => {
  let server: Server;
  before(async () => {
    server = await startServer({ token, alertsToken });
  });
  after(() => server.close());
  beforeEach(() => void (server.automation.calls.length = 0));

  it("takes its own token and no other", async () => {
    for (const at of [path, `${path}/`]) {
      for (const headers of [
        {},
        bearing("wrong"),
        bearing(token),
        bearing(`${alertsToken}x`),
        { authorization: alertsToken },
      ]) {
        const answer = await server.call("POST", at, { json, headers });
        assertProblem(answer, "unauthorized");
        assert.equal(answer.headers["www-authenticate"], 'Bearer realm="teal alerts"');
      }
    }
    assert.equal(server.automation.calls.length, 0);
    const { status, body } = await server.call("POST", path, { json, headers: bearing(alertsToken) });
    assert.deepEqual([status, body], [200, { firing: 1, ended: 0, refused: 0 }]);
    assert.equal(server.lines.join("").includes(alertsToken), false);
  });

  it("is all that this token is good for", async () => {
    const headers = bearing(alertsToken);
    const others: [string, string][] = [
      ["GET", path],
      ["HEAD", path],
      ["PUT", path],
      ["DELETE", path],
      ["POST", "/v1/alerts/x"],
      ["POST", "/v1/alertsx"],
      ["POST", "/v1//alerts"],
      ["POST", "/v1/environments/production/stop"],
      ["POST", "/v1/environments/production/tenants"],
      ["GET", "/v1/environments"],
      ["GET", "/v1/attention"],
      ["GET", `/v1/operations/${operationId}/alerts`],
      ["GET", "/metrics"],
      ["GET", "/v1/openapi.json"],
    ];
    for (const [method, at] of others) {
      const { status } = await server.call(method, at, { headers, ...(method === "POST" && { json }) });
      assert.equal(status, 401, `${method} ${at}`);
    }
    assert.equal(server.automation.calls.length, 0);
  });

  it("acts as alertmanager, whoever says otherwise", async () => {
    await server.call("POST", path, { json, headers: { ...bearing(alertsToken), "teal-actor": "ann" } });
    assert.deepEqual(server.automation.calls[0]?.args[1], { actor: "alertmanager" });
  });

  it("refuses what is none of Alertmanager's, with what was expected", async () => {
    const headers = bearing(alertsToken);
    const post = (given: unknown) => server.call("POST", path, { json: given, headers });
    const { errors } = assertProblem(await post({ ...json, version: "3" }), "invalid_input");
    assert.equal((errors as { pointer: string }[])[0]?.pointer, "/version");
    assertProblem(await post({ ...json, alerts: [{ ...alert, startsAt: "now" }] }), "invalid_input");
    assertProblem(await post({ ...json, alerts: Array.from({ length: 501 }, () => alert) }), "invalid_input");
    assertProblem(await post({ ...json, groupKey: "x".repeat(300_000) }), "payload_too_large");
    assertProblem(
      await server.call("POST", path, { body: "{", headers: { ...headers, "content-type": "application/json" } }),
      "invalid_json",
    );
    assert.equal(server.automation.calls.length, 0);
  });

  it("says in the log what Alertmanager left out", async () => {
    await server.call("POST", path, { json: { ...json, truncatedAlerts: 7 }, headers: bearing(alertsToken) });
    assert.ok(server.lines.some((line) => line.includes('"truncated":7')));
  });

  it("is listed for whoever may read, by what one asks for", async () => {
    const headers = bearing(token);
    const { status, body } = await server.call(
      "GET",
      `${path}?environment=production&tenant=acme&state=firing,lapsed`,
      { headers },
    );
    assert.deepEqual([status, (body?.["items"] as object[]).length], [200, 1]);
    const filter = { environment: "production", tenant: "acme", states: ["firing", "lapsed"] };
    assert.deepEqual(server.automation.calls.at(-1)?.args, [filter, { limit: 50 }]);
    assertProblem(await server.call("GET", `${path}?state=quiet`, { headers }), "invalid_input");
    const during = await server.call("GET", `/v1/operations/${operationId}/alerts`, { headers });
    assert.equal((during.body?.["items"] as object[]).length, 1);
    const other = await server.call("GET", `/v1/operations/${crypto.randomUUID()}/alerts`, { headers });
    assertProblem(other, "operation_not_found");
  });
});

describe("the endpoint that takes alerts, while nothing is set up", () => {
  for (const change of [{}, { token }]) {
    it(`says so plainly, ${JSON.stringify(change)}`, async () => {
      const server = await startServer(change);
      try {
        for (const headers of [{}, bearing(alertsToken), bearing(token)]) {
          const { detail } = assertProblem(await server.call("POST", path, { json, headers }), "alerts_off");
          assert.match(String(detail), /TEAL_ALERTS_TOKEN is not set/);
        }
        assert.equal(server.automation.calls.length, 0);
      } finally {
        await server.close();
      }
    });
  }
});
