import { TealError } from "../../model/errors.ts";
import { opensData } from "../../model/machine/holds.ts";
import type { Operation } from "../../model/operation.ts";
import { analyse } from "./analyse.ts";
import { backUp } from "./backUp.ts";
import { ask } from "./ask.ts";
import { apply } from "./apply.ts";
import { bringData } from "./data.ts";
import { exportTenant } from "./export.ts";
import { grace } from "./grace.ts";
import type { Effect, Effects, Tenure } from "./effects.ts";
import { letGo, sayingGone } from "./letGo.ts";
import { migrate } from "./migrate.ts";
import { remove } from "./remove.ts";
import { restoreData } from "./restoreData.ts";
import type { Seen } from "./seen.ts";
import { verify } from "./verify.ts";
import { verifyAdopted } from "./verifyAdopted.ts";
import { warm } from "./warm.ts";

/**
 * Does one action and says what came of it. Changes of the stack are permitted once it is locked, so that who was held up
 * until another worker took over does nothing any more. Throws what went wrong: trouble.ts says what that means.
 */
export async function perform(effects: Effects, operation: Operation, action: Effect, tenure: Tenure): Promise<Seen> {
  // What holds the tenant's data comes before what uses it.
  if (opensData(operation) && "layout" in action && !operation.memory.applied)
    await (operation.move?.letsGo ? letGo : bringData)(effects, operation, action.layout, tenure);
  switch (action.do) {
    case "apply":
      return await apply(effects, operation, action, tenure).then(
        (seen) => sayingGone(effects, operation, action.layout, seen),
        askAgain,
      );
    case "ask":
      return await ask(effects, operation, action);
    case "backup":
      return await backUp(effects, operation, tenure);
    case "migrate":
      return await migrate(effects, operation, action, tenure);
    case "restore":
      return await restoreData(effects, operation, tenure);
    case "warm":
      return await warm(effects, operation, action, tenure);
    case "verify":
      return operation.move?.content === null
        ? await verifyAdopted(effects, operation, tenure)
        : await verify(effects, operation);
    case "analyse":
      return await analyse(effects, operation);
    case "grace":
      return await grace(effects, operation);
    case "export":
      return await exportTenant(effects, operation, tenure);
    case "remove":
      return await remove(effects, operation, tenure);
  }
}

/** What was approved is not what would be done by now: nothing was done, and whoever approves is asked again. */
function askAgain(error: unknown): Seen {
  if (error instanceof TealError && error.code === "plan_changed")
    return { event: "replanned", message: error.message };
  throw error;
}
