/** The display of a run without a terminal: a line whenever a resource gets somewhere, and all that was said at the end. */
import type { Step, StepOp } from "../../deploy/step.ts";
import { urnName, urnType } from "../../state/urn.ts";
import type { Diagnostic, Summary } from "../event.ts";
import { heading, type Display, type DisplayOptions } from "../display.ts";
import { color, colorize } from "./colors.ts";
import { configText, linesOf } from "./diagnostics.ts";
import { isRoot, isShownStep, outputsOf, type ToldStep } from "./resource.ts";
import { emptyRow, rowText, type Row } from "./row.ts";
import { summaryText } from "./summary.ts";

export function progressDisplay(options: DisplayOptions): Display {
  return new ProgressDisplay(options);
}

class ProgressDisplay implements Display {
  readonly #options: DisplayOptions;
  /** By URN. What concerns no resource in particular is told of the stack. */
  readonly #rows = new Map<string, Row>();

  constructor(options: DisplayOptions) {
    this.#options = options;
    this.#print(`${color.headline}${heading(options)}${color.reset}`);
  }

  #print(text: string): void {
    this.#options.write(`${colorize(text, this.#options.color)}\n`);
  }

  prelude(config: Readonly<Record<string, string>>): void {
    this.#print(this.#options.showConfig ? configText(config) : "");
  }

  #row(urn: string): Row {
    const key = urn || this.#options.rootUrn;
    let row = this.#rows.get(key);
    if (!row) this.#rows.set(key, (row = emptyRow(key, key === this.#options.rootUrn)));
    return row;
  }

  /** The row of a step's resource, unless it is one that is told otherwise, or not at all. */
  #rowOf(step: ToldStep): Row | undefined {
    if (!this.#options.showReads) {
      if (step.op === "discard" || step.op === "read-replacement") return undefined;
      if (step.op === "read") {
        const message = `read ${urnType(step.urn)} ${urnName(step.urn)}`;
        this.diagnostic({ urn: "", severity: "info", message, ephemeral: true });
        return undefined;
      }
    }
    const row = this.#row(step.urn);
    if (isShownStep(step, this.#options, false) || row.root) row.hidden = false;
    return row;
  }

  #update(row: Row): void {
    if (!row.hidden) this.#print(rowText(row, this.#options));
  }

  before(step: Step): void {
    const row = this.#rowOf(step);
    if (!row) return;
    row.began = performance.now();
    row.ended = undefined;
    row.step = step;
    this.#update(row);
  }

  outputs(given: Step, op: StepOp): void {
    const step: ToldStep = { ...given, op };
    const row = this.#rowOf(step);
    if (!row) return;
    const refreshed = row.step?.op === "refresh";
    row.ended = performance.now();
    row.step = step;
    row.finished.push(step);
    const custom = (step.new ?? step.old)?.custom === true;
    if (refreshed || (!this.#options.preview && custom && step.op !== "same")) this.#update(row);
  }

  failed(step: Step): void {
    const row = this.#rowOf(step);
    if (!row) return;
    row.failed = true;
    this.#update(row);
  }

  diagnostic(diagnostic: Diagnostic): void {
    if (diagnostic.severity === "debug" && !this.#options.debug) return;
    const row = this.#row(diagnostic.urn);
    row.hidden = false;
    row.diagnostics.push(diagnostic);
    this.#update(row);
  }

  end(summary: Summary): void {
    const open = [...this.#rows.values()].filter((row) => !isDone(row));
    for (const row of this.#rows.values()) row.over = true;
    for (const row of open) this.#update(row);
    this.#diagnostics();
    this.#outputs();
    const errored = [...this.#rows.values()].filter((row) => row.diagnostics.some(isError)).length;
    this.#print(summaryText(summary, errored));
  }

  #diagnostics(): void {
    const isTold = (each: Diagnostic) => !each.ephemeral && linesOf(each).length > 0;
    const told = [...this.#rows.values()].filter((row) => row.diagnostics.some(isTold));
    if (told.length > 0) this.#print(`${color.headline}Diagnostics:${color.reset}`);
    for (const { urn, diagnostics } of told) {
      const name = this.#options.showUrns ? urn : `${urnType(urn)} (${urnName(urn)})`;
      this.#print(`  ${color.brightBlue}${name}:${color.reset}`);
      const streams = Map.groupBy(diagnostics.filter(isTold), (each) => each.streamId ?? 0);
      for (const [stream, messages] of streams) {
        const lines = stream === 0 ? messages.flatMap(linesOf) : linesOf(merged(messages));
        for (const line of lines) this.#print(`    ${line.trimEnd()}`);
        this.#print("");
      }
    }
  }

  #outputs(): void {
    const step = this.#rows.get(this.#options.rootUrn)?.step;
    if (this.#options.suppressOutputs || !step || !isRoot(step)) return;
    const text = outputsOf(step, {
      indent: 1,
      planning: this.#options.preview,
      refresh: false,
      showSames: this.#options.showSames,
      truncate: this.#options.truncate,
      showSecrets: this.#options.showSecrets,
    });
    if (text) this.#print(`${color.headline}Outputs:${color.reset}\n${text}`);
  }
}

const isError = ({ severity, ephemeral }: Diagnostic) => severity === "error" && !ephemeral;

/** Parts of one stream are one message. */
function merged(parts: readonly Diagnostic[]): Diagnostic {
  return { ...parts[0]!, message: parts.map(({ message }) => message).join("") };
}

function isDone(row: Row): boolean {
  return row.failed || (!row.root && row.finished.some((step) => step.op === row.step?.op));
}
