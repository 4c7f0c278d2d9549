import type { Restorable } from "./provider.ts";

/** Whether that moment is one that the data can be brought back to; both ends are. Pure. */
export function covers({ earliest, latest }: Restorable, at: string): boolean {
  const time = Date.parse(at);
  return time >= Date.parse(earliest) && time <= Date.parse(latest);
}
