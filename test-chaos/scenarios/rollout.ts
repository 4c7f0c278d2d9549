import type { Phase } from "../../model/operation.ts";
import type { Moment, Spot } from "../killer/plan.ts";
import { approve } from "../people.ts";
import type { Event, Scenario } from "../scenario.ts";
import { asks } from "./parts.ts";

/** All that a rollout does on its way, with a gate before it gets any traffic, in two steps. */
const way: { at: Spot; step?: number }[] = [
  { at: "begin@queued" },
  { at: "apply@deploying" },
  { at: "verify@verifying" },
  { at: "ask@awaiting-approval" },
  { at: "wait@awaiting-approval" },
  { at: "apply@shifting", step: 0 },
  { at: "analyse@baking", step: 0 },
  { at: "apply@shifting", step: 1 },
  { at: "analyse@baking", step: 1 },
  { at: "apply@promoting" },
  { at: "wait@holding" },
  { at: "apply@settling" },
];

const phases: Phase[] = [
  "deploying",
  "verifying",
  "awaiting-approval",
  "shifting",
  "baking",
  "shifting",
  "baking",
  "promoting",
  "holding",
  "settling",
  "succeeded",
];

/** The way with a death at each place, or at none: `inApply` for changes of the cluster, `elsewhere` for the rest. */
function deaths(inApply: Moment, elsewhere: Moment | null): Event[] {
  return way.flatMap(({ at, step }): Event[] => {
    const moment = at.startsWith("apply") ? inApply : elsewhere;
    const kill = moment ? [{ at, moment, ...(step !== undefined && { step }) }] : [];
    // What is waited for is an approval; once it is given, that wait is over.
    if (at !== "wait@awaiting-approval") return kill;
    return moment === "after" ? [{ act: approve }, ...kill] : [...kill, { act: approve }];
  });
}

function scenario(name: string, tenant: string, events: Event[]): Scenario {
  const rules = { steps: [50, 100], bakeSeconds: 1, holdSeconds: 3, gates: ["before-traffic"] };
  return {
    kind: "rollout",
    name: `a rollout killed ${name}`,
    tenant,
    release: "1.0.0",
    begin: asks("rollouts", { release: "2.0.0", ...rules }),
    events,
    ends: { state: "succeeded", phases, release: "2.0.0" },
  };
}

/** Two files play them, so that both cores have something to do. */
export const beside: Scenario[] = [
  scenario("before each action", "before", deaths("before", "before")),
  scenario("after each action", "after", deaths("after", "after")),
];
export const within: Scenario[] = [
  scenario("in each action, before its change is sent", "sent", deaths("sent", "during")),
  scenario("in each action, after its change was made", "answered", deaths("answered", null)),
];
