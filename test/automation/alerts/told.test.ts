import assert from "node:assert/strict";
import { toldAlert, type ToldAlert } from "../../../automation/alerts/told.ts";
import { alertmanagerCall } from "../../../model/alertmanager.ts";

const environments = ["develop", "production"];
const now = new Date("2026-01-01T12:00:00.000Z");
const zero = "0001-01-01T00:00:00Z";

/** One alert as Alertmanager sends it, read as the API reads it. */
function told(labels: Record<string, string>, more: object = {}): ToldAlert {
  const alert = {
    status: "firing",
    labels,
    annotations: {},
    startsAt: "2026-01-01T11:00:00Z",
    endsAt: zero,
    fingerprint: "f",
  };
  const { alerts } = alertmanagerCall.parse({ version: "4", status: "firing", alerts: [{ ...alert, ...more }] });
  return toldAlert(alerts[0]!, environments, now);
}

describe("what Alertmanager tells of an alert", () => {
  const places: [labels: Record<string, string>, environment: string | null, tenant: string | null][] = [
    [{ namespace: "production-acme" }, "production", "acme"],
    [{ namespace: "production-acme-and-sons" }, "production", "acme-and-sons"],
    [{ namespace: "develop-x" }, "develop", "x"],
    [{ environment: "production", tenant: "acme", namespace: "teal-gateway" }, "production", "acme"],
    [{ environment: "production" }, "production", null],
    [{ environment: "production", tenant: "Not An Id" }, "production", null],
    [{ environment: "elsewhere", tenant: "acme" }, null, null],
    [{ tenant: "acme" }, null, null],
    [{ namespace: "production" }, null, null],
    [{ namespace: "production-" }, null, null],
    [{ namespace: "production-7up" }, "production", null],
    [{ namespace: "teal-system" }, null, null],
    [{ namespace: "kube-system" }, null, null],
    [{}, null, null],
  ];
  for (const [labels, environment, tenant] of places) {
    it(`is about ${tenant ?? "no tenant"} of ${environment ?? "no environment"} by ${JSON.stringify(labels)}`, () => {
      const { environment: e, tenant: t } = told(labels);
      assert.deepEqual([e, t], [environment, tenant]);
    });
  }

  const severities: [string | undefined, string][] = [
    ["page", "critical"],
    ["critical", "critical"],
    ["error", "critical"],
    ["ticket", "warning"],
    ["warning", "warning"],
    ["sev3", "warning"],
    [undefined, "warning"],
    ["info", "info"],
    ["none", "info"],
  ];
  for (const [label, severity] of severities) {
    it(`is ${severity} where its label says ${label}`, () => {
      assert.equal(told(label === undefined ? {} : { severity: label }).severity, severity);
    });
  }

  it("is of a color by its label, or by its deployment's name", () => {
    assert.equal(told({ color: "green" }).color, "green");
    assert.equal(told({ deployment: "blue-web" }).color, "blue");
    assert.equal(told({ color: "red" }).color, null);
    assert.equal(told({ deployment: "blueprint-web" }).color, null);
  });

  it("fires until it is told again, or as long as it says", () => {
    const { endedAt, expiresAt } = told({});
    assert.deepEqual([endedAt, expiresAt], [null, new Date("2026-01-01T13:00:00.000Z")]);
    assert.equal(told({}, { endsAt: undefined }).expiresAt.toISOString(), "2026-01-01T13:00:00.000Z");
    assert.equal(told({}, { endsAt: "2026-01-01T12:04:00Z" }).expiresAt.toISOString(), "2026-01-01T12:04:00.000Z");
    assert.equal(told({}, { endsAt: "2026-01-01T11:59:00Z" }).expiresAt.toISOString(), "2026-01-01T13:00:00.000Z");
  });

  it("is over when Alertmanager says so, and never in the time to come", () => {
    const over = (endsAt: string) => told({}, { status: "resolved", endsAt }).endedAt?.toISOString();
    assert.equal(over("2026-01-01T11:30:00+00:00"), "2026-01-01T11:30:00.000Z");
    assert.equal(over("2026-01-01T12:30:00Z"), now.toISOString());
    assert.equal(over(zero), now.toISOString());
  });

  it("says what it is by its annotations, or by its name", () => {
    assert.equal(told({ alertname: "Full" }).summary, "Full");
    assert.equal(told({}).name, "unnamed");
    const annotations = { summary: "It is full", description: "99%", runbook_url: "https://runbooks.example.com/full" };
    const { summary, description, runbook } = told({ alertname: "Full" }, { annotations });
    assert.deepEqual({ summary, description, runbook_url: runbook }, annotations);
    const { summary: old, description: text } = told({}, { annotations: { message: "as of old" } });
    assert.deepEqual([old, text], ["as of old", "as of old"]);
  });

  it("leads nowhere but to pages", () => {
    for (const url of [
      "javascript:alert(1)",
      "data:text/html,x",
      "/graph",
      "",
      "https://a:b@example.com/",
      "x".repeat(3000),
    ]) {
      const { runbook, generator } = told({}, { annotations: { runbook_url: url }, generatorURL: url });
      assert.deepEqual([runbook, generator], [null, null], url.slice(0, 40));
    }
    assert.equal(told({}, { generatorURL: "http://prometheus:9090/graph" }).generator, "http://prometheus:9090/graph");
  });

  it("is kept within bounds, however much is said", () => {
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`l${i}`, "x".repeat(5000)]));
    const { labels, summary, description, name } = told(
      { alertname: "n".repeat(5000), ...many },
      { annotations: { summary: "😀".repeat(3000), description: "d".repeat(9000) } },
    );
    assert.equal(Object.keys(labels).length, 40);
    assert.ok(Object.values(labels).every((value) => value.length <= 300));
    assert.deepEqual([summary.length, description?.length, name.length], [500, 2000, 200]);
    assert.ok(summary.isWellFormed());
  });
});

describe("Alertmanager's webhook", () => {
  const good = {
    receiver: "teal",
    status: "firing",
    version: "4",
    groupKey: "{}:{}",
    truncatedAlerts: 0,
    groupLabels: {},
    commonLabels: {},
    commonAnnotations: {},
    externalURL: "http://alertmanager:9093",
    alerts: [],
  };
  const alert = {
    status: "firing",
    labels: {},
    annotations: {},
    startsAt: "2026-01-01T00:00:00.5+01:00",
    endsAt: zero,
    fingerprint: "f",
  };

  it("is taken as it comes, whatever else newer ones say", () => {
    assert.deepEqual(alertmanagerCall.parse({ ...good, alerts: [{ ...alert, values: { A: 1 } }] }).alerts.length, 1);
    assert.equal(alertmanagerCall.parse({ version: "4", status: "resolved", alerts: [] }).truncatedAlerts, 0);
  });

  const refused: [what: object, path: string][] = [
    [{ ...good, version: "3" }, "version"],
    [{ ...good, version: 4 }, "version"],
    [{ ...good, status: "unknown" }, "status"],
    [{ ...good, alerts: undefined }, "alerts"],
    [{ ...good, alerts: {} }, "alerts"],
    [{ ...good, alerts: Array.from({ length: 501 }, () => alert) }, "alerts"],
    [{ ...good, alerts: [{ ...alert, status: "suppressed" }] }, "alerts.0.status"],
    [{ ...good, alerts: [{ ...alert, startsAt: "yesterday" }] }, "alerts.0.startsAt"],
    [{ ...good, alerts: [{ ...alert, endsAt: 5 }] }, "alerts.0.endsAt"],
    [{ ...good, alerts: [{ ...alert, fingerprint: undefined }] }, "alerts.0.fingerprint"],
    [{ ...good, alerts: [{ ...alert, fingerprint: "" }] }, "alerts.0.fingerprint"],
    [{ ...good, alerts: [{ ...alert, labels: { a: 1 } }] }, "alerts.0.labels.a"],
    [{ ...good, alerts: [{ ...alert, annotations: ["a"] }] }, "alerts.0.annotations"],
    [{ ...good, truncatedAlerts: -1 }, "truncatedAlerts"],
  ];
  for (const [call, path] of refused) {
    it(`is refused with a wrong ${path}: ${JSON.stringify(call).slice(-60)}`, () => {
      const { error } = alertmanagerCall.safeParse(call);
      assert.deepEqual(
        error?.issues.map((issue) => issue.path.join(".")),
        [path],
      );
    });
  }
});
