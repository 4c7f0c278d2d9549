import { useEffect, useState } from "react";
import { remembered, useKept } from "../api/keep.ts";
import { clock, dayHeading, distance, duration, fullTime } from "../words/time.ts";

/** One clock for the page: times that people read as "3 min ago" age together. */
const present = remembered(new Date());
setInterval(() => present.set(new Date()), 10_000);

export function useNow(): Date {
  return useKept(present);
}

/** As `useNow`, but every second: for what is counted down. */
export function useSeconds(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** `3 min ago`, with the exact time for whoever points at it. */
export function Ago({ at }: { at: string }) {
  const now = useNow();
  const date = new Date(at);
  return (
    <time dateTime={at} title={fullTime(date)} className="nowrap">
      {distance(date, date > now && date.getTime() - now.getTime() < 15_000 ? date : now)}
    </time>
  );
}

/** `today 14:05`, `Tue 3 Mar 14:05`. */
export function At({ at }: { at: string }) {
  const now = useNow();
  const date = new Date(at);
  const day = dayHeading(date, now);
  return (
    <time dateTime={at} title={fullTime(date)} className="nowrap">
      {day === "Today" ? "" : `${day} `}
      {clock(date)}
    </time>
  );
}

/** How long until `at`, counted down. */
export function Until({ at }: { at: string }) {
  const now = useSeconds();
  const seconds = (new Date(at).getTime() - now.getTime()) / 1000;
  return (
    <time dateTime={at} title={fullTime(new Date(at))} className="nowrap">
      {seconds <= 0 ? "now" : `in ${duration(seconds)}`}
    </time>
  );
}

/** How long something has taken, or takes so far. */
export function Took({ from, to }: { from: string; to?: string | undefined }) {
  const now = useNow();
  const end = to === undefined ? now : new Date(to);
  return <span className="nowrap">{duration((end.getTime() - new Date(from).getTime()) / 1000)}</span>;
}
