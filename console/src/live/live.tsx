import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { api, body } from "../api/client.ts";
import { token, tokenWanted } from "../api/identity.ts";
import { useKept } from "../api/keep.ts";
import type { TealEvent } from "../api/types.ts";
import { affectedBy, distinct, type Key } from "./affected.ts";
import { stayConnected } from "./connection.ts";

/** How long events are gathered before what they changed is read again: a rollout writes several at a time. */
const gathering = 200;

/** Keeps everything on the page true, by one connection. Shows nothing. */
export function Live(): null {
  const client = useQueryClient();
  const wanted = useKept(tokenWanted);
  const bearer = useKept(token);
  useEffect(() => {
    if (wanted) return;
    const stop = new AbortController();
    const readAgain = gatherer(client);
    void stayConnected(
      lastEventId,
      {
        onEvent(event) {
          append(client, event);
          readAgain(affectedBy(event));
        },
        // What the events tell is read again one by one; what failed while there was no answer is tried again too.
        onCaughtUp: () => void client.invalidateQueries(),
      },
      stop.signal,
    );
    return () => stop.abort();
  }, [client, wanted, bearer]);
  return null;
}

/** The newest event there is: what came before it is read with everything else. */
async function lastEventId(): Promise<number> {
  const { items } = await body(api.GET("/v1/activity", { params: { query: { limit: 1 } } }));
  return items[0]?.id ?? 0;
}

function gatherer(client: QueryClient): (keys: Key[]) => void {
  let gathered: Key[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (keys) => {
    gathered.push(...keys);
    timer ??= setTimeout(() => {
      const all = distinct(gathered);
      gathered = [];
      timer = undefined;
      for (const queryKey of all) void client.invalidateQueries({ queryKey });
    }, gathering);
  };
}

/** An operation's list of events grows at once; nothing is asked for. */
function append(client: QueryClient, event: TealEvent): void {
  if (!event.operation) return;
  client.setQueryData<TealEvent[]>(["events", event.operation], (known) =>
    known?.every(({ id }) => id < event.id) ? [...known, event] : known,
  );
}
