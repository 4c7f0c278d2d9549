import { duration } from "./time.ts";

/** What a restore would lose, in a sentence. */
export function lossText(minutes: number): string {
  if (minutes === 0) return "Nothing would be lost: nothing was written since the backup.";
  return `${duration(minutes * 60)} of writes would be lost: what came after this backup.`;
}
