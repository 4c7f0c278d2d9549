/** Stands in for automation/worker/perform.ts where the driver asks for it. */
import { perform as real } from "../../automation/worker/perform.ts";
import { TealError } from "../../model/errors.ts";
import { die, isAt, readPlan } from "./plan.ts";
import { arm, disarm } from "./requests.ts";

export const perform: typeof real = async (effects, operation, action) => {
  const { kill, fail } = readPlan();
  if (fail && isAt(operation, action, fail)) {
    throw new TealError("chaos", "It is made to fail.", { data: { cause: "platform", retriable: false } });
  }
  if (!kill || !isAt(operation, action, kill)) return await real(effects, operation, action);
  if (kill.moment === "before") die();
  if (kill.moment !== "after") arm(kill.moment, kill.change);
  const seen = await real(effects, operation, action);
  disarm();
  const done = "event" in seen || seen.memory?.approval?.shown;
  if (kill.moment === "after" && done) die();
  return seen;
};
