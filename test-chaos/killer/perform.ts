/** Stands in for automation/worker/perform.ts where the driver asks for it. */
import { perform as real } from "../../automation/worker/perform.ts";
import { TealError } from "../../model/errors.ts";
import { die, isAt, readPlan } from "./plan.ts";
import { arm, disarm } from "./requests.ts";

let frozen = false;

export const perform: typeof real = async (effects, operation, action, tenure) => {
  const { kill, fail, freeze } = readPlan();
  if (fail && isAt(operation, action, fail)) {
    throw new TealError("chaos", "It is made to fail.", { data: { cause: "platform", retriable: false } });
  }
  if (freeze && isAt(operation, action, freeze) && !frozen) {
    frozen = true;
    process.kill(process.pid, "SIGSTOP");
  }
  if (!kill || !isAt(operation, action, kill)) return await real(effects, operation, action, tenure);
  if (kill.moment === "before") die();
  if (kill.moment !== "after") arm(kill.moment, kill.change);
  const seen = await real(effects, operation, action, tenure);
  disarm();
  const done = "event" in seen || seen.memory?.approval?.shown;
  if (kill.moment === "after" && done) die();
  return seen;
};
