/** One resource in text: what it is, how it changes, what comes of it. */
import type { Step, StepOp } from "../../deploy/step.ts";
import { stackType, urnName, urnType, parseProviderReference } from "../../state/urn.ts";
import type { PropertyMap } from "../../values/property.ts";
import type { DisplayOptions } from "../display.ts";
import { color } from "./colors.ts";
import {
  diffMaps,
  diffOfDetailed,
  diffValues,
  isInternalKey,
  type DetailedStep,
  type ObjectDiff,
} from "./objectDiff.ts";
import { colorOf, isReplacement, prefixOf } from "./operations.ts";
import { isShown, keysOf, Printer, widest, type PrinterOptions } from "./printer.ts";

/** A step as its event tells it. */
export interface ToldStep extends Step {
  readonly op: StepOp;
}

export const isRoot = (step: Step) => urnType(step.urn) === stackType && !step.urn.includes("$");

/** Whether the step is worth a line of its own. */
export function isShownStep(step: ToldStep, options: DisplayOptions, diff: boolean): boolean {
  if (step.op === "same") return step.old?.protect !== step.new?.protect || options.showSames;
  return options.showReplacementSteps || !diff || step.logical || !isReplacement(step.op);
}

const spaces = (indent: number) => "    ".repeat(indent);

/** `+ kubernetes:core/v1:Namespace: (create)`, and below it id, URN and provider. */
export function header(step: ToldStep, indent: number, options: DisplayOptions): string {
  const op: StepOp = ["create", "delete", "delete-replaced", "discard", "discard-replaced"].includes(step.op)
    ? step.op
    : "same";
  const line = (text: string, of: StepOp = op) => `${colorOf(of)}${spaces(indent + 1)}${text}\n${color.reset}`;
  const { old, new: next, provider } = step;
  const guarded = next?.protect || old?.protect ? (next && !next.protect ? " 🔓" : " 🔒") : "";
  const retained = old?.retainOnDelete && isRemoval(step.op) ? "[retain]" : "";
  const name = options.showUrns ? step.urn : step.type;
  return (
    `${spaces(indent)}${prefixOf(step.op, true)}${name}: (${step.op}${retained})${guarded}\n` +
    (old?.id ? line(`[id=${old.id}]`) : "") +
    (options.showUrns ? "" : line(`[urn=${step.urn}]`)) +
    (provider && urnName(parseProviderReference(provider).urn) !== "default" ? line(`[provider=${provider}]`) : "")
  );
}

export const isRemoval = (op: StepOp) => ["delete", "replace", "create-replacement", "delete-replaced"].includes(op);

type Look = Pick<PrinterOptions, "indent" | "truncate" | "showSecrets">;

function printer(look: Look, op: StepOp, prefix: boolean): Printer {
  return new Printer({ ...look, op, prefix, summary: true });
}

/** How the resource's properties change. */
export function details(step: ToldStep, indent: number, options: DisplayOptions, refresh: boolean): string {
  if (step.op === "same") return "";
  const look = { indent: indent + 1, truncate: options.truncate, showSecrets: options.showSecrets };
  const { old, new: next } = step;
  if (step.detailedDiff && old && next) return detailed(step as unknown as DetailedStep, look, refresh);
  const whole = (map: PropertyMap, op: StepOp = step.op, prefix = false) => {
    const made = printer(look, op, prefix);
    made.object(map);
    return made.text;
  };
  if (!old) return next ? whole(Object.keys(next.outputs).length > 0 ? next.outputs : next.inputs) : "";
  if (!next) return whole(old.inputs);
  const outputs = Object.keys(next.outputs).length > 0;
  const diff = outputs ? diffMaps(old.outputs, next.outputs) : diffMaps(old.inputs, next.inputs);
  if (!diff) return whole(outputs ? next.outputs : next.inputs, "same", true);
  return differences(diff, look, outputs ? undefined : step.diffs);
}

function detailed(step: DetailedStep, look: Look, refresh: boolean): string {
  const diff = diffOfDetailed(step, refresh);
  if (diff) return differences(diff, look);
  const made = printer(look, "same", true);
  made.object(step.old.inputs);
  return made.text;
}

/** In full, same parts too, unlike what a summary shows. */
function differences(diff: ObjectDiff, look: Look, include?: readonly string[]): string {
  const made = new Printer({ ...look, op: "same", prefix: true, summary: false });
  made.difference(diff, include);
  return made.text;
}

interface OutputsLook extends Look {
  readonly planning: boolean;
  readonly refresh: boolean;
  readonly showSames: boolean;
}

/** The outputs that say more than the inputs, or differ from those before. Empty where there is nothing to tell. */
export function outputsOf(step: ToldStep, look: OutputsLook): string {
  const root = isRoot(step);
  const showSames = look.showSames || (!look.planning && root);
  const read = step.op === "read" || step.op === "read-replacement";
  if (look.planning && !look.refresh && !read && !root) return "";
  if (step.old && step.old.initErrors.length > 0) return "";
  const outputs = step.new?.outputs ?? {};
  const inputs = step.new?.inputs ?? {};
  const diff = step.old ? diffMaps(step.old.outputs, outputs) : undefined;
  if (step.old && !diff && !showSames) return "";
  const keys = diff ? keysOf(diff) : Object.keys(outputs).sort();
  const width = widest(keys);
  const made = new Printer({ ...look, op: step.op, prefix: false, summary: false });
  for (const key of keys) {
    const value = outputs[key] ?? null;
    if (!diff && (isInternalKey(key) || !isShown(value))) continue;
    if (Object.hasOwn(inputs, key) && !look.refresh && !diffValues(value, inputs[key]!)) continue;
    if (!showSames && diff?.sames.has(key)) continue;
    if (diff) made.propertyDifference(key, width, diff);
    else made.property(key, value, width);
  }
  return made.text;
}

/** `[diff: ~data]`: what changes, at a glance. */
export function shortDiff(step: ToldStep): string {
  const { old, new: next } = step;
  if (!old || !next) return "";
  const diff =
    step.op === "same"
      ? undefined
      : step.detailedDiff
        ? diffOfDetailed(step as unknown as DetailedStep, false)
        : diffMaps(old.inputs, next.inputs);
  const changed = new Set(diff?.updates.keys());
  if (old.provider !== next.provider) changed.add("provider");
  if (old.protect !== next.protect) changed.add("protect");
  if (!diff && changed.size === 0) return "";
  const included = (keys: Iterable<string>) =>
    [...keys].filter((key) => !step.diffs?.length || step.diffs.includes(key)).sort();
  const part = (op: StepOp, keys: readonly string[]) =>
    keys.length > 0 ? `${colorOf(op)}${prefixSign(op)}${keys.join(",")}${color.reset}` : "";
  return (
    `diff: ${part("create", included(diff?.adds.keys() ?? []))}` +
    `${part("delete", included(diff?.deletes.keys() ?? []))}${part("update", included(changed))}`
  );
}

const prefixSign = (op: StepOp) => (op === "create" ? "+" : op === "delete" ? "-" : "~");
