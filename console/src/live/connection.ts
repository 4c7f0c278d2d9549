import { remembered } from "../api/keep.ts";
import { askForToken } from "../api/client.ts";
import { identityHeaders } from "../api/identity.ts";
import type { TealEvent } from "../api/types.ts";
import { followOnce, pauseBefore, StreamRefused } from "./stream.ts";

export type Connection =
  | { state: "connecting" }
  /** `caughtUp`: it had been lost until a moment ago. */
  | { state: "live"; caughtUp: boolean }
  /** The page shows what was so at `since`. */
  | { state: "lost"; since: Date };

/** How the page is connected to what happens. */
export const connection = remembered<Connection>({ state: "connecting" });

/** The server says every 15 s that it is still there. */
const silence = 40_000;
/** A page that nobody sees gives its connection back: browsers allow few per server. It catches up when it is seen again. */
const unseen = 60_000;

/** How long it is said that the connection is back. */
const mention = 6000;

function forgetTheLoss(): void {
  if (connection.get().state === "live") connection.set({ state: "live", caughtUp: false });
}

interface Listener {
  onEvent(event: TealEvent): void;
  /** Called when the stream goes on after it had broken off. */
  onCaughtUp(): void;
}

/** Follows all events on one connection until `signal`, and takes it up again behind the last one whenever it breaks off. */
export async function stayConnected(lastId: () => Promise<number>, listener: Listener, signal: AbortSignal) {
  let cursor: number | null = null;
  let since = new Date();
  for (let tries = 0; !signal.aborted;) {
    const attempt = new AbortController();
    const stop = stopWhenSilentOrUnseen(attempt);
    signal.addEventListener("abort", () => attempt.abort(), { signal: attempt.signal });
    try {
      cursor ??= await lastId();
      const again = tries > 0;
      await followOnce({
        after: cursor,
        headers: identityHeaders(),
        signal: attempt.signal,
        onLife: stop.alive,
        onOpen() {
          tries = 0;
          connection.set({ state: "live", caughtUp: again });
          if (again) listener.onCaughtUp();
          if (again) setTimeout(forgetTheLoss, mention);
        },
        onEvent(event) {
          cursor = event.id;
          listener.onEvent(event);
        },
      });
    } catch (error) {
      if (error instanceof StreamRefused && error.status === 401) askForToken();
    } finally {
      stop.done();
      attempt.abort();
    }
    if (signal.aborted) return;
    if (connection.get().state !== "lost") since = new Date();
    tries += 1;
    if (document.hidden) await seen(signal);
    else connection.set({ state: "lost", since });
    await pause(pauseBefore(tries), signal);
  }
}

function stopWhenSilentOrUnseen(attempt: AbortController) {
  let quiet: ReturnType<typeof setTimeout>;
  let away: ReturnType<typeof setTimeout> | undefined;
  const alive = (): void => {
    clearTimeout(quiet);
    quiet = setTimeout(() => attempt.abort(), silence);
  };
  const look = (): void => {
    clearTimeout(away);
    if (document.hidden) away = setTimeout(() => attempt.abort(), unseen);
  };
  alive();
  look();
  document.addEventListener("visibilitychange", look);
  const done = (): void => {
    clearTimeout(quiet);
    clearTimeout(away);
    document.removeEventListener("visibilitychange", look);
  };
  return { alive, done };
}

function seen(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (document.hidden && !signal.aborted) return;
      document.removeEventListener("visibilitychange", look);
      resolve();
    };
    document.addEventListener("visibilitychange", look);
    signal.addEventListener("abort", look, { once: true });
  });
}

/** Ends early when the browser says that there is a network again. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      window.removeEventListener("online", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    window.addEventListener("online", end);
    signal.addEventListener("abort", end, { once: true });
  });
}
