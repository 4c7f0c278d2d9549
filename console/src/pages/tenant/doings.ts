import type { Tenant } from "../../api/types.ts";
import { rolesOf } from "./roles.ts";

export interface Doing {
  name: "rollback" | "restart" | "scale" | "suspend" | "unsuspend" | "offboard";
  verb: string;
  /** Its effect in a few words, for the menu. */
  short: string;
  /** What it brings about, before anybody decides. */
  effect: string;
  danger: boolean;
  /** Why it can't be done now. */
  whyNot?: string;
}

/** What can be done with a tenant besides rolling out, and why not where it can't. The API has the last word. */
export function doingsOf(tenant: Tenant): Doing[] {
  const { operation, suspended, maintenance, live } = tenant;
  const old = rolesOf(tenant).find(({ role }) => role === "old");
  const busy = operation && "An operation is under way.";
  const missing = live === null ? "Nothing runs yet." : undefined;
  const asleep = maintenance ? "It is shut for maintenance." : suspended ? "It is suspended." : undefined;
  const noWayBack = old || operation ? undefined : "There is no old slot to go back to: roll out the older release.";
  return [
    {
      name: "rollback",
      verb: "Roll back",
      short: "All traffic goes back to the old release.",
      effect: operation
        ? "Turns what is under way round: traffic goes back to where it was. Data is left as it is."
        : `Moves all traffic back to ${old?.slot.release ?? "the old release"}. Data is left as it is. It overtakes the queue, and waits for no window, freeze or approval.`,
      danger: true,
      ...why(missing ?? asleep ?? noWayBack),
    },
    {
      name: "restart",
      verb: "Restart",
      short: "New pods of the same release, without an outage.",
      effect:
        "New pods of the same release and settings come up in the idle slot, are checked, and get the traffic step by step. Customers notice nothing.",
      danger: false,
      ...why(missing ?? asleep ?? busy),
    },
    {
      name: "scale",
      verb: "Scale",
      short: "More or fewer web pods.",
      effect: "Sets how many web pods the tenant has, in place, over rollouts too. Customers notice nothing.",
      danger: false,
      ...why(missing ?? asleep ?? busy),
    },
    suspended
      ? {
          name: "unsuspend",
          verb: maintenance ? "Open again" : "End suspension",
          short: "Pods come back, then requests.",
          effect: "Pods start behind the closed route and are checked; when they pass, requests are answered again.",
          danger: false,
          ...why(missing ?? busy),
        }
      : {
          name: "suspend",
          verb: "Suspend",
          short: "No requests, no pods; data stays.",
          effect:
            "Every request of the tenant is answered with 503, and its pods are stopped. Its data and settings stay. Its customers are shut out until the suspension is ended.",
          danger: true,
          ...why(missing ?? busy),
        },
    {
      name: "offboard",
      verb: "Remove tenant",
      short: "Suspended for a grace, then removed for good.",
      effect:
        "Its customers are shut out at once. Until its grace is over it can come back as it was; then its settings and data are exported, and all that it has is removed for good. Export and backups are kept for as long as the policy says.",
      danger: true,
      ...why(busy),
    },
  ];
}

function why(reason: string | undefined): { whyNot?: string } {
  return reason === undefined ? {} : { whyNot: reason };
}
