import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { queriesFor } from "../automation/probes/series.ts";
import { queriesOf } from "../platform/monitoring/dashboards.ts";
import { ruleGroups } from "../platform/monitoring/rules.ts";
import { run } from "./tool.ts";

describe("Prometheus' own tool, promtool", () => {
  let directory: string;
  const write = (name: string, groups: object[]) => writeFile(join(directory, name), stringify({ groups }));
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "teal-rules-"));
    await write("written-rules.yaml", ruleGroups);
    await copyFile(join(import.meta.dirname, "rules.yaml"), join(directory, "tests.yaml"));
  });
  after(() => rm(directory, { recursive: true }));

  it("takes the rules", async function () {
    await run(this, "promtool", ["check", "rules", "--lint-fatal", "written-rules.yaml"], directory);
  });

  it("finds that they do what they are for", async function () {
    await run(this, "promtool", ["test", "rules", "tests.yaml"], directory);
  });

  it("takes every query of the dashboards", async function () {
    const rules = queriesOf().map((query, index) => ({
      record: `dashboard:query:${index}`,
      expr: query.replaceAll("$namespace", "production-acme"),
    }));
    await write("dashboards.yaml", [{ name: "dashboards", rules }]);
    await run(this, "promtool", ["check", "rules", "--lint-fatal", "dashboards.yaml"], directory);
  });

  it("gives traffic over time as Teal asks for it, of Envoy as of the sandbox's gateway, in seconds", async function () {
    const [rate, failing, p50] = queriesFor("production-acme", 120);
    const envoy = 'envoy_cluster_name="service/production-acme/green/80/http"';
    const sandbox = 'namespace="production-acme", service="green"';
    const series = (name: string, values: string) => ({ series: name, values });
    const given = {
      envoy: [
        series(`envoy_cluster_upstream_rq_xx{${envoy}, envoy_response_code_class="2"}`, "0+45x40"),
        series(`envoy_cluster_upstream_rq_xx{${envoy}, envoy_response_code_class="5"}`, "0+15x40"),
        series(`envoy_cluster_upstream_rq_time_bucket{${envoy}, le="500"}`, "0+60x40"),
        series(`envoy_cluster_upstream_rq_time_bucket{${envoy}, le="+Inf"}`, "0+60x40"),
        // Another tenant's, whose name ends alike.
        series('envoy_cluster_upstream_rq_xx{envoy_cluster_name="service/x-production-acme/green/80/http"}', "0+45x40"),
      ],
      sandbox: [
        series(`teal_gateway_requests_total{${sandbox}, code="200"}`, "0+45x40"),
        series(`teal_gateway_requests_total{${sandbox}, code="503"}`, "0+15x40"),
        series(`teal_gateway_request_duration_seconds_bucket{${sandbox}, le="0.5"}`, "0+60x40"),
        series(`teal_gateway_request_duration_seconds_bucket{${sandbox}, le="+Inf"}`, "0+60x40"),
      ],
    };
    const gives = (expr: string, value: number) => ({
      expr,
      eval_time: "5m",
      exp_samples: [{ labels: '{service="green"}', value }],
    });
    const tests = Object.values(given).map((input_series) => ({
      interval: "15s",
      input_series,
      promql_expr_test: [gives(rate, 4), gives(failing, 1), gives(p50, 0.25)],
    }));
    await writeFile(join(directory, "traffic.yaml"), stringify({ rule_files: [], tests }));
    await run(this, "promtool", ["test", "rules", "traffic.yaml"], directory);
  });
});
