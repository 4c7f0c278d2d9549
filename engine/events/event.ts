/** Engine events, as JSON text in Pulumi's form. */
import type { Step, StepOp } from "../deploy/step.ts";
import type { ResourceState } from "../state/resource.ts";
import { parsePath } from "../values/path.ts";
import { storeMap } from "../values/stored.ts";
import { color, colorize, type Colorization } from "./text/colors.ts";
import { prefixOfSeverity } from "./text/diagnostics.ts";

export type Severity = "debug" | "info" | "info#err" | "warning" | "error";

export interface Diagnostic {
  /** Empty when it concerns no resource in particular. */
  readonly urn: string;
  readonly severity: Severity;
  readonly message: string;
  readonly ephemeral?: boolean;
  readonly streamId?: number;
}

const masked = { form: "masked" } as const;
/** A state's text, which an event has twice and a run up to four times. States never change, so neither does the text. */
const texts = new WeakMap<ResourceState, string>();

function stateText(state: ResourceState | undefined): string {
  if (!state) return "null";
  let text = texts.get(state);
  if (text === undefined) texts.set(state, (text = JSON.stringify(stateMetadata(state))));
  return text;
}

function stateMetadata(state: ResourceState) {
  return {
    type: state.type,
    urn: state.urn,
    ...(state.custom && { custom: true }),
    ...(state.delete && { delete: true }),
    id: state.id,
    parent: state.parent,
    ...(state.protect && { protect: true }),
    ...(state.external && { external: true }),
    ...(state.retainOnDelete && { retainOnDelete: true }),
    inputs: storeMap(state.inputs, masked),
    outputs: storeMap(state.outputs, masked),
    provider: state.provider,
    ...(state.initErrors.length > 0 && { initErrors: state.initErrors }),
    ...(state.hideDiffs.length > 0 && { hideDiffs: state.hideDiffs.map(parsePath) }),
  };
}

function metadataText(step: Step, op: StepOp): string {
  const json = (value: unknown) => JSON.stringify(value);
  return (
    `{"op":${json(op)},"urn":${json(step.urn)},"type":${json(step.type)}` +
    `,"old":${stateText(step.old)},"new":${stateText(step.new)}` +
    (step.keys?.length ? `,"keys":${json(step.keys)}` : "") +
    (step.diffs?.length ? `,"diffs":${json(step.diffs)}` : "") +
    `,"detailedDiff":${json(detailedDiff(step))}` +
    (step.logical ? `,"logical":true` : "") +
    `,"provider":${json(step.provider)}}`
  );
}

function detailedDiff({ detailedDiff: given }: Step) {
  if (!given) return null;
  const entries = Object.entries(given).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([path, { kind, inputDiff }]) => [path, { diffKind: kind, inputDiff }]));
}

/** The body of an event: what follows sequence number and time. */
export const eventBody = {
  prelude: (config: Readonly<Record<string, string>>) => `"preludeEvent":${JSON.stringify({ config })}`,
  cancel: () => `"cancelEvent":{}`,
  before: (step: Step, planning: boolean) =>
    `"resourcePreEvent":{"metadata":${metadataText(step, step.op)}${planning ? `,"planning":true` : ""}}`,
  /** `op` is what the step turned out to be, for a refresh; its own otherwise. */
  outputs: (step: Step, planning: boolean, op: StepOp = step.op) =>
    `"resOutputsEvent":{"metadata":${metadataText(step, op)}${planning ? `,"planning":true` : ""}}`,
  failed: (step: Step, steps: number) =>
    `"resOpFailedEvent":{"metadata":${metadataText(step, step.op)},"status":0,"steps":${steps}}`,
  /** With colours, messages carry Pulumi's marks of them, for whoever shows them to replace. */
  diagnostic: ({ urn, severity, message, ephemeral }: Diagnostic, colorization: Colorization = "never") => {
    const prefix = colorize(prefixOfSeverity(severity), colorization === "never" ? "never" : "raw");
    const marked = colorization === "never" ? message : `${color.reset}${message}${color.reset}`;
    return `"diagnosticEvent":${JSON.stringify({
      ...(urn && { urn }),
      ...(prefix && { prefix }),
      message: `${marked}\n`.replaceAll(controlCodes, ""),
      color: colorization === "never" ? "never" : "raw",
      severity,
      ...(ephemeral && { ephemeral: true }),
    })}`;
  },
  summary: (summary: Summary) =>
    `"summaryEvent":${JSON.stringify({
      maybeCorrupt: false,
      durationSeconds: summary.durationSeconds,
      resourceChanges: summary.changes,
      PolicyPacks: {},
      isPreview: summary.preview,
      result: summary.result,
    })}`,
};

export interface Summary {
  readonly durationSeconds: number;
  readonly changes: Readonly<Record<string, number>>;
  readonly preview: boolean;
  readonly result: "succeeded" | "failed";
}

/** What programs colour their own messages with. */
// eslint-disable-next-line no-control-regex
const controlCodes = /\u001b\[[0-9;]*[mK]/g;
