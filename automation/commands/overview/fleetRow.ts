import { otherColor } from "../../../model/color.ts";
import type { FleetRow } from "../../../model/console/fleet.ts";
import type { Layout } from "../../../model/layout.ts";
import type { Age } from "../../ledger/overview/ages.ts";
import type { FleetTenant } from "../../ledger/overview/fleet.ts";
import { stepShown } from "../views.ts";

/** A tenant in short. `ages` has the releases of its environment, by version. */
export function fleetRow(tenant: FleetTenant, ages: ReadonlyMap<string, Age>): FleetRow {
  const { id, name, hostnames, tier, ring, layout, readiness, attention, bad, badCode } = tenant;
  const seen = layout && readiness[layout.live];
  const release = layout?.slots[layout.live]?.release ?? null;
  const age = release === null ? undefined : ages.get(release);
  return {
    id,
    name,
    ...(hostnames.length > 0 && { hostnames }),
    tier,
    ring,
    live: layout?.live ?? null,
    release,
    ...(layout?.adopted && { adopted: layout.adopted.namespace }),
    ...(layout && trafficIn(layout)),
    ...otherSlot(tenant),
    ready: seen?.ready ?? false,
    ...(seen && { pods: [seen.readyReplicas, seen.replicas] }),
    ...operationIn(tenant),
    ...(bad !== null && { failed: { operation: bad, code: badCode ?? "failed" } }),
    ...(age && age.behind > 0 && { behind: age.behind }),
    ...(age?.since && { behindSince: age.since.toISOString() }),
    ...(attention !== null && { attention }),
  };
}

function trafficIn(layout: Layout): Pick<FleetRow, "weights" | "suspended" | "maintenance"> {
  const { live, weights, suspended, maintenance } = layout;
  return {
    ...(weights[live] !== 100 && { weights }),
    ...(suspended && { suspended: true }),
    ...(maintenance && { maintenance }),
  };
}

function otherSlot({ layout, readiness }: FleetTenant): Pick<FleetRow, "other"> {
  if (!layout) return {};
  const color = otherColor(layout.live);
  const slot = layout.slots[color];
  if (!slot) return {};
  return { other: { release: slot.release, scale: slot.scale, ready: readiness[color]?.ready ?? false } };
}

function operationIn(tenant: FleetTenant): Pick<FleetRow, "operation"> {
  const { operation: id, kind, state, phase, resume, release, step, steps, code, since } = tenant;
  if (id === null) return {};
  const shown = stepShown(resume ?? phase, step, steps ?? []);
  return {
    operation: {
      id,
      kind,
      state,
      phase,
      ...(release !== null && { release }),
      ...(shown && { step: shown }),
      ...(code !== null && { code }),
      since,
    },
  };
}
