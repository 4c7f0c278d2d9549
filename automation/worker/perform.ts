import { TealError } from "../../model/errors.ts";
import type { Operation } from "../../model/operation.ts";
import { analyse } from "./analyse.ts";
import { ask } from "./ask.ts";
import { apply } from "./apply.ts";
import type { Effect, Effects, Tenure } from "./effects.ts";
import { remove } from "./remove.ts";
import type { Seen } from "./seen.ts";
import { verify } from "./verify.ts";

/**
 * Does one action and says what came of it. Changes of the stack are permitted once it is locked, so that who was held up
 * until another worker took over does nothing any more. Throws what went wrong: trouble.ts says what that means.
 */
export async function perform(effects: Effects, operation: Operation, action: Effect, tenure: Tenure): Promise<Seen> {
  switch (action.do) {
    case "apply":
      return await apply(effects, operation, action, tenure).catch(askAgain);
    case "ask":
      return await ask(effects, operation, action);
    case "verify":
      return await verify(effects, operation);
    case "analyse":
      return await analyse(effects, operation);
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
