import { TealError } from "../../model/errors.ts";
import { none, type Figures, type TrafficCounts } from "./dialects/rows.ts";
import { openFigures } from "./proxies.ts";

export type { TrafficCounts } from "./dialects/rows.ts";

export interface TrafficSource {
  /** As counted no longer than a second ago. Null where this gateway gives no figures. Throws `figures_colorless`. */
  counts(namespace: string): Promise<TrafficCounts | null>;
  /** As counted now: whatever was answered before the call is in it. */
  countsNow(namespace: string): Promise<TrafficCounts | null>;
  /** Set where these counts can't be compared with those of another process. */
  counter?: string;
}

/** Reads the gateway's own figures from `url`: one read at a time, however many rollouts ask. */
export function gatewayTraffic(url: string | undefined): TrafficSource {
  if (!url) return { counts: async () => null, countsNow: async () => null };
  const figures = openFigures(url);
  let latest: Reading | undefined;
  let following: Promise<Reading> | undefined;
  const begin = (): Reading => (latest = { at: Date.now(), figures: figures.read(5000) });
  // All who ask while a read is under way, which may have begun too early for them, share the one after it.
  const afterThis = async (): Promise<Reading> => {
    await latest?.figures.catch(() => undefined);
    following = undefined;
    return begin();
  };
  return {
    async counts(namespace) {
      if (!latest || Date.now() - latest.at > 1000) begin();
      return countsIn(await latest!.figures, namespace);
    },
    async countsNow(namespace) {
      const reading = await (following ??= afterThis());
      return countsIn(await reading.figures, namespace);
    },
    ...(figures.counter !== undefined && { counter: figures.counter }),
  };
}

interface Reading {
  at: number;
  figures: Promise<Figures>;
}

function countsIn({ counts, colorless }: Figures, namespace: string): TrafficCounts {
  const found = counts.get(namespace);
  const cluster = colorless.get(namespace);
  // Taken for no requests, they would look as if nobody had answered.
  if (!found && cluster !== undefined) throw notByColor(cluster);
  return found ?? none();
}

function notByColor(cluster: string): TealError {
  return new TealError(
    "figures_colorless",
    `Expected Envoy's figures by Service (service/<namespace>/blue/80/http), got them by rule (${cluster}), from which no color can be told. Set mergeBackends in the EnvoyProxy, or take TEAL_GATEWAY_METRICS away (docs/settings.md).`,
    { data: { cause: "platform", retriable: true } },
  );
}
