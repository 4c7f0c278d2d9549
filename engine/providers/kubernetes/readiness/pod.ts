import type { JsonObject } from "../../../values/property.ts";
import {
  condition,
  late,
  listOf,
  ownedBy,
  part,
  qualifiedName,
  ready,
  statusOf,
  text,
  waiting,
  type Around,
  type Readiness,
  type Rule,
} from "./look.ts";

export const pod: Rule = { look: podReadiness, onRead: true, late };

/** A pod is ready when it is scheduled, initialized and ready, or has done what it had to. */
function podReadiness(object: JsonObject): Readiness {
  const is = (type: string) => condition(object, type)?.["status"] === "True";
  const name = JSON.stringify(qualifiedName(object));
  if (!is("PodScheduled")) return waiting(`Waiting for Pod ${name} to be scheduled`);
  const warnings = () => podWarnings(object);
  if (!is("Initialized")) return waiting(`Waiting for Pod ${name} to be initialized`, warnings);
  if (is("Ready") || (condition(object, "Ready") && statusOf(object)["phase"] === "Succeeded")) return ready;
  return waiting(`Waiting for Pod ${name} to be ready`, warnings);
}

/** What keeps a scheduled pod from becoming ready, in one line. */
function podWarnings(object: JsonObject): string[] {
  if (condition(object, "PodScheduled")?.["status"] !== "True") return [];
  const initialized = condition(object, "Initialized");
  const unmet = initialized?.["status"] === "True" ? condition(object, "Ready") : initialized;
  if (!unmet || unmet["status"] === "True" || statusOf(object)["phase"] === "Succeeded") return [];
  const trouble = listOf(statusOf(object)["containerStatuses"]).flatMap(containerTrouble);
  const message = text(unmet["message"]);
  if (message === "" && trouble.length === 0) return [];
  return [`[Pod ${qualifiedName(object)}]: ${text(unmet["reason"]) === "" ? "" : message}${trouble.join("\n")}`];
}

function containerTrouble(status: JsonObject): string[] {
  if (status["ready"] === true) return [];
  const name = JSON.stringify(status["name"]);
  const waits = part(part(status, "state"), "waiting");
  const ended = part(part(status, "state"), "terminated");
  const before = part(part(status, "lastState"), "terminated");
  const found: string[] = [];
  if (status["state"] && waits["reason"] !== undefined && waits["reason"] !== "ContainerCreating")
    found.push(`[${text(waits["reason"])}] ${withoutNoise(text(waits["message"]))}`);
  if (text(ended["reason"]) !== "")
    found.push(
      text(ended["message"]) === ""
        ? `container ${name} completed with exit code ${String(ended["exitCode"])}`
        : `[${text(ended["reason"])}] ${withoutNoise(text(ended["message"]))}`,
    );
  if (before["exitCode"] !== undefined) {
    found.push(
      `container ${name} terminated at ${text(before["finishedAt"])} (${text(before["reason"])}: exit code ${String(before["exitCode"])})`,
    );
    if (text(before["message"]) !== "") found.push(text(before["message"]));
  }
  return found;
}

/** What runtimes put around the one thing that matters when an image can't be had. */
function withoutNoise(message: string): string {
  return message
    .replace(/^rpc error: code = Unknown desc = Error response from daemon: /, "")
    .replace(/: manifest unknown$/, "");
}

/** What is wrong with the pods of an owner. */
export async function warningsOfPods(owner: JsonObject, around: Around): Promise<string[]> {
  return (await ownedBy(owner, "/api/v1", "pods", around)).flatMap(podWarnings);
}
