import type { Figure, TealEvent } from "../../api/types.ts";
import type { Phase } from "../../words/machine.ts";

/** A phase as it was gone through. `to` undefined: it is in it. */
export interface Chapter {
  phase: Phase;
  from: string;
  to: string | undefined;
  /** What was said and done in it, oldest first. */
  events: TealEvent[];
}

/** An operation's events by phase, in the order in which it went through them. */
export function chaptersOf(events: readonly TealEvent[], ended: boolean): Chapter[] {
  const chapters: Chapter[] = [];
  for (const event of events) {
    const last = chapters.at(-1);
    if (event.phase !== null && event.phase !== last?.phase) {
      if (last) last.to = event.at;
      chapters.push({ phase: event.phase, from: event.at, to: undefined, events: [event] });
    } else if (last) last.events.push(event);
  }
  const end = chapters.at(-1);
  if (ended && end) end.to = end.from;
  return chapters;
}

/** The latest figures that its events tell. */
export function latestFigures(events: readonly TealEvent[]): { figures: Figure[]; at: string } | null {
  for (const event of events.toReversed()) {
    const figures = event.data["figures"];
    if (Array.isArray(figures) && figures.length > 0) return { figures: figures as Figure[], at: event.at };
  }
  return null;
}

/** The lines that the migration wrote, which the event of its end keeps, secrets masked; null where none has ended well. */
export function migrationLog(events: readonly TealEvent[]): string[] | null {
  const log = events.findLast(({ data }) => Array.isArray(data["log"]))?.data["log"];
  return Array.isArray(log) ? log.map(String) : null;
}
