import { keptMinutes } from "../../model/console/traffic.ts";
import { sampleSeconds, TrafficHistory } from "./history.ts";
import type { TrafficOverTime } from "./series.ts";
import { openFigures } from "./proxies.ts";

const timeoutMs = 8000;

/**
 * Takes a sample of the gateway's figures (its /metrics at `url`) for all tenants every 10 s, and keeps half an hour of
 * them in memory. Undefined: there is no such gateway.
 */
export function sampleTraffic(
  url: string | undefined,
  log: { warn(data: object, message: string): void },
): { series: TrafficOverTime; stop(): Promise<void> } {
  const history = new TrafficHistory();
  let problem: string | undefined;
  const figures = url === undefined ? undefined : openFigures(url);
  const take = async () => {
    try {
      if (figures) history.take(new Date(), (await figures.read(timeoutMs)).counts);
      problem = undefined;
    } catch (error) {
      if (problem === undefined) log.warn({ err: error }, "the gateway's figures can't be read; it is tried again");
      problem = `The gateway's figures can't be read now: ${(error as Error).message}`;
    }
  };
  let taking: Promise<void> = figures ? take() : Promise.resolve();
  const again = () => (taking = taking.then(take));
  const timer = figures && setInterval(again, sampleSeconds * 1000);
  return {
    series: async (namespace, minutes) => {
      const to = new Date();
      const from = new Date(to.getTime() - minutes * 60_000);
      const span = { from: from.toISOString(), to: to.toISOString(), stepSeconds: sampleSeconds };
      if (url === undefined)
        return { source: "none", ...span, since: null, problem: unset, series: { blue: [], green: [] } };
      const { beginning } = history;
      // Without a sample yet they begin now, with the next one.
      const since = beginning === null || beginning > from ? (beginning ?? to).toISOString() : null;
      const series = history.points(namespace, from);
      return { source: "gateway", ...span, since, ...(problem !== undefined && { problem }), series };
    },
    async stop() {
      clearInterval(timer);
      await taking;
    },
  };
}

const unset = `Nothing gives figures of this gateway: set TEAL_GATEWAY_METRICS (the last ${keptMinutes} minutes) or TEAL_PROMETHEUS_URL.`;
