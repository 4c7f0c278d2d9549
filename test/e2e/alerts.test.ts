import assert from "node:assert/strict";
import type { AlertView } from "../../model/alert.ts";
import type { AttentionView } from "../../model/console/attention.ts";
import type { StatusView } from "../../model/console/status.ts";
import type { EventView, Page } from "../../model/views.ts";
import { TestTeal } from "./teal.ts";

const alertsToken = "what-alertmanager-bears";

describe("alerts, from Alertmanager to where people look", function () {
  this.timeout(180_000);
  let teal: TestTeal;
  before(async () => {
    teal = await new TestTeal({ TEAL_ALERTS_TOKEN: alertsToken }).start();
    for (const version of ["1.0.0", "2.0.0"]) await teal.release(version);
    await teal.ending(await teal.provision("acme", "1.0.0"));
  });
  after(() => teal?.stop());

  const bearer = { authorization: `Bearer ${alertsToken}` };
  const tell = (labels: Record<string, string>, more: object = {}) => {
    const alert = {
      status: "firing",
      labels: { severity: "page", ...labels },
      annotations: { summary: `${labels["alertname"]} is told`, runbook_url: "https://runbooks.example.com/it" },
      startsAt: "2026-01-01T12:00:00Z",
      endsAt: "0001-01-01T00:00:00Z",
      fingerprint: labels["alertname"],
      ...more,
    };
    const call = { version: "4", groupKey: "{}", status: "firing", truncatedAlerts: 0, alerts: [alert] };
    return teal.call("POST", "/v1/alerts", call, bearer);
  };
  const attention = async () => (await teal.accepted<AttentionView>("GET", "/v1/attention")).items;

  it("come with their token only", async () => {
    const refused = await teal.call("POST", "/v1/alerts", { version: "4", status: "firing", alerts: [] });
    assert.deepEqual([refused.status, refused.body["code"]], [401, "unauthorized"]);
    assert.deepEqual((await tell({ alertname: "Watchdog", severity: "none" })).status, 200);
    const { alerts, parts } = await teal.accepted<StatusView>("GET", "/v1/status");
    assert.ok(alerts?.heard);
    assert.equal(parts.find(({ name }) => name === "alertmanager")?.ok, true);
  });

  it("need a person, show on the tenant and with its rollout, which goes on all the same, and come live", async () => {
    const after = (await teal.accepted<Page<EventView>>("GET", "/v1/activity?limit=1")).items[0]!.id;
    const rollout = await teal.rollout("acme", "2.0.0", { bakeSeconds: 3 });
    await teal.when(rollout, "a bake", ({ phase }) => phase === "baking");
    await tell({ alertname: "TenantFails", namespace: "develop-acme", color: "green" });
    await tell({ alertname: "TealFails", namespace: "teal-system", severity: "ticket" });
    const items = await attention();
    assert.deepEqual(
      items.map(({ concern, code, environment, tenant }) => [concern, code, environment, tenant]).toSorted(),
      [
        ["alert", "TealFails", null, null],
        ["alert", "TenantFails", "develop", "acme"],
      ],
    );
    const ofTenant = await teal.accepted<Page<AlertView>>(
      "GET",
      "/v1/alerts?environment=develop&tenant=acme&state=firing",
    );
    assert.deepEqual(
      ofTenant.items.map(({ name, runbook }) => [name, runbook]),
      [["TenantFails", "https://runbooks.example.com/it"]],
    );
    const { items: during } = await teal.accepted<{ items: AlertView[] }>("GET", `/v1/operations/${rollout.id}/alerts`);
    assert.deepEqual(
      during.map(({ name, color }) => [name, color]),
      [["TenantFails", "green"]],
    );
    assert.equal((await teal.ending(rollout)).state, "succeeded");
    const { items: events } = await teal.accepted<Page<EventView>>("GET", `/v1/events?after=${after}&limit=200`);
    const told = events.filter(({ type }) => type === "alert_firing");
    assert.deepEqual(
      told.map(({ environment, tenant }) => [environment, tenant]),
      [
        ["develop", "acme"],
        [null, null],
      ],
    );
  });

  it("go when Alertmanager takes them back, over a crash of Teal", async () => {
    await teal.crash();
    await teal.start();
    assert.equal((await attention()).length, 2);
    const over = { status: "resolved", endsAt: "2026-01-01T13:00:00Z" };
    await tell({ alertname: "TenantFails", namespace: "develop-acme", color: "green" }, over);
    await tell({ alertname: "TealFails", namespace: "teal-system", severity: "ticket" }, over);
    assert.deepEqual(await attention(), []);
    const { items } = await teal.accepted<Page<AlertView>>("GET", "/v1/alerts");
    assert.deepEqual(
      items.map(({ state, endedAt }) => [state, endedAt]),
      [
        ["resolved", "2026-01-01T13:00:00.000Z"],
        ["resolved", "2026-01-01T13:00:00.000Z"],
      ],
    );
  });
});
