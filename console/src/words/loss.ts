import { duration } from "./time.ts";

/** What a restore would lose, in a sentence. */
export function lossText(minutes: number): string {
  if (minutes === 0) return "Nothing would be lost: nothing was written since the backup.";
  return `What was written in the last ${duration(minutes * 60)} would be lost.`;
}
