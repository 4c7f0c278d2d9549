import type { Cluster } from "../api/cluster.ts";
import { ControllerClient } from "./client.ts";
import type { Running } from "./controller.ts";

const checkMillis = 60_000;
/** As on a real cluster. */
const keepMillis = 3_600_000;

/** Deletes Events an hour after they last happened. */
export function runEventExpiry(cluster: Cluster): Running {
  const client = new ControllerClient(cluster, "event-expiry");
  const check = (): void => {
    const oldest = Date.now() - keepMillis;
    for (const event of client.list("Event")) {
      if (Date.parse(event.lastTimestamp ?? event.metadata.creationTimestamp) < oldest) client.delete(event);
    }
  };
  const timer = setInterval(check, checkMillis);
  return { stop: () => clearInterval(timer) };
}
