import { clock, dayHeading } from "./time.ts";

const moment = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** `text` with the times in it as the reader's clock has them: `tomorrow 09:14` for `2026-11-29T09:14:34.532Z`. */
export function said(text: string, now: Date): string {
  return text.replaceAll(moment, (found) => {
    const at = new Date(found);
    const day = dayHeading(at, now);
    const named = ["Today", "Yesterday", "Tomorrow"].includes(day) ? day.toLowerCase() : day;
    return `${named} ${clock(at)}`;
  });
}
