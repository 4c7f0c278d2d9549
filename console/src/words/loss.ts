import { duration } from "./time.ts";

/** What a restore of a backup, or to a moment, would lose, in a sentence. */
export function lossText(minutes: number, of: "backup" | "moment" = "backup"): string {
  if (minutes === 0)
    return `Nothing would be lost: nothing was written since ${of === "backup" ? "the backup" : "that moment"}.`;
  return `${duration(minutes * 60)} of writes would be lost: what came after ${of === "backup" ? "this backup" : "that moment"}.`;
}
