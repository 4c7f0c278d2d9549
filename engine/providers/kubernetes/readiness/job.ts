import type { JsonObject } from "../../../values/property.ts";
import {
  condition,
  late,
  number,
  qualifiedName,
  ready,
  statusOf,
  text,
  waiting,
  type Readiness,
  type Rule,
} from "./look.ts";
import { warningsOfPods } from "./pod.ts";

const hopeless = new Set(["BackoffLimitExceeded", "DeadlineExceeded"]);

export const job: Rule = {
  look(object, around) {
    const seen = jobReadiness(object);
    if (seen.ready || seen.failed) return seen;
    return { ...seen, reasons: () => warningsOfPods(object, around) };
  },
  onRead: true,
  late,
};

/** A job is ready when it is complete. */
export function jobReadiness(object: JsonObject): Readiness {
  const status = statusOf(object);
  const name = JSON.stringify(qualifiedName(object));
  if (status["startTime"] === undefined) return waiting(`Waiting for Job ${name} to start`);
  const counts = ["active", "succeeded", "failed"].map((key) => number(status[key]));
  const shown = `Waiting for Job ${name} to succeed (Active: ${counts[0]} | Succeeded: ${counts[1]} | Failed: ${counts[2]})`;
  const failed = condition(object, "Failed");
  const reason = text(failed?.["reason"]);
  if (failed?.["status"] === "True" && hopeless.has(reason))
    return { ready: false, failed: true, status: shown, reasons: () => [`[${reason}] ${text(failed["message"])}`] };
  return condition(object, "Complete")?.["status"] === "True" ? ready : waiting(shown);
}
