/** The text of an operation, as it reads on a terminal without colours. */
import type { Step, StepOp } from "../deploy/step.ts";
import { urnName, urnType } from "../state/urn.ts";
import type { PropertyMap, Value } from "../values/property.ts";
import { Secret, Unknown, hasSecrets, isList, isMap } from "../values/property.ts";
import type { Diagnostic, Summary } from "./event.ts";

const signs: Readonly<Record<StepOp, string>> = {
  same: "  ",
  create: "+ ",
  update: "~ ",
  delete: "- ",
  replace: "+-",
  "create-replacement": "++",
  "delete-replaced": "--",
  read: "> ",
  "read-replacement": ">>",
  discard: "< ",
  "discard-replaced": "<<",
  refresh: "~ ",
  "remove-pending-replace": "~ ",
};

const verbs: Readonly<Record<string, readonly [doing: string, done: string]>> = {
  create: ["creating", "created"],
  update: ["updating", "updated"],
  delete: ["deleting", "deleted"],
  replace: ["replacing", "replaced"],
  "create-replacement": ["creating replacement", "created replacement"],
  "delete-replaced": ["deleting original", "deleted original"],
  read: ["reading", "read"],
  refresh: ["refreshing", "refreshed"],
  same: ["", "unchanged"],
};

function lineOf(step: Step, op: StepOp, what: string): string {
  return ` ${signs[op]} ${urnType(step.urn)} ${urnName(step.urn)} ${what}\n`;
}

export const display = {
  heading: (kind: string, stack: string) => `${headings[kind] ?? kind} (${stack}):\n\n`,
  began: (step: Step, preview: boolean) =>
    preview || step.op === "same" ? "" : lineOf(step, step.op, `${verbs[step.op]?.[0] ?? step.op} (0s)`),
  ended: (step: Step, op: StepOp, preview: boolean, seconds: number) =>
    op === "same" ? "" : lineOf(step, op, preview ? op : `${verbs[op]?.[1] ?? op} (${seconds.toFixed(2)}s)`),
  failed: (step: Step) => lineOf(step, step.op, `**${verbs[step.op]?.[0] ?? step.op} failed**`),
  diagnostics(diagnostics: readonly Diagnostic[], rootUrn: string): string {
    if (diagnostics.length === 0) return "";
    const byUrn = Map.groupBy(diagnostics, (diagnostic) => diagnostic.urn || rootUrn);
    const blocks = [...byUrn].map(([urn, group]) => {
      const lines = group.map(({ severity, message }) => {
        const prefix = severity === "error" || severity === "warning" ? `${severity}: ` : "";
        return `    ${prefix}${message.trimEnd().replaceAll("\n", "\n    ")}\n`;
      });
      return `  ${urnType(urn)} (${urnName(urn)}):\n${lines.join("")}\n`;
    });
    return `Diagnostics:\n${blocks.join("")}`;
  },
  outputs(outputs: PropertyMap): string {
    const keys = Object.keys(outputs).sort();
    if (keys.length === 0) return "";
    const width = Math.max(...keys.map((key) => key.length));
    return `Outputs:\n${keys.map((key) => `    ${key.padEnd(width)}: ${shown(outputs[key]!)}\n`).join("")}\n`;
  },
  summary(summary: Summary, errors: number): string {
    const lines = Object.entries(summary.changes)
      .filter(([op, count]) => op !== "same" && count > 0)
      .map(
        ([op, count]) =>
          `    ${signs[op as StepOp].trim()} ${count} ${summary.preview ? `to ${op}` : (verbs[op]?.[1] ?? op)}\n`,
      );
    const same = summary.changes["same"] ?? 0;
    if (same > 0) lines.push(`    ${same} unchanged\n`);
    if (errors > 0) lines.push(`    ${errors} errored\n`);
    return `Resources:\n${lines.join("")}\nDuration: ${Math.max(1, summary.durationSeconds)}s\n\n`;
  },
};

const headings: Readonly<Record<string, string>> = {
  update: "Updating",
  preview: "Previewing update",
  refresh: "Refreshing",
  destroy: "Destroying",
};

function shown(value: Value): string {
  if (value instanceof Secret) return "[secret]";
  if (value instanceof Unknown) return "output<string>";
  if ((isMap(value) || isList(value)) && hasSecrets(value)) return "[secret]";
  return JSON.stringify(value);
}
