import type { Logger } from "pino";
import type { Registry } from "prom-client";
import type { Automation } from "../automation/automation.ts";

/** All that the server needs from outside. */
export interface Deps {
  automation: Automation;
  /** Names of the declared environments. */
  environments: string[];
  target: "sandbox" | "kubernetes" | "aws";
  /** The address that it listens on: without a token, only calls addressed to it or to localhost are served. */
  listen: string;
  /** While set, every `/v1` call and `/metrics` must bear it. */
  token?: string;
  /** What Alertmanager has to bear; while it isn't set, no alerts are taken. */
  alertsToken?: string;
  /** Where previews are shown: see preview/preview.ts. */
  previewUrl: string;
  logger: Logger;
  metrics: Registry;
  version: string;
  /** Whether everything has started and nothing is stopping. */
  ready(): boolean;
  limits?: Partial<Limits>;
}

export interface Limits {
  /** Of one address, to `/v1`. */
  requestsPerMinute: number;
  /** Event streams open at once. */
  streams: number;
  /** Between comments on a quiet event stream. */
  heartbeatMilliseconds: number;
  /** How long a client may leave an event stream's buffer full before it is dropped. */
  stallMilliseconds: number;
}

/** Loopback serves the operator's own scripts, which poll whole fleets; elsewhere clients share the server. */
export function limitsOf(deps: Deps): Limits {
  const requestsPerMinute = deps.token === undefined ? 60_000 : 6_000;
  return { requestsPerMinute, streams: 500, heartbeatMilliseconds: 15_000, stallMilliseconds: 30_000, ...deps.limits };
}
