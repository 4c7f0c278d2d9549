/** The `Resources:` and `Duration:` at the end. */
import type { StepOp } from "../../deploy/step.ts";
import type { Summary } from "../event.ts";
import { color } from "./colors.ts";
import { operations, pastTense, prefixOf } from "./operations.ts";

const silent: ReadonlySet<StepOp> = new Set(["same", "read", "discard", "read-replacement"]);

export function summaryText({ changes, preview, durationSeconds }: Summary, errored: number): string {
  const kinds = operations.filter((op) => !silent.has(op) && (changes[op] ?? 0) > 0);
  const lines = kinds.map((op) => {
    const what = preview ? `to ${op}` : pastTense(op);
    return `    ${prefixOf(op, true)}${changes[op]} ${what}${color.reset}\n`;
  });
  const total = kinds.reduce((sum, op) => sum + changes[op]!, 0);
  const same = changes["same"] ?? 0;
  const pieces = [
    ...(kinds.length > 1 ? [`${color.bold}${total} changes${color.reset}`] : []),
    ...(same > 0 ? [`${same} unchanged`] : []),
  ];
  if (pieces.length > 0) lines.push(`    ${pieces.join(". ")}\n`);
  if (errored > 0) lines.push(`    ${color.red}${errored} errored${color.reset}\n`);
  const duration = preview ? "" : `\n${color.headline}Duration:${color.reset} ${goDuration(durationSeconds)}\n`;
  return `${color.headline}Resources:${color.reset}\n${lines.join("")}${duration}`;
}

/** Whole seconds as Go writes them: `1m5s`. */
function goDuration(seconds: number): string {
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  if (h > 0) return `${h}h${m}m${s}s`;
  return m > 0 ? `${m}m${s}s` : `${s}s`;
}
