/** What a step did, with everything left out that differs from run to run: the form of the golden files. */
import type { EngineEvent, OutputMap, Deployment } from "@pulumi/pulumi/automation/index.js";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = Record<string, Json>;

export interface Operation {
  readonly op: string;
  readonly urn: string;
  readonly diffs?: readonly string[];
}

export interface Recorded {
  readonly op: string;
  readonly failed: boolean;
  /** Sorted by URN and operation. */
  readonly ops: readonly Operation[];
  readonly changes?: Readonly<Record<string, number>>;
  /** Texts of severity `error`. */
  readonly diagnostics: readonly string[];
  readonly outputs: OutputMap;
  /** Sorted by URN. */
  readonly resources: readonly JsonObject[];
  readonly pending: number;
}

export interface Happened {
  readonly op: string;
  readonly failed: boolean;
  readonly events: readonly EngineEvent[];
  readonly deployment: Deployment;
  readonly outputs: OutputMap;
}

export function record({ op, failed, events, deployment, outputs }: Happened): Recorded {
  const state = deployment.deployment as { resources?: JsonObject[]; pending_operations?: unknown[] };
  const changes = events.findLast((event) => event.summaryEvent)?.summaryEvent?.resourceChanges;
  const recorded = {
    op,
    failed,
    ops: operations(events).sort((a, b) => order(a.urn + a.op, b.urn + b.op)),
    changes,
    diagnostics: errorTexts(events),
    outputs,
    resources: (state.resources ?? []).map(resource).sort((a, b) => order(String(a["urn"]), String(b["urn"]))),
    pending: state.pending_operations?.length ?? 0,
  };
  // As it is once it has been in a file: what is undefined has no key.
  return JSON.parse(JSON.stringify(recorded)) as Recorded;
}

/** Operations in the order in which they were announced. */
export function operations(events: readonly EngineEvent[]): Operation[] {
  const announced = events.flatMap(({ resourcePreEvent }) => (resourcePreEvent ? [resourcePreEvent.metadata] : []));
  return announced.map(({ op, urn, diffs }) => ({ op, urn, ...(diffs?.length && { diffs: diffs.toSorted() }) }));
}

export function errorTexts(events: readonly EngineEvent[]): string[] {
  const errors = events.flatMap(({ diagnosticEvent: told }) => (told?.severity === "error" ? [told.message] : []));
  return errors.map((text) => withoutChance(text.replaceAll(colors, "").replaceAll(frames, "").trim()));
}

// eslint-disable-next-line no-control-regex -- terminals are told colors by it
const colors = /\u001b\[[0-9;]*m/g;
const frames = /\n\s+at .*/g;

const always = ["urn", "type", "custom", "delete", "parent", "propertyDependencies", "protect", "retainOnDelete"];
const unlessEmpty = ["additionalSecretOutputs", "aliases", "initErrors"];

/** The parts of a resource that are the same whoever wrote them. */
function resource(state: JsonObject): JsonObject {
  const isProvider = String(state["type"]).startsWith("pulumi:providers:");
  const kept: JsonObject = {};
  for (const key of [...always, ...unlessEmpty]) if (isThere(state[key])) kept[key] = state[key]!;
  if (isThere(state["dependencies"])) kept["dependencies"] = (state["dependencies"] as string[]).toSorted();
  if (state["provider"]) kept["provider"] = String(state["provider"]).replace(/::[0-9a-f-]{36}$/, "::ID");
  if (state["custom"]) kept["id"] = isProvider ? "ID" : withoutChance(String(state["id"]));
  else if (state["outputs"] !== undefined) kept["outputs"] = state["outputs"];
  if (!isProvider && state["inputs"] !== undefined) kept["inputs"] = scrubbed(state["inputs"]);
  return kept;
}

function isThere(value: Json | undefined): boolean {
  return value !== undefined && !(Array.isArray(value) && value.length === 0);
}

/** Names that Pulumi drew. */
function withoutChance(text: string): string {
  return text.replaceAll(/\bauto-[0-9a-f]{8}\b/g, "auto-XXXXXXXX");
}

export function scrubbed(value: Json): Json {
  if (typeof value === "string") return withoutChance(value);
  if (Array.isArray(value)) return value.map(scrubbed);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).sort(([a], [b]) => order(a, b));
  return Object.fromEntries(entries.map(([key, item]) => [key, key === "ciphertext" ? "…" : scrubbed(item)]));
}

function order(a: string, b: string): number {
  return a < b ? -1 : 1;
}
