/** Scenarios as mocha tests: a test per step. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createPulumiCommand } from "../../engine/command.ts";
import { Cluster } from "./cluster.ts";
import { checkStep, readExpected } from "./expected.ts";
import { record, type Recorded } from "./record.ts";
import type { Scenario, Scenarios } from "./scenario.ts";
import { Stacks, type Went } from "./stacks.ts";

/**
 * Declares the tests of all scenarios. `kubeconfig` gives the path of the cluster's when the tests run; without it the
 * scenarios are such that need none. With CONFORMANCE_ENGINE=cli the Pulumi CLI on PATH runs, to see that the suite is right.
 */
export function describeScenarios(scenarios: Scenarios, kubeconfig?: () => string): void {
  for (const [name, scenario] of Object.entries(scenarios)) {
    describe(`${name}: ${scenario.about}`, () => describeSteps(name, scenario, kubeconfig));
  }
}

function describeSteps(name: string, scenario: Scenario, kubeconfig: (() => string) | undefined): void {
  let stacks: Stacks;
  let cluster: Cluster | undefined;
  let check: (went: Went, index: number) => Promise<void>;

  before(async () => {
    const command = process.env["CONFORMANCE_ENGINE"] === "cli" ? undefined : await createPulumiCommand();
    // The golden files' scenarios make the namespaces `conf-…` themselves.
    const namespace = `teal-conformance-${name.toLowerCase()}`;
    cluster = kubeconfig && (await Cluster.open(kubeconfig(), namespace));
    stacks = await Stacks.open(name, scenario, command, cluster);
    check = await (scenario.compared === "golden" ? likeGolden(name) : asExpected(name, cluster));
  });
  after(async () => {
    await stacks.close();
    await cluster?.close();
  });

  for (const [index, step] of scenario.steps.entries()) {
    it(`${index} ${step.op}${step.stack ? ` of ${step.stack}` : ""} ${JSON.stringify(step.args ?? {})}`, async () => {
      await check(await stacks.run(step), index);
      assert.deepEqual(await stacks.betraying(), [], "files that hold a secret in the clear");
    });
  }
}

async function likeGolden(name: string) {
  const text = await readFile(new URL(`golden/${name}.json`, import.meta.url), "utf8");
  const golden = JSON.parse(text) as Recorded[];
  return (went: Went, index: number): Promise<void> => {
    const { diagnostics, ...recorded } = record(went);
    const { diagnostics: told, ...expected } = golden[index]!;
    assert.deepEqual(recorded, expected);
    // How the CLI says it is no contract; whether it complains is.
    assert.equal(diagnostics.length > 0, told.length > 0, `error diagnostics: ${diagnostics.join("\n")}`);
    return Promise.resolve();
  };
}

async function asExpected(name: string, cluster: Cluster | undefined) {
  const expected = await readExpected(name);
  return (went: Went, index: number): Promise<void> => {
    assert.equal(expected[index]?.op, went.op, `expected/${name}.yaml, step ${index}`);
    return checkStep(went, expected[index], cluster);
  };
}
