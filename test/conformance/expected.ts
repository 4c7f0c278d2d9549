/** What must happen where nobody has seen the real CLI do it: written by hand from Pulumi's sources and documentation. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";
import type { Cluster } from "./cluster.ts";
import { errorTexts, operations, scrubbed } from "./record.ts";
import type { Went } from "./stacks.ts";

const expectedStep = z.strictObject({
  op: z.enum(["preview", "up", "refresh", "destroy"]),
  /** `operation name`, all but `same`, in any order. */
  does: z.array(z.string()),
  /** Some of them in the order in which they must be announced. */
  order: z.array(z.string()).default([]),
  /** How a refresh ended for a resource, where it found it changed: `update`, `delete`. */
  finds: z.record(z.string(), z.string()).optional(),
  /** The step fails, and says this; without it the step succeeds. */
  error: z.string().optional(),
  /** Properties that differ, by the resource's name. */
  diffs: z.record(z.string(), z.array(z.string())).default({}),
  /** Names of all that state holds afterwards, in any order; those to be deleted with a `-` before. */
  holds: z.array(z.string()).optional(),
  /** Parts of what state says of a resource, by name; null: says nothing under that key. */
  state: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  /** Parts of the stack's outputs. */
  outputs: z.record(z.string(), z.unknown()).default({}),
  /** Names of the objects of a kind in the scenario's namespace. A drawn name reads `name-XXXXXXXX`. */
  objects: z.record(z.string(), z.array(z.string())).default({}),
  /** Parts of such an object, by `Kind/name`. */
  cluster: z.record(z.string(), z.unknown()).default({}),
});
type ExpectedStep = z.infer<typeof expectedStep>;

const expectation = z.strictObject({ source: z.array(z.string()).min(1), steps: z.array(expectedStep) });

export async function readExpected(name: string): Promise<readonly ExpectedStep[]> {
  const text = await readFile(new URL(`expected/${name}.yaml`, import.meta.url), "utf8");
  return expectation.parse(parse(text)).steps;
}

export async function checkStep(went: Went, expected: ExpectedStep, cluster: Cluster | undefined): Promise<void> {
  const told = [...errorTexts(went.events), went.error ?? ""].join("\n");
  if (expected.error === undefined) assert.equal(went.failed, false, `expected success, got: ${told}`);
  else {
    assert.equal(went.failed, true, "expected the step to fail");
    assert.ok(told.includes(expected.error), `expected the error to say ${expected.error}, got: ${told}`);
  }
  checkOperations(went, expected);
  checkState(went, expected);
  for (const [key, value] of Object.entries(expected.outputs))
    assertPart(went.outputs[key]?.value, value, `output ${key}`);
  if (cluster) await checkCluster(cluster, expected);
}

function checkOperations({ events }: Went, expected: ExpectedStep): void {
  const done = operations(events).filter(({ op }) => op !== "same");
  const names = done.map(({ op, urn }) => `${op} ${nameOf(urn)}`);
  assert.deepEqual(names.toSorted(), expected.does.toSorted());
  const inOrder = names.filter((name) => expected.order.includes(name));
  assert.deepEqual(inOrder, expected.order, "order of operations");
  for (const [name, diffs] of Object.entries(expected.diffs)) {
    const found = done.find(({ urn, diffs }) => nameOf(urn) === name && diffs !== undefined);
    assert.deepEqual(found?.diffs, diffs.toSorted(), `diffs of ${name}`);
  }
  if (expected.finds) assert.deepEqual(refreshed(events), expected.finds);
}

/** Of what a refresh looked at: what it found to be otherwise. */
function refreshed(events: Went["events"]): Record<string, string> {
  const ended = events.flatMap(({ resOutputsEvent }) => (resOutputsEvent ? [resOutputsEvent.metadata] : []));
  const changed = ended.filter(({ op }) => op === "update" || op === "delete");
  return Object.fromEntries(changed.map(({ op, urn }) => [nameOf(urn), op]));
}

interface State {
  readonly urn: string;
  readonly delete?: boolean;
}

function checkState({ deployment }: Went, expected: ExpectedStep): void {
  const { resources = [] } = deployment.deployment as { resources?: State[] };
  const pending = (deployment.deployment as { pending_operations?: unknown[] }).pending_operations ?? [];
  assert.equal(pending.length, 0, "pending operations are left");
  if (expected.holds) {
    const held = resources.map((state) => (state.delete ? `-${nameOf(state.urn)}` : nameOf(state.urn)));
    assert.deepEqual(held.toSorted(), expected.holds.toSorted(), "what state holds");
  }
  for (const [name, part] of Object.entries(expected.state)) {
    const state = resources.find(({ urn, delete: condemned }) => nameOf(urn) === name && !condemned);
    assert.ok(state, `expected ${name} in state`);
    assertPart(scrubbed(state as never), part, `state of ${name}`);
  }
}

async function checkCluster(cluster: Cluster, expected: ExpectedStep): Promise<void> {
  for (const [kind, names] of Object.entries(expected.objects)) {
    const found = (await cluster.names(kind)).map(withoutChance);
    assert.deepEqual(found.toSorted(), names.toSorted(), `${kind} objects`);
  }
  for (const [object, part] of Object.entries(expected.cluster)) {
    const [kind = "", name = ""] = object.split("/");
    assertPart(await cluster.get(kind, name), part, object);
  }
}

/** What Pulumi drew. */
function withoutChance(name: string): string {
  return name.replace(/-[0-9a-f]{8}$/, "-XXXXXXXX");
}

/** `part` is in `whole`: of mappings the keys that it names, all else as it is; null: not there. */
function assertPart(whole: unknown, part: unknown, what: string): void {
  if (part === null) return assert.equal(whole ?? null, null, what);
  if (typeof part !== "object" || Array.isArray(part)) return assert.deepEqual(whole, part, what);
  assert.ok(typeof whole === "object" && whole !== null, `${what}: expected a mapping, got ${JSON.stringify(whole)}`);
  for (const [key, value] of Object.entries(part)) {
    assertPart((whole as Record<string, unknown>)[key], value, `${what}, ${key}`);
  }
}

function nameOf(urn: string): string {
  // The default provider of a package bears the version that is installed.
  return urn.slice(urn.lastIndexOf("::") + 2).replace(/^default_[\d_]+$/, "default");
}
