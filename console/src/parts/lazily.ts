import { lazy, type ComponentType } from "react";
import { connection } from "../live/connection.ts";
import { pauseBefore } from "../live/stream.ts";

type Load<P> = () => Promise<{ default: ComponentType<P> }>;

const parts: (() => Promise<unknown>)[] = [];
/** With so many tries in vain while Teal answers, it has another version by now, which the page has to be loaded from. */
const enough = 4;
const reloadedAt = "teal-reloaded-at";

/**
 * A part of the console that is loaded when it is first shown, or by `loadAll` before. One that can't be had, since Teal is
 * away, is asked for until it can.
 */
export function lazily<P extends object>(load: Load<P>) {
  parts.push(load);
  return lazy(() => untilLoaded(load));
}

/** Loads all parts, one after the other: whoever works with the console has all of it by the time that Teal is away. */
export async function loadAll(): Promise<void> {
  for (const load of parts) await load().catch(() => undefined);
}

async function untilLoaded<T>(load: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await load();
    } catch {
      if (tries >= enough && connection.get().state === "live") reloadOnce();
      await new Promise((resolve) => setTimeout(resolve, pauseBefore(tries)));
    }
  }
}

/** At most once a minute: a part that nobody has must not have the page load for ever. */
function reloadOnce(): void {
  if (Date.now() - Number(sessionStorage.getItem(reloadedAt)) < 60_000) return;
  sessionStorage.setItem(reloadedAt, String(Date.now()));
  location.reload();
}
