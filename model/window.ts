import { z } from "zod";

export const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Day = (typeof days)[number];

const clock = (pattern: RegExp, last: string) =>
  z.string().regex(pattern, { error: `Expected a time of day from 00:00 to ${last}, such as 22:00.` });

/** Hours of some days of the week in which traffic may move, by the clock on the tenant's wall. */
export const windowSchema = z
  .strictObject({
    days: z.array(z.enum(days)).min(1).max(7).meta({ description: "Days on which it begins" }),
    from: clock(/^([01]\d|2[0-3]):[0-5]\d$/, "23:59").meta({ example: "22:00" }),
    to: clock(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "24:00").meta({
      description: "Not later than `from`: of the day after",
      example: "04:00",
    }),
  })
  .refine(({ from, to }) => from !== to, { error: "Expected another `to` than `from`; a whole day is 00:00 to 24:00." })
  .meta({ id: "Window", description: "Maintenance window, in the tenant's time zone" });
export type Window = z.infer<typeof windowSchema>;

/** Longer than any name in use; PostgreSQL and logs hold it as text. */
export const timeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, { error: "Expected the name of a time zone, such as Europe/Berlin or UTC." })
  .meta({ description: "Its time zone (IANA): maintenance windows go by it", example: "Europe/Berlin" });

/** Offsets such as +02:00, which Intl takes too, know no summer time: they are refused. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const minute = 60_000;
const day = 24 * 60 * minute;
const week = 7 * day;

/**
 * The first moment from `at` on that lies in one of the windows: `at` itself where it does, or where there are no
 * windows. Hours that the change to summer time skips are in no window; those
 * that come twice in autumn are in it twice.
 */
export function nextOpening(windows: readonly Window[], zone: string, at: Date): Date {
  if (windows.length === 0) return at;
  // Ends soon: clocks change a few times a year, and every window comes once a week.
  for (let from = at.getTime(); ;) {
    const offset = offsetAt(zone, from);
    const found = from + untilOpen(windows, from + offset);
    if (offsetAt(zone, found) === offset) return new Date(found);
    // The clocks change on the way there: what was found holds until then only.
    from = changeBetween(zone, from, found);
  }
}

/** The first moment from `at` on that lies in no window: `at` itself where it does; null where they never close. */
export function nextClosing(windows: readonly Window[], zone: string, at: Date): Date | null {
  if (windows.length === 0) return null;
  for (let from = at.getTime(); ;) {
    const offset = offsetAt(zone, from);
    const left = untilClosed(windows, from + offset);
    if (left === Infinity) return null;
    if (offsetAt(zone, from + left) === offset) return new Date(from + left);
    from = changeBetween(zone, from, from + left);
  }
}

/** When any of the windows is open between two moments, whole also where it begins or ends outside of them. */
export function openings(windows: readonly Window[], zone: string, from: Date, to: Date): { from: Date; to: Date }[] {
  if (windows.length === 0) return [];
  const found: { from: Date; to: Date }[] = [];
  const begin = new Date(from.getTime() - week);
  for (let at = begin; ;) {
    const opens = nextOpening(windows, zone, at);
    if (opens >= to) return found;
    const closes = nextClosing(windows, zone, opens);
    // Windows that never close have neither beginning nor end.
    if (closes === null) return [{ from, to }];
    if (closes > from) found.push({ from: opens, to: closes });
    at = closes;
  }
}

/** Milliseconds from `local` (of a clock that never changes) until no window is open; 0 outside of them. */
function untilClosed(windows: readonly Window[], local: number): number {
  const begin = modulo(local - firstMonday, week);
  for (let at = begin; ;) {
    const left = Math.max(0, ...windows.flatMap((window) => window.days.map((name) => leftOfOne(window, name, at))));
    if (left === 0) return at - begin;
    at += left;
    if (at - begin > week) return Infinity;
  }
}

/** Milliseconds until the window that opened on that day closes; 0 outside of it. */
function leftOfOne(window: Window, name: Day, sinceMonday: number): number {
  const sinceStart = modulo(sinceMonday - (days.indexOf(name) * day + ofDay(window.from)), week);
  return Math.max(0, lengthOf(window) - sinceStart);
}

/** Milliseconds from `local` (of a clock that never changes) until a window is open; 0 in one. */
function untilOpen(windows: readonly Window[], local: number): number {
  const sinceMonday = modulo(local - firstMonday, week);
  return Math.min(...windows.flatMap((window) => window.days.map((name) => untilOne(window, name, sinceMonday))));
}

/** 5 January 1970. */
const firstMonday = 4 * day;

function untilOne(window: Window, name: Day, sinceMonday: number): number {
  const start = days.indexOf(name) * day + ofDay(window.from);
  const sinceStart = modulo(sinceMonday - start, week);
  return sinceStart < lengthOf(window) ? 0 : week - sinceStart;
}

function lengthOf({ from, to }: Window): number {
  return ofDay(to) - ofDay(from) + (to > from ? 0 : day);
}

function ofDay(time: string): number {
  const [hours, minutes] = time.split(":").map(Number);
  return (hours! * 60 + minutes!) * minute;
}

/** The minute at which the zone's clocks change between two moments whose offsets differ. */
function changeBetween(zone: string, before: number, after: number): number {
  const old = offsetAt(zone, before);
  let [low, high] = [Math.floor(before / minute), Math.ceil(after / minute)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(zone, middle * minute) === old) low = middle;
    else high = middle;
  }
  return high * minute;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the zone's clocks are ahead of UTC, in milliseconds. */
function offsetAt(zone: string, time: number): number {
  const whole = Math.floor(time / 1000) * 1000;
  const part = Object.fromEntries(
    formatOf(zone)
      .formatToParts(whole)
      .map(({ type, value }) => [type, Number(value)]),
  );
  return Date.UTC(part.year!, part.month! - 1, part.day, part.hour, part.minute, part.second) - whole;
}

/** Making one takes far longer than using it. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const numeric = "2-digit";
  const format = new Intl.DateTimeFormat("en", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  });
  formats.set(zone, format);
  return format;
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
