import { TealError } from "../../model/errors.ts";
import type { Site } from "../render.ts";
import type { TenantSpec } from "../../tenant/spec.ts";

/**
 * Throws `routing_changed` for a stack whose traffic goes another way than this Teal would have it: one update would take the old
 * way down while names still lead there.
 */
export function refuseOtherRouting(
  tenant: string,
  last: TenantSpec | "unreadable" | null,
  { routing }: Pick<Site, "routing">,
): void {
  if (last === null || last === "unreadable") return;
  const [was, is] = [last.routing?.kind ?? "gateway", routing?.kind ?? "gateway"];
  if (was === is) return;
  const message = `The traffic of ${tenant} goes by routing ${was}, and this Teal is set to ${is}: the change would cut it off. Set TEAL_ROUTING=${was} again; docs/aws.md (Which routing) says how a tenant gets to the other.`;
  throw new TealError("routing_changed", message, { data: { cause: "platform", retriable: true } });
}
