import type { Color, Slot, Tenant } from "../../api/types.ts";

export interface Role {
  color: Color;
  role: "live" | "new" | "old" | "backup";
  slot: Slot;
}

/**
 * A tenant's slots by what they are for, the live one first: the other is the new release while one comes, the old one while
 * it is held, and else a backup.
 */
export function rolesOf(tenant: Pick<Tenant, "live" | "slots" | "operation">): Role[] {
  const { live, slots, operation } = tenant;
  if (live === null) return [];
  const other = live === "blue" ? "green" : "blue";
  const roles: Role[] = [];
  if (slots[live]) roles.push({ color: live, role: "live", slot: slots[live] });
  const beside = slots[other];
  if (beside) {
    const comes =
      operation?.release !== undefined && beside.release === operation.release && !isLive(slots[live], beside);
    roles.push({ color: other, role: comes ? "new" : beside.scale === "idle" ? "backup" : "old", slot: beside });
  }
  return roles;
}

function isLive(live: Slot | null, other: Slot): boolean {
  return live !== null && live.release === other.release && live.revision === other.revision;
}
