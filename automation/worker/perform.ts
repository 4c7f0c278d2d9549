import { TealError } from "../../model/errors.ts";
import type { Operation } from "../../model/operation.ts";
import { analyse } from "./analyse.ts";
import { backUp } from "./backUp.ts";
import { ask } from "./ask.ts";
import { apply } from "./apply.ts";
import type { Effect, Effects } from "./effects.ts";
import { migrate } from "./migrate.ts";
import { remove } from "./remove.ts";
import { restoreData } from "./restoreData.ts";
import type { Seen } from "./seen.ts";
import { verify } from "./verify.ts";
import { warm } from "./warm.ts";

/** Does one action and says what came of it. Throws what went wrong: trouble.ts says what that means. */
export async function perform(effects: Effects, operation: Operation, action: Effect): Promise<Seen> {
  switch (action.do) {
    case "apply":
      return await apply(effects, operation, action).catch(askAgain);
    case "ask":
      return await ask(effects, operation, action);
    case "backup":
      return await backUp(effects, operation);
    case "migrate":
      return await migrate(effects, operation, action);
    case "restore":
      return await restoreData(effects, operation);
    case "warm":
      return await warm(effects, operation, action);
    case "verify":
      return await verify(effects, operation);
    case "analyse":
      return await analyse(effects, operation);
    case "remove":
      return await remove(effects, operation);
  }
}

/** What was approved is not what would be done by now: nothing was done, and whoever approves is asked again. */
function askAgain(error: unknown): Seen {
  if (error instanceof TealError && error.code === "plan_changed")
    return { event: "replanned", message: error.message };
  throw error;
}
