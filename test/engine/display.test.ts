import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { makeStep, type Step, type StepOp } from "../../engine/deploy/step.ts";
import type { DisplayOptions } from "../../engine/events/display.ts";
import { eventBody, type Diagnostic, type Severity } from "../../engine/events/event.ts";
import { openDisplay, type Look } from "../../engine/events/openDisplay.ts";
import { loadResource, type ResourceState } from "../../engine/state/resource.ts";
import type { JsonObject } from "../../engine/values/property.ts";

/** What the real CLI left of an update that went well and of one that failed. */
const data = join(import.meta.dirname, "data");
const read = (name: string) => readFile(join(data, name), "utf8");

async function eventsOf(name: string): Promise<EngineEvent[]> {
  return (await read(name))
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as EngineEvent);
}

const noCrypter = { encrypt: () => "", decrypt: () => '"hidden"' };
type Metadata = NonNullable<EngineEvent["resourcePreEvent"]>["metadata"];

/** The step that an event tells of. */
function stepOf({ op, old, new: next, provider, detailedDiff, diffs, keys, logical }: Metadata): Step {
  const state = (given: Metadata["old"]): ResourceState | undefined =>
    given ? loadResource(given as unknown as JsonObject, noCrypter) : undefined;
  const step = makeStep(op as StepOp, state(old), state(next), { logical: logical ?? false, diffs, keys });
  const detailed = Object.entries(detailedDiff ?? {}).map(([path, diff]) => [
    path,
    { kind: diff.diffKind, inputDiff: diff.inputDiff },
  ]);
  return { ...step, provider, ...(detailedDiff && { detailedDiff: Object.fromEntries(detailed) as never }) };
}

const diagnosticOf = ({
  urn = "",
  severity,
  message,
  ephemeral = false,
}: NonNullable<EngineEvent["diagnosticEvent"]>) =>
  ({ urn, severity: severity as Severity, message: message.replace(/\n$/, ""), ephemeral }) satisfies Diagnostic;

function replay(events: readonly EngineEvent[], options: Partial<DisplayOptions & Look>): string {
  let text = "";
  const write = (chunk: string) => void (text += chunk);
  const display = openDisplay({
    stack: "dev",
    rootUrn: "",
    kind: "update",
    preview: false,
    diff: false,
    log: false,
    color: "never",
    debug: false,
    suppressOutputs: false,
    showConfig: false,
    showSames: false,
    showReads: false,
    showReplacementSteps: false,
    showSecrets: false,
    showUrns: false,
    truncate: true,
    write,
    writeError: write,
    ...options,
  });
  for (const event of events) {
    if (event.preludeEvent) display.prelude(event.preludeEvent.config);
    if (event.resourcePreEvent) display.before(stepOf(event.resourcePreEvent.metadata));
    if (event.resOutputsEvent) {
      const step = stepOf(event.resOutputsEvent.metadata);
      display.outputs(step, step.op);
    }
    if (event.resOpFailedEvent) display.failed(stepOf(event.resOpFailedEvent.metadata));
    if (event.diagnosticEvent) display.diagnostic(diagnosticOf(event.diagnosticEvent));
    if (event.summaryEvent) {
      const { durationSeconds, resourceChanges, isPreview } = event.summaryEvent as unknown as {
        durationSeconds: number;
        resourceChanges: Record<string, number>;
        isPreview: boolean;
      };
      display.end({ durationSeconds, changes: resourceChanges, preview: isPreview, result: "succeeded" });
    }
  }
  return text;
}

/** Times differ from run to run; the order of diagnostics of different resources is chance with the CLI too. */
const timeless = (text: string) => text.replaceAll(/\(\d+(\.\d+)?s\)/g, "(0s)").trimEnd();

describe("the text of an operation", () => {
  it("is the CLI's for an update that goes well", async () => {
    const events = await eventsOf("up.events.jsonl");
    const rootUrn = "urn:pulumi:secrets::conf::pulumi:pulumi:Stack::conf-secrets";
    assert.equal(timeless(replay(events, { stack: "secrets", rootUrn })), timeless(await read("up.stdout.txt")));
  });

  it("is the CLI's for an update that fails", async () => {
    const rootUrn = "urn:pulumi:failure::conf::pulumi:pulumi:Stack::conf-failure";
    const said = await read("failed-up.error.txt");
    const expected = said.slice(said.indexOf("Updating"), said.indexOf("\n err?:"));
    const text = replay(await eventsOf("failed-up.events.jsonl"), { stack: "failure", rootUrn });
    const blocks = (of: string) =>
      timeless(of)
        .split("\n\n")
        .map((block) => block.replace("Diagnostics:\n", ""))
        .sort();
    assert.deepEqual(blocks(text), blocks(expected));
  });
});

describe("engine events", () => {
  for (const name of ["up.events.jsonl", "failed-up.events.jsonl"])
    it(`have the CLI's form, field by field: ${name}`, async () => {
      for (const event of await eventsOf(name)) {
        const { sequence: _, timestamp: __, ...body } = event;
        const made = bodyOf(event);
        if (made !== undefined) assert.equal(`{${made}}`, JSON.stringify(body));
      }
    });
});

function bodyOf(event: EngineEvent): string | undefined {
  if (event.preludeEvent) return eventBody.prelude(event.preludeEvent.config);
  if (event.cancelEvent) return eventBody.cancel();
  if (event.resourcePreEvent) return eventBody.before(stepOf(event.resourcePreEvent.metadata), false);
  if (event.resOutputsEvent) return eventBody.outputs(stepOf(event.resOutputsEvent.metadata), false);
  if (event.resOpFailedEvent) return eventBody.failed(stepOf(event.resOpFailedEvent.metadata), 4);
  if (event.diagnosticEvent) return eventBody.diagnostic(diagnosticOf(event.diagnosticEvent));
  return undefined;
}
