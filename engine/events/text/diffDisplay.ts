/** The display of `--diff`: each resource with all that changes in it. */
import type { Step, StepOp } from "../../deploy/step.ts";
import type { Diagnostic, Summary } from "../event.ts";
import { heading, type Display, type DisplayOptions } from "../display.ts";
import { color, colorize } from "./colors.ts";
import { configText, prefixOfSeverity } from "./diagnostics.ts";
import { colorOf } from "./operations.ts";
import { details, header, isRoot, isShownStep, outputsOf, type ToldStep } from "./resource.ts";
import { summaryText } from "./summary.ts";

export function diffDisplay(options: DisplayOptions): Display {
  const seen = new Map<string, ToldStep>();
  let errored = 0;
  const write = (text: string) => {
    if (text) options.write(colorize(text, options.color));
  };
  const shown = (step: ToldStep) => isShownStep(step, options, true) || isRoot(step);
  const indentOf = (step: ToldStep) => {
    let indent = 0;
    for (let parent = seen.get(parentOf(step)); parent; parent = seen.get(parentOf(parent)))
      if (shown(parent)) indent++;
    return indent;
  };
  const difference = (step: ToldStep, refresh: boolean) =>
    header(step, indentOf(step), options) + details(step, indentOf(step), options, refresh) + color.reset;

  write(`${color.headline}${heading(options)}${color.reset}\n`);
  return {
    prelude: (config) => write(options.showConfig ? configText(config) : ""),
    before(step: Step) {
      seen.set(step.urn, step);
      if (step.op !== "refresh" && shown(step)) write(difference(step, false));
    },
    outputs(given: Step, op: StepOp) {
      const step: ToldStep = { ...given, op };
      if (!shown(step)) return;
      const refresh = seen.get(step.urn)?.op === "refresh";
      if (refresh && op === "update") return write(difference(step, true));
      write(outcome(step, refresh));
    },
    failed: () => void errored++,
    diagnostic(diagnostic: Diagnostic) {
      if (diagnostic.severity === "debug" && !options.debug) return;
      const text = `${prefixOfSeverity(diagnostic.severity)}${diagnostic.message}${color.reset}\n`;
      options.writeError(colorize(text, options.color));
    },
    end: (summary: Summary) => write(summaryText(summary, errored)),
  };

  function outcome(step: ToldStep, refresh: boolean): string {
    const indent = indentOf(step);
    const text = outputsOf(step, {
      indent: indent + 1,
      planning: options.preview,
      refresh,
      showSames: options.showSames,
      truncate: options.truncate,
      showSecrets: options.showSecrets,
    });
    const late = refresh && (step.op !== "refresh" || text !== "" || isRoot(step));
    const title = late ? header(step, indent, options) : "";
    if (options.suppressOutputs || text === "") return title;
    return `${title}${colorOf(step.op)}${"    ".repeat(indent + 1)}--outputs:--${color.reset}\n${text}`;
  }
}

function parentOf(step: ToldStep): string {
  return (step.new ?? step.old)?.parent ?? "";
}
