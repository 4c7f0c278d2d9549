import assert from "node:assert/strict";
import { sql } from "kysely";
import { lapseTold } from "../../../automation/alerts/keep.ts";
import { pruneAlerts } from "../../../automation/ledger/alerts/lapse.ts";
import { reportWorker } from "../../../automation/ledger/workers/report.ts";
import { alertmanagerCall, type AlertmanagerCall } from "../../../model/alertmanager.ts";
import { statusView } from "../../../model/console/status.ts";
import { call, happen, openHarness, provisioned, run, tenant, type Harness } from "../harness.ts";

const production = "production";
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

interface Given {
  name?: string;
  labels?: Record<string, string>;
  startsAt?: string;
  endsAt?: string;
  resolved?: boolean;
}

function alert({ name = "TenantFails", labels = {}, startsAt = minutesAgo(10), endsAt, resolved = false }: Given) {
  const all: Record<string, string> = { alertname: name, severity: "page", ...labels };
  return {
    status: resolved ? "resolved" : "firing",
    labels: all,
    annotations: { summary: `${name} of ${all["namespace"] ?? "the platform"}`, description: "25% fail." },
    startsAt,
    endsAt: endsAt ?? (resolved ? new Date().toISOString() : "0001-01-01T00:00:00Z"),
    generatorURL: "https://prometheus.example.com/graph",
    fingerprint: `${name}.${all["namespace"] ?? ""}.${all["color"] ?? ""}`,
  };
}

function told(...alerts: object[]): AlertmanagerCall {
  return alertmanagerCall.parse({ version: "4", status: "firing", alerts });
}

describe("alerts", () => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await openHarness({ listensToAlertmanager: true });
    await provisioned(harness, tenant("acme"));
  });
  afterEach(() => harness.close());

  const take = (...alerts: object[]) => harness.automation.alerts.take(told(...alerts), { actor: "alertmanager" });
  const list = async (filter: object = {}) => (await harness.automation.alerts.list(filter, { limit: 50 })).items;
  const attention = async (environment?: string) =>
    (await harness.automation.overview.attention(environment ? { environment } : {}, { limit: 50 })).items;
  const events = async () =>
    (await harness.automation.overview.activity({ types: ["alert_firing", "alert_over"] }, { limit: 50 })).items;
  const acme = { namespace: "production-acme", color: "green" };

  it("are kept, shown and told once, however often and by however many they come", async () => {
    const one = alert({ labels: acme });
    const answers = await Promise.all([take(one), take(one), take(one, one)]);
    assert.deepEqual(
      answers.map(({ firing }) => firing),
      [1, 1, 2],
    );
    const kept = await list();
    assert.equal(kept.length, 1);
    const { name, severity, state, environment, tenant: id, color, since, summary, generator, runbook } = kept[0]!;
    assert.deepEqual(
      { name, severity, state, environment, id, color, since, summary, generator, runbook },
      {
        name: "TenantFails",
        severity: "critical",
        state: "firing",
        environment: production,
        id: "acme",
        color: "green",
        since: one.startsAt,
        summary: "TenantFails of production-acme",
        generator: "https://prometheus.example.com/graph",
        runbook: null,
      },
    );
    assert.deepEqual(
      (await events()).map(({ type, environment: where, tenant: whose, actor, data }) => [
        type,
        where,
        whose,
        actor,
        data["alert"],
      ]),
      [["alert_firing", production, "acme", null, kept[0]!.id]],
    );
  });

  it("need a person while they fire, be they a tenant's, an environment's or the platform's", async () => {
    await take(
      alert({ labels: acme }),
      alert({ name: "Gone", labels: { namespace: "production-nobody" } }),
      alert({ name: "TealSlow", labels: { severity: "ticket", namespace: "teal-system" } }),
      alert({ name: "JustSaying", labels: { severity: "info" } }),
      alert({ name: "Elsewhere", labels: { environment: "develop" } }),
    );
    const shown = (await attention(production)).map((item) => [item.concern, item.code, item.environment, item.tenant]);
    assert.deepEqual(
      shown.sort((a, b) => String(a[1]).localeCompare(String(b[1]))),
      [
        ["alert", "Gone", production, null],
        ["alert", "TealSlow", null, null],
        ["alert", "TenantFails", production, "acme"],
      ],
    );
    const order = (await attention()).map(({ alert: one }) => one?.severity);
    assert.deepEqual(order, ["critical", "critical", "critical", "warning"]);
    const item = (await attention()).find(({ tenant: id }) => id === "acme")!;
    assert.deepEqual(
      [item.id, item.message, item.evidence[0]?.text],
      [`alert:${item.alert!.id}`, item.alert!.summary, "25% fail."],
    );
    assert.equal(item.deadline, null);
    assert.deepEqual(item.actions, []);
    const { counts } = await harness.automation.overview.attention({}, { limit: 1 });
    assert.equal(counts.alert, 4);
    assert.equal((await list({ environment: production, tenant: "acme" })).length, 1);
  });

  it("are over when Alertmanager says so, and late copies don't raise them again", async () => {
    const one = alert({ labels: acme });
    await take(one);
    const endsAt = minutesAgo(1);
    assert.deepEqual(await take({ ...one, status: "resolved", endsAt }), { firing: 0, ended: 1, refused: 0 });
    await take({ ...one, status: "resolved", endsAt });
    await take(one);
    const [kept, ...others] = await list();
    assert.deepEqual([kept?.state, kept?.endedAt, others], ["resolved", endsAt, []]);
    assert.deepEqual(await attention(), []);
    assert.deepEqual(
      (await events()).map(({ type }) => type),
      ["alert_over", "alert_firing"],
    );
    await take(alert({ labels: acme, startsAt: minutesAgo(0) }));
    assert.deepEqual(
      (await list()).map(({ state }) => state),
      ["firing", "resolved"],
    );
    assert.equal((await list({ states: ["firing"] })).length, 1);
  });

  it("end unheard when the same fires anew", async () => {
    await take(alert({ labels: acme, startsAt: minutesAgo(30) }));
    await take(alert({ labels: acme, startsAt: minutesAgo(5) }));
    assert.deepEqual(
      (await list()).map(({ state }) => state),
      ["firing", "resolved"],
    );
    assert.deepEqual(
      (await events()).map(({ type }) => type),
      ["alert_firing", "alert_over", "alert_firing"],
    );
  });

  it("count as over where nobody renews them, and fire on where somebody does after all", async () => {
    const one = alert({ labels: acme });
    await take(one, alert({ name: "Other" }));
    await harness.ledger.transaction(lapseTold);
    assert.equal((await attention()).length, 2);
    await harness.ledger.read((db) =>
      sql`update teal.alerts set expires_at = now() - interval '1 second' where name = 'TenantFails'`.execute(db),
    );
    await harness.ledger.transaction(lapseTold);
    await harness.ledger.transaction(lapseTold);
    assert.deepEqual((await list()).map(({ name, state }) => [name, state]).sort(), [
      ["Other", "firing"],
      ["TenantFails", "lapsed"],
    ]);
    assert.match((await events())[0]!.message, /went silent/);
    await take(one);
    assert.equal((await list({ tenant: "acme" }))[0]?.state, "firing");
    assert.equal((await events()).length, 4);
  });

  it("are forgotten after 30 days, with what was told of them, and nothing else is", async () => {
    const one = alert({ labels: acme });
    await take(one, { ...one, status: "resolved", endsAt: minutesAgo(1) }, alert({ name: "Old" }));
    const before = (await harness.automation.overview.activity({}, { limit: 100 })).items.length;
    await harness.ledger.read(async (db) => {
      await sql`update teal.alerts set ended_at = now() - interval '31 days' where ended_at is not null`.execute(db);
      await sql`update teal.events set at = now() - interval '31 days'`.execute(db);
    });
    await harness.ledger.transaction(pruneAlerts);
    assert.deepEqual(
      (await list()).map(({ name, state }) => [name, state]),
      [["Old", "firing"]],
    );
    assert.equal((await harness.automation.overview.activity({}, { limit: 100 })).items.length, before - 3);
  });

  it("are refused, and said to be, where 2000 fire already", async () => {
    await harness.ledger.read((db) =>
      sql`insert into teal.alerts (fingerprint, starts_at, name, severity, summary, labels, expires_at)
        select i::text, now(), 'Many', 'info', 'x', '{}', now() + interval '1 hour' from generate_series(1, 2000) i`.execute(
        db,
      ),
    );
    assert.deepEqual(await take(alert({})), { firing: 0, ended: 0, refused: 1 });
    await take({
      ...alert({ name: "Many" }),
      fingerprint: "7",
      status: "resolved",
      endsAt: new Date(Date.now() + 9e5).toISOString(),
    });
    assert.deepEqual(await take(alert({})), { firing: 1, ended: 0, refused: 0 });
  });

  it("come page by page", async () => {
    await take(alert({ name: "A" }), alert({ name: "B", startsAt: minutesAgo(5) }));
    const { alerts } = harness.automation;
    const first = await alerts.list({}, { limit: 1 });
    const second = await alerts.list({}, { limit: 1, cursor: first.next! });
    assert.deepEqual([first.items[0]?.name, second.items[0]?.name, second.next], ["B", "A", undefined]);
    await assert.rejects(alerts.list({ environment: "nowhere" }, { limit: 1 }), { code: "environment_not_found" });
  });

  it("of the new color are shown with the rollout that brings it, and change nothing of it", async () => {
    const { tenants, operations, alerts } = harness.automation;
    const critical = alert({ labels: acme, startsAt: minutesAgo(1) });
    await take(alert({ name: "Before", labels: acme, startsAt: minutesAgo(50) }));
    await take(
      alert({ name: "Before", labels: acme, startsAt: minutesAgo(50), resolved: true, endsAt: minutesAgo(40) }),
    );
    const { id } = await tenants.rollout(production, "acme", { release: "2.0.0" }, call);
    const claim = await run(harness.ledger, id, "baking");
    const before = await operations.get(id);
    await take(
      critical,
      alert({ labels: { ...acme, color: "blue" } }),
      alert({ name: "TenantSlow", labels: { ...acme, severity: "ticket" } }),
      alert({ name: "TenantFails", labels: { namespace: "production-other", color: "green" } }),
    );
    assert.deepEqual(
      (await alerts.during(id)).map(({ name, color }) => [name, color]),
      [["TenantFails", "green"]],
    );
    assert.deepEqual(await operations.get(id), before);
    await happen(harness.ledger, claim, "passed");
    await harness.ledger.releaseLeasesOf("test");
    await run(harness.ledger, id);
    await take({ ...critical, status: "resolved", endsAt: new Date().toISOString() });
    await take(alert({ name: "After", labels: acme, startsAt: new Date(Date.now() + 60_000).toISOString() }));
    assert.deepEqual(
      (await alerts.during(id)).map(({ name, state }) => [name, state]),
      [["TenantFails", "resolved"]],
    );
    await assert.rejects(alerts.during(crypto.randomUUID()), { code: "operation_not_found" });
  });
});

describe("Alertmanager's own being", () => {
  const watchdog = (more: object = {}) => ({ ...alert({ name: "Watchdog", labels: { severity: "none" } }), ...more });
  const statusOf = async ({ automation }: Harness) => statusView.parse(await automation.overview.status());
  const partOf = async (harness: Harness) =>
    (await statusOf(harness)).parts.find(({ name }) => name === "alertmanager");
  const heardAgo = ({ ledger }: Harness, minutes: number) =>
    ledger.read((db) =>
      sql`update teal.installation set value = ${minutesAgo(minutes)} where key = 'alertmanager_heard'`.execute(db),
    );

  it("is no matter where no token is set", async () => {
    const harness = await openHarness();
    assert.equal(await partOf(harness), undefined);
    assert.equal((await statusOf(harness)).alerts, null);
    await harness.close();
  });

  it("is known by its watchdog, which is no alert, and not by other alerts", async () => {
    const harness = await openHarness({ listensToAlertmanager: true });
    const { alerts } = harness.automation;
    assert.deepEqual((await statusOf(harness)).alerts, { heard: null, firing: 0 });
    await alerts.take(told(alert({})), { actor: "alertmanager" });
    await alerts.take(told(watchdog({ status: "resolved" })), { actor: "alertmanager" });
    assert.deepEqual((await statusOf(harness)).alerts, { heard: null, firing: 1 });
    await alerts.take(told(watchdog()), { actor: "alertmanager" });
    const { heard, firing } = (await statusOf(harness)).alerts!;
    assert.ok(heard !== null && Date.now() - Date.parse(heard) < 60_000);
    assert.equal(firing, 1);
    assert.deepEqual(
      (await alerts.list({}, { limit: 9 })).items.map(({ name }) => name),
      ["TenantFails"],
    );
    await harness.close();
  });

  it("is told to be silent once nothing came for minutes, and since when", async () => {
    let clock = 0;
    const { now } = Date;
    const harness = await openHarness({ listensToAlertmanager: true });
    try {
      Date.now = () => now() + clock;
      await harness.ledger.read((db) => reportWorker(db, "a", "1"));
      await harness.automation.alerts.take(told(watchdog()), { actor: "alertmanager" });
      assert.equal((await partOf(harness))?.ok, true);
      // Teal itself may just have been started: Alertmanager is given the time to be heard.
      await heardAgo(harness, 90);
      assert.equal((await partOf(harness))?.ok, true);
      clock = 6 * 60_000;
      const silent = await partOf(harness);
      assert.equal(silent?.ok, false);
      assert.match(silent?.problem ?? "", /watchdog last came .*alerts may be missing/);
      assert.equal((await statusOf(harness)).ok, false);
      assert.ok(Date.parse(silent!.since) < now() - 80 * 60_000);
    } finally {
      Date.now = now;
      await harness.close();
    }
  });
});
