/** Signs, colours and words of operations on resources, as Pulumi has them. */
import type { StepOp } from "../../deploy/step.ts";
import { color } from "./colors.ts";

interface Operation {
  readonly sign: string;
  readonly color: string;
  /** Going on, done, failed, in a preview, and in the preview's summary. */
  readonly words: readonly [doing: string, done: string, failed: string, preview: string, previewed: string];
  readonly past: string;
}

const table: Readonly<Record<StepOp, Operation>> = {
  same: { sign: "  ", color: color.reset, words: ["", "", "failed", "", ""], past: "samed" },
  create: op("+ ", color.green, ["creating", "created", "creating failed", "create", "create"], "created"),
  update: op("~ ", color.yellow, ["updating", "updated", "updating failed", "update", "update"], "updated"),
  delete: op("- ", color.red, ["deleting", "deleted", "deleting failed", "delete", "delete"], "deleted"),
  replace: op(
    "+-",
    color.brightMagenta,
    ["replacing", "replaced", "replacing failed", "replace", "replace"],
    "replaced",
  ),
  "create-replacement": op(
    "++",
    color.brightGreen,
    ["creating replacement", "created replacement", "creating failed", "create replacement", "replace"],
    "create-replacementd",
  ),
  "delete-replaced": op(
    "--",
    color.brightRed,
    ["deleting original", "deleted original", "deleting failed", "delete original", "replace"],
    "deleted",
  ),
  read: op("> ", color.brightCyan, ["reading", "read", "reading failed", "read", "read"], "read"),
  "read-replacement": op(
    ">>",
    color.brightMagenta,
    ["reading for replacement", "read for replacement", "reading failed", "read for replacement", "replace"],
    "read-replacementd",
  ),
  refresh: op("~ ", color.yellow, ["refreshing", "refresh", "refreshing failed", "refreshing", "refresh"], "refreshed"),
  discard: op("< ", color.red, ["discarding", "discarded", "discarding failed", "discard", "discard"], "discarded"),
  "discard-replaced": op(
    "<<",
    color.red,
    ["discarding original", "discarded original", "discarding failed", "discard original", "replace"],
    "discarded",
  ),
  "remove-pending-replace": op("~ ", color.reset, ["", "", "", "", ""], ""),
};

function op(sign: string, ofColor: string, words: Operation["words"], past: string): Operation {
  return { sign, color: ofColor, words, past };
}

/** In the order in which a summary has them. */
export const operations = Object.keys(table) as readonly StepOp[];

export const rawPrefix = (op: StepOp) => table[op].sign;
export const colorOf = (op: StepOp) => table[op].color;
export const prefixOf = (op: StepOp, done: boolean) => `${done ? "" : color.bold}${table[op].color}${table[op].sign}`;
export const pastTense = (op: StepOp) => table[op].past;
export const words = (op: StepOp) => {
  const [doing, done, failed, preview, previewed] = table[op].words;
  return { doing, done, failed, preview, previewed };
};
export const isReplacement = (op: StepOp) =>
  op === "replace" || op.endsWith("replacement") || op.endsWith("replaced") || op === "remove-pending-replace";
