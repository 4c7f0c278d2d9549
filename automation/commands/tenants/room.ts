import { TealError } from "../../../model/errors.ts";
import { albNeeds } from "../../../model/routing.ts";
import type { Queries } from "../../ledger/database.ts";
import { countHostnames } from "../../ledger/tenants/routed.ts";
import type { Deps } from "../deps.ts";

/** What a load balancer has for tenants, of its quotas. */
export interface Room {
  targetGroups: number;
  rules: number;
}

/**
 * Throws `no_room` where all tenants, with what this transaction added, take more of the load balancer than it has. What each may
 * take at most is counted, so that no rollout and no suspension ever lacks a rule. Call it last: others wait for who counts.
 */
export async function refuseWithoutRoom(tx: Queries, { room }: Pick<Deps, "room">): Promise<void> {
  if (room === null) return;
  const needs = (await countHostnames(tx)).map(albNeeds);
  const sum = (of: keyof Room) => needs.reduce((all, need) => all + need[of], 0);
  const taken: Room = { targetGroups: sum("targetGroups"), rules: sum("rules") };
  if (taken.targetGroups > room.targetGroups) {
    const most = Math.floor(room.targetGroups / albNeeds(1).targetGroups);
    throw noRoom(
      `the load balancer has ${room.targetGroups} target groups for tenants and each takes ${albNeeds(1).targetGroups}: at most ${most} tenants, and these would be ${needs.length}. That quota can't be raised: offboard a tenant, or make another environment with a load balancer of its own`,
      { room, taken, tenants: needs.length },
    );
  }
  if (taken.rules <= room.rules) return;
  throw noRoom(
    `the load balancer has ${room.rules} rules for tenants, and these ${needs.length} tenants with their host names would take ${taken.rules}. Have AWS raise the quota (rules per Application Load Balancer) and say so in TEAL_ALB_RULES, or use fewer host names`,
    { room, taken, tenants: needs.length },
  );
}

function noRoom(why: string, data: Record<string, unknown>): TealError {
  return new TealError("no_room", `There is no room for this: ${why}.`, { data });
}
