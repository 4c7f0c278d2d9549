/** A resource's line: ` +  kubernetes:core/v1:Namespace ns created (0.01s) `. */
import { urnName, urnType } from "../../state/urn.ts";
import type { Diagnostic } from "../event.ts";
import type { DisplayOptions } from "../display.ts";
import { color } from "./colors.ts";
import { linesOf } from "./diagnostics.ts";
import { colorOf, prefixOf, words } from "./operations.ts";
import { isRemoval, shortDiff, type ToldStep } from "./resource.ts";

/** What is known of a resource so far. */
export interface Row {
  readonly urn: string;
  readonly root: boolean;
  step: ToldStep | undefined;
  /** Steps that have told their outputs. */
  readonly finished: ToldStep[];
  readonly diagnostics: Diagnostic[];
  began: number | undefined;
  ended: number | undefined;
  hidden: boolean;
  failed: boolean;
  /** The operation has ended, and this resource's with it. */
  over: boolean;
}

export function emptyRow(urn: string, root: boolean): Row {
  return {
    urn,
    root,
    step: undefined,
    finished: [],
    diagnostics: [],
    began: undefined,
    ended: undefined,
    hidden: !root,
    failed: false,
    over: false,
  };
}

export function rowText(row: Row, options: DisplayOptions): string {
  const op = row.step?.op ?? "same";
  const done = row.failed || row.over || (!row.root && row.finished.some((step) => step.op === op));
  const name = options.showUrns ? [row.urn] : [urnType(row.urn), urnName(row.urn)];
  const columns = [`${prefixOf(op, done)}${color.reset}`, ...name, status(row, done, options.preview), info(row)];
  return columns.map((column) => ` ${column}`).join("");
}

function status(row: Row, done: boolean, preview: boolean): string {
  const { step } = row;
  const op = step?.op ?? "same";
  const text = words(op);
  const retained = step?.old?.retainOnDelete && isRemoval(op) ? "[retain]" : "";
  const failed = row.failed || row.diagnostics.some(({ severity, ephemeral }) => severity === "error" && !ephemeral);
  if (!failed && isInterrupted(row)) return `${color.yellow}${text.doing} (interrupted)${color.reset}${retained}`;
  if (done && preview) return `${colorOf(op)}${text.previewed}${color.reset}${retained}`;
  if (done && failed) return `${color.red}**${timed(text.failed, row)}**${color.reset}${retained}`;
  if (done) return `${colorOf(op)}${timed(text.done, row)}${color.reset}${retained}`;
  if (row.root && op === "same") return `running${retained}`;
  const going = preview ? text.preview : sinceThen(text.doing, row);
  return `${color.bold}${colorOf(op)}${going}${color.reset}${retained}`;
}

/** The operation ended while the resource was still being worked on. */
function isInterrupted({ over, step, finished }: Row): boolean {
  if (!over || !step || !(step.new ?? step.old)?.custom) return false;
  if (step.op === "same" || step.op === "remove-pending-replace") return false;
  return !finished.some(({ op }) => op === step.op);
}

function timed(text: string, { step, began, ended }: Row): string {
  if ((step?.op ?? "same") === "same" || began === undefined || ended === undefined) return text;
  const seconds = (ended - began) / 1000;
  return `${text} (${seconds < 1 ? seconds.toFixed(2) : Math.floor(seconds)}s)`;
}

function sinceThen(text: string, { step, began }: Row): string {
  if ((step?.op ?? "same") === "same" || began === undefined) return text;
  return `${text} (${Math.floor((performance.now() - began) / 1000)}s)`;
}

function info(row: Row): string {
  const { step, finished } = row;
  const replacing = step?.op === "create-replacement" || step?.op === "delete-replaced";
  const telling = (replacing && finished.find(({ op }) => op === "replace")) || step;
  const diff = telling ? shortDiff(telling) : "";
  const parts = [...(diff ? [`[${diff}${color.reset}]`] : []), ...(row.over ? counts(row) : latest(row))];
  return parts.join("; ").split("\n")[0]!;
}

function latest({ diagnostics }: Row): string[] {
  const last = diagnostics.at(-1);
  return last ? [linesOf(last).join("\n")] : [];
}

function counts({ diagnostics }: Row): string[] {
  const kinds = [
    ["error", color.red, ["error"]],
    ["warning", color.yellow, ["warning"]],
    ["message", color.magenta, ["info", "info#err"]],
    ["debug", color.reset, ["debug"]],
  ] as const;
  return kinds.flatMap(([word, shade, severities]) => {
    const count = diagnostics.filter(
      ({ severity, ephemeral }) => !ephemeral && (severities as readonly string[]).includes(severity),
    ).length;
    return count > 0 ? [`${count} ${shade}${word}${count > 1 ? "s" : ""}${color.reset}`] : [];
  });
}
