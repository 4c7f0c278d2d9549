import type { CalendarItem } from "../../api/types.ts";

export interface Day {
  /** Midnight by the reader's clock. */
  at: Date;
  items: CalendarItem[];
}

/** When an item begins. */
export function beginOf(item: CalendarItem): Date {
  return new Date("from" in item ? item.from : item.at);
}

/** Items by the day on which they begin, by the reader's clock; those that have begun before `from` are on its day. */
export function daysOf(items: readonly CalendarItem[], from: Date): Day[] {
  const days = new Map<number, Day>();
  for (const item of items) {
    const begin = beginOf(item);
    const at = midnight(begin < from ? from : begin);
    const day = days.get(at.getTime()) ?? { at, items: [] };
    day.items.push(item);
    days.set(at.getTime(), day);
  }
  return [...days.values()].sort((a, b) => a.at.getTime() - b.at.getTime());
}

function midnight(at: Date): Date {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate());
}
