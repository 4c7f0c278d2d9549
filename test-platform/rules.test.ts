import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
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
});
