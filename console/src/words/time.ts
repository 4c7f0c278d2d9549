/** Texts of times. All take the present as an argument, so that they can be tested and shown to age. */

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** A length of time in its two largest units at most: `45 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < minute) return `${whole} s`;
  if (whole < 10 * minute) return two(whole, minute, "min", 1, "s");
  if (whole < hour) return `${Math.round(whole / minute)} min`;
  if (whole < day) return two(whole, hour, "h", minute, "min");
  return two(whole, day, "d", hour, "h");
}

function two(whole: number, big: number, bigName: string, small: number, smallName: string): string {
  const rounded = Math.round(whole / small) * small;
  const rest = Math.floor((rounded % big) / small);
  const first = `${Math.floor(rounded / big)} ${bigName}`;
  return rest === 0 ? first : `${first} ${rest} ${smallName}`;
}

/** How far `at` is from `now`, in one unit: `now`, `3 min ago`, `in 2 h`, `5 d ago`. */
export function distance(at: Date, now: Date): string {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  const far = Math.abs(seconds);
  if (far < 5) return "now";
  const text = oneUnit(far);
  return seconds < 0 ? `${text} ago` : `in ${text}`;
}

function oneUnit(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < hour) return `${Math.round(seconds / minute)} min`;
  if (seconds < 36 * hour) return `${Math.round(seconds / hour)} h`;
  return `${Math.round(seconds / day)} d`;
}

const clockFormat = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const preciseFormat = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const dayFormat = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" });
const fullFormat = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "long" });

/** `14:05` by the reader's clock. */
export function clock(at: Date): string {
  return clockFormat.format(at);
}

/** `14:05:09` by the reader's clock. */
export function preciseClock(at: Date): string {
  return preciseFormat.format(at);
}

/** `Tue 3 Mar`. */
export function dayName(at: Date): string {
  return dayFormat.format(at).replace(",", "");
}

/** Day and time with zone, for those who want to know exactly. */
export function fullTime(at: Date): string {
  return fullFormat.format(at);
}

/** `Today`, `Yesterday`, `Tomorrow`, else the day's name. */
export function dayHeading(at: Date, now: Date): string {
  const days = Math.round((startOfDay(at) - startOfDay(now)) / (day * 1000));
  return { "-1": "Yesterday", 0: "Today", 1: "Tomorrow" }[days] ?? dayName(at);
}

function startOfDay(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}
