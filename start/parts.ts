import type pino from "pino";
import type { Registry } from "prom-client";
import type { CertificateSetup } from "../automation/certificates/provider.ts";
import type { Metrics } from "../automation/metrics/metrics.ts";
import type { Ledger } from "../automation/ledger/ledger.ts";
import type { Cluster } from "../automation/probes/cluster.ts";
import type { Routes } from "../automation/probes/routes.ts";
import type { Queue } from "../automation/queue/queue.ts";
import type { Stacks } from "../automation/stacks/stacks.ts";
import type { Reach } from "../automation/telling/addresses.ts";
import type { Ground } from "./ground.ts";
import type { Settings } from "./settings.ts";

/** What of a Teal its server and its worker are made from. */
export interface Parts {
  settings: Settings;
  version: string;
  log: pino.Logger;
  ground: Ground;
  cluster: Cluster;
  routes: Routes;
  ledger: Ledger;
  queue: Queue;
  stacks: Stacks;
  registry: Registry;
  metrics: Metrics;
  /** Null: nothing is set up to issue any. */
  certificates: CertificateSetup | null;
}

/** How what has been started is stopped, last first. */
export type Stops = (() => Promise<void>)[];

/** Where people and programs reach this Teal. */
export function publicUrlOf({ TEAL_PUBLIC_URL, PORT }: Settings, api: string | null): string {
  return TEAL_PUBLIC_URL ?? api ?? `http://localhost:${PORT}`;
}

export function reachOf({ TEAL_TARGET, TEAL_WEBHOOK_ALLOW_PRIVATE }: Settings): Reach {
  return { loopback: TEAL_TARGET === "sandbox", private: TEAL_WEBHOOK_ALLOW_PRIVATE === "true" };
}
