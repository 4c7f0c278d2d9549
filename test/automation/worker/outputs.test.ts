import assert from "node:assert/strict";
import pino from "pino";
import type { NewOutput } from "../../../automation/ledger/outputs/insert.ts";
import { keepOutputs } from "../../../automation/worker/outputs.ts";
import { outputLimits, outputView } from "../../../model/console/output.ts";
import { openHarness, provisioned, tenant, type Harness } from "../harness.ts";

const silent = pino({ level: "silent" });

describe("outputs of stack operations", () => {
  let harness: Harness;
  let operation: string;
  before(async () => {
    harness = await openHarness();
    await provisioned(harness, tenant("acme"));
    operation = (await harness.automation.operations.list({}, { limit: 1 })).items[0]!.id;
  });
  after(() => harness.close());

  const printed = (text: string, more: Partial<NewOutput> = {}): NewOutput => {
    const at = new Date();
    const of = { operation, phase: "deploying", task: "up", failed: false } as const;
    return { ...of, startedAt: at, endedAt: at, text, truncated: false, ...more };
  };
  const texts = async () =>
    outputView.parse(await harness.automation.operations.output(operation)).items.map(({ text }) => text);

  it("are written when it stops at the latest, and the last ones of each operation are kept", async () => {
    const outputs = keepOutputs(harness.ledger, silent);
    for (let i = 0; i < outputLimits.runs + 5; i++) outputs.add(printed(`run ${i}`));
    await outputs.stop();
    assert.deepEqual(
      await texts(),
      Array.from({ length: outputLimits.runs }, (_, i) => `run ${i + 5}`),
    );
    const more = keepOutputs(harness.ledger, silent);
    more.add(printed("no NUL \0 here"));
    await more.stop();
    assert.deepEqual((await texts()).slice(-2), [`run ${outputLimits.runs + 4}`, "no NUL \u{fffd} here"]);
  });

  it("are forgotten after a time", async () => {
    const long = new Date(Date.now() - (outputLimits.days + 1) * 86_400_000);
    const outputs = keepOutputs(harness.ledger, silent);
    outputs.add(printed("long ago", { startedAt: long, endedAt: long }));
    await outputs.stop();
    assert.ok((await texts()).includes("long ago"));
    await keepOutputs(harness.ledger, silent).stop();
    assert.ok(!(await texts()).includes("long ago"));
  });

  it("are kept while the database is away, and written once it is back", async () => {
    let away = true;
    const transaction: Harness["ledger"]["transaction"] = (work) =>
      away ? Promise.reject(new Error("away")) : harness.ledger.transaction(work);
    const outputs = keepOutputs({ read: harness.ledger.read, transaction }, silent);
    outputs.add(printed("patient"));
    await new Promise((resolve) => setTimeout(resolve, 1200));
    away = false;
    await outputs.stop();
    assert.equal((await texts()).at(-1), "patient");
  });

  it("are of an operation that there is", async () => {
    await assert.rejects(harness.automation.operations.output(crypto.randomUUID()), { code: "operation_not_found" });
  });
});
