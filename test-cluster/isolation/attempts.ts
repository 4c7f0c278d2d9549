import type { Attempt } from "./attempts/attempt.ts";
import { ground } from "./attempts/ground.ts";
import { others } from "./attempts/others.ts";
import { pods } from "./attempts/pods.ts";
import { rights } from "./attempts/rights.ts";
import { routes } from "./attempts/routes.ts";
import { services } from "./attempts/services.ts";

/** All that is tried, by what it is about. */
export const attempts: Readonly<Record<string, readonly Attempt[]>> = {
  "Another tenant's objects": others,
  "The ground that one stands on": ground,
  "One's own rights": rights,
  Pods: pods,
  "Services and addresses": services,
  Routes: routes,
};
