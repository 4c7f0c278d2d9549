import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { dashboards, grafana, queriesOf } from "../../../platform/monitoring/dashboards.ts";
import { proxyRelabelings } from "../../../platform/monitoring/metrics.ts";
import { ruleGroups } from "../../../platform/monitoring/rules.ts";
import { TestTeal } from "../../e2e/teal.ts";

const expressions = [...ruleGroups.flatMap(({ rules }) => rules.map(({ expr }) => expr)), ...queriesOf()];
const recorded = ruleGroups.flatMap(({ rules }) => rules.flatMap(({ record }) => record ?? []));

const page = join(import.meta.dirname, "..", "..", "..", "docs", "metrics.md");

/** Names of series in PromQL: what stands before a brace, a range or the end of it, and is no function, keyword or label. */
function seriesIn(expression: string): string[] {
  const bare = expression
    .replaceAll(/\{[^}]*\}/g, "")
    .replaceAll(/\b(by|on|ignoring) ?\([^)]*\)/g, "")
    .replaceAll(/"[^"]*"/g, "");
  const words = bare.match(/[a-zA-Z_:][a-zA-Z0-9_:]*(?![\w:]| *\()/g) ?? [];
  return words.filter((word) => !["and", "or", "unless", "bool", "m", "h", "x"].includes(word) && !/^\d/.test(word));
}

/** What a Teal gives that was started as in production: its own words. */
async function exportedByTeal(): Promise<string[]> {
  const teal = await new TestTeal().start();
  try {
    const text = await (await fetch(`${teal.api}/metrics`)).text();
    return [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = "", type]) =>
      type === "histogram" ? ["_bucket", "_count", "_sum"].map((end) => name + end) : [name],
    );
  } finally {
    await teal.stop();
  }
}

/** Of the cluster's own exporters, by their prefixes: kube-state-metrics, the kubelet's cAdvisor, and Prometheus itself. */
const clusters =
  /^(kube_(deployment|pod_container|resourcequota|horizontalpodautoscaler)_?|container_(cpu|memory)_|up$)/;

describe("platform/monitoring", () => {
  it("asks for nothing that nobody exports", async function () {
    this.timeout(180_000);
    const teals = await exportedByTeal();
    const kept = new RegExp(`^(?:${proxyRelabelings[0].regex})$`);
    const known = (name: string) =>
      recorded.includes(name) ||
      clusters.test(name) ||
      (name.startsWith("envoy_") ? kept.test(name) : teals.includes(name));
    const unknown = expressions.flatMap(seriesIn).filter((name) => !known(name));
    assert.deepEqual([...new Set(unknown)], []);
    assert.ok(expressions.flatMap(seriesIn).length > 70);
    const asked = new Set(expressions.flatMap(seriesIn).map((name) => name.replace(/_(bucket|count|sum)$/, "")));
    const unwatched = teals
      .map((name) => name.replace(/_(bucket|count|sum)$/, ""))
      .filter((name) => name.startsWith("teal_") && !asked.has(name));
    assert.deepEqual([...new Set(unwatched)], ["teal_notices_oldest_seconds"], "exported, and looked at nowhere");
    const told = [...readFileSync(page, "utf8").matchAll(/`(teal_\w+)`/g)].map(([, name]) => name!);
    const own = teals
      .map((name) => name.replace(/_(bucket|count|sum)$/, ""))
      .filter((name) => name.startsWith("teal_"));
    assert.deepEqual(
      [...new Set(told)].toSorted(),
      [...new Set(own)].toSorted(),
      "docs/metrics.md lists each, and no other",
    );
  });

  it("tells tenant and color from Envoy's name of a cluster", () => {
    const labelsOf = (name: string) =>
      Object.fromEntries(
        proxyRelabelings.flatMap((relabeling) => {
          if (!("targetLabel" in relabeling)) return [];
          const found = new RegExp(`^(?:${relabeling.regex})$`).exec(name);
          return found ? [[relabeling.targetLabel, found[1]]] : [];
        }),
      );
    assert.deepEqual(labelsOf("service/production-acme/blue/80/http"), { namespace: "production-acme", color: "blue" });
    assert.deepEqual(labelsOf("service/production-acme/green/80/http"), {
      namespace: "production-acme",
      color: "green",
    });
    assert.deepEqual(labelsOf("service/production-acme/suspended/80/http"), { namespace: "production-acme" });
    assert.deepEqual(labelsOf("httproute/production-acme/app/rule/0"), {});
  });

  it("gives every panel of a dashboard a place, and a query of its own", () => {
    for (const dashboard of dashboards) {
      const { panels } = grafana(dashboard);
      const places = panels.map(({ gridPos: { x, y } }) => `${x} ${y}`);
      assert.equal(new Set(places).size, panels.length, dashboard.title);
      for (const { targets, title } of panels) assert.ok(targets.length > 0, title);
    }
  });

  it("says in every alert what it is, and what to do or look at", () => {
    for (const { alert, annotations, labels } of ruleGroups.flatMap(({ rules }) => rules)) {
      if (!alert) continue;
      assert.ok(annotations?.["summary"] && annotations["description"], alert);
      assert.ok(["page", "ticket"].includes(labels?.["severity"] ?? ""), alert);
    }
  });
});
