import { podLimits, type PodLog } from "../../../model/console/pods.ts";
import type { Mask } from "../../stacks/mask.ts";

const timed = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)) ?(.*)$/s;

/**
 * The lines of a log as the cluster gives it, with times, masked, the last ones where there are more bytes than may be
 * answered with. `wanted`: how many lines were asked for.
 */
export function logLines(text: string, mask: Mask, wanted: number): Pick<PodLog, "lines" | "truncated"> {
  // What comes last without an end was cut off by the API server, perhaps in the middle of a secret.
  const end = text.lastIndexOf("\n") + 1;
  if (end === 0) return { lines: [], truncated: text !== "" };
  const whole = text.slice(0, end - 1).split("\n");
  const texts = whole.map((line) => timed.exec(line)?.[2] ?? line);
  // In one piece: a secret of several lines is written over several of the log's.
  const masked = mask(texts.join("\n")).split("\n");
  const times = masked.length === texts.length ? whole.map((line) => timed.exec(line)?.[1]) : [];
  const lines = masked.map((line, i) => ({ at: isoOf(times[i]), text: line.slice(0, longestLine) }));
  const kept = withinBytes(lines);
  return { lines: kept, truncated: kept.length < lines.length || whole.length >= wanted || end < text.length };
}

const longestLine = 16_384;

function isoOf(time: string | undefined): string | null {
  const date = time === undefined ? undefined : new Date(time);
  return date && !Number.isNaN(date.getTime()) ? date.toISOString() : null;
}

function withinBytes(lines: PodLog["lines"]): PodLog["lines"] {
  let bytes = 0;
  const from = lines.findLastIndex(({ text }) => (bytes += Buffer.byteLength(text) + 1) > podLimits.bytes);
  return lines.slice(from + 1);
}
