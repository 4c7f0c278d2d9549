/** Diagnostics as they are printed, and config where it is asked for. */
import type { Diagnostic, Severity } from "../event.ts";
import { color, colorize } from "./colors.ts";

const colors: Partial<Record<Severity, string>> = { error: color.red, warning: color.yellow, debug: color.reset };

/** `error: ` and the like, in its colour. Nothing for plain information. */
export function prefixOfSeverity(severity: Severity): string {
  const shown = colors[severity];
  return shown === undefined ? "" : `${shown}${severity}: ${color.reset}`;
}

/** The text's lines, without blank ones at the end. */
export function linesOf({ severity, message }: Diagnostic): string[] {
  const lines = `${prefixOfSeverity(severity)}${color.reset}${message}${color.reset}`.trimEnd().split("\n");
  while (lines.length > 0 && colorize(lines.at(-1)!, "never").trim() === "") lines.pop();
  return lines;
}

export function configText(config: Readonly<Record<string, string>>): string {
  const keys = Object.keys(config).sort();
  return `${color.reset}Configuration:${color.reset}\n${keys.map((key) => `    ${key}: ${config[key]}\n`).join("")}`;
}
