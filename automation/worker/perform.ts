import type { Action } from "../../model/machine/next.ts";
import type { Operation } from "../../model/operation.ts";
import type { Policy } from "../../model/policy.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Cluster } from "../probes/cluster.ts";
import type { TrafficSource } from "../probes/traffic.ts";
import type { Site } from "../render.ts";
import type { Stacks } from "../stacks/stacks.ts";
import { analyse } from "./analyse.ts";
import { apply } from "./apply.ts";
import { remove } from "./remove.ts";
import type { Seen } from "./seen.ts";
import { verify } from "./verify.ts";

/** The effects that actions have, behind interfaces; all of them idempotent. */
export interface Effects {
  ledger: Ledger;
  stacks: Stacks;
  cluster: Cluster;
  traffic: TrafficSource;
  /** Where checks are sent, such as http://127.0.0.1:4080. */
  gateway: string;
  policy: Policy;
  site: Site;
}

/** The actions that touch the world; the others are the driver's own. */
export type Effect = Extract<Action, { do: "apply" | "verify" | "analyse" | "remove" }>;

/** Does one action and says what came of it. Throws what went wrong: trouble.ts says what that means. */
export async function perform(effects: Effects, operation: Operation, action: Effect): Promise<Seen> {
  switch (action.do) {
    case "apply":
      return await apply(effects, operation, action);
    case "verify":
      return await verify(effects, operation);
    case "analyse":
      return await analyse(effects, operation);
    case "remove":
      return await remove(effects, operation);
  }
}
