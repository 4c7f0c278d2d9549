import { stackNameOf } from "../../tenant/plan/names.ts";
import type { Stacks } from "../stacks/stacks.ts";
import type { Place } from "./leftovers.ts";

/** The tenant's stack: as long as there is one, Pulumi may have something of the tenant. */
export function stackLeft({ read }: Pick<Stacks, "read">): Place {
  return {
    name: "the tenant's Pulumi stack",
    async look(of) {
      const found = await read(of);
      return { left: found ? [`stack ${stackNameOf(of)} with ${found.resources.length} resources`] : [], kept: [] };
    },
  };
}
