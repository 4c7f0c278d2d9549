import { goBack, resumeEnvironment, stopEnvironment, tell } from "../people.ts";
import type { Scenario } from "../scenario.ts";
import { asks, deathsAt, done, postTo } from "./parts.ts";

const slowly = { release: "2.0.0", steps: [50, 100], bakeSeconds: 120 };
const quickly = { release: "2.0.0", steps: [100], bakeSeconds: 0, holdSeconds: 0 };

/** Ways that lead back, stand still, or wait. */
export const back: Scenario[] = [
  {
    kind: "rollout",
    name: "a rollout that is paused, then aborted, killed while it rests and on its way back",
    tenant: "aborted",
    release: "1.0.0",
    begin: asks("rollouts", slowly),
    events: [
      { act: tell("pause", "baking") },
      ...deathsAt("rest@paused", "before"),
      { act: tell("resume", "paused") },
      { act: tell("pause", "baking") },
      ...deathsAt("rest@paused", "during"),
      { act: tell("resume", "paused") },
      { act: tell("pause", "baking") },
      ...deathsAt("rest@paused", "after"),
      { act: tell("abort", "paused") },
      ...deathsAt("apply@rolling-back", "before", "sent", "answered", "after"),
      ...deathsAt("apply@restoring", "before", "sent", "answered", "after"),
    ],
    ends: {
      state: "rolled-back",
      phases: [
        ...(["deploying", "verifying", "shifting", "baking"] as const),
        ...(["paused", "baking", "paused", "baking", "paused"] as const),
        ...(["rolling-back", "restoring", "rolled-back"] as const),
      ],
      release: "1.0.0",
    },
  },
  {
    kind: "rollout",
    name: "a rollout that has halted, killed while it rests",
    tenant: "halted",
    release: "1.0.0",
    begin: asks("rollouts", quickly),
    events: [
      { fail: "apply@settling" },
      ...deathsAt("rest@halted", "before"),
      { act: tell("resume", "halted") },
      ...deathsAt("rest@halted", "during"),
      { act: tell("resume", "halted") },
      ...deathsAt("rest@halted", "after"),
      { fail: null },
      { act: tell("resume", "halted") },
    ],
    ends: {
      state: "succeeded",
      phases: [
        ...(["deploying", "verifying", "shifting", "baking", "promoting", "holding", "settling"] as const),
        ...(["halted", "settling", "halted", "settling", "halted", "settling", "succeeded"] as const),
      ],
      release: "2.0.0",
    },
  },
  {
    kind: "rollout",
    name: "a rollout killed while its environment is stopped",
    tenant: "held-up",
    release: "1.0.0",
    prepare: stopEnvironment,
    begin: asks("rollouts", quickly),
    events: [...deathsAt("wait@queued", "before", "during", "after"), { act: resumeEnvironment }],
    ends: {
      state: "succeeded",
      phases: ["deploying", "verifying", "shifting", "baking", "promoting", "holding", "settling", "succeeded"],
      release: "2.0.0",
    },
  },
  {
    kind: "rollback",
    name: "a rollback to a kept slot, killed in its changes",
    tenant: "regretted",
    release: "1.0.0",
    prepare: (teal, tenant) => done(teal, postTo(teal, tenant, "rollouts", { ...quickly, settling: "keep" })),
    begin: asks("rollback", { reason: "regression" }),
    events: [...deathsAt("apply@deploying", "sent"), ...deathsAt("apply@shifting", "answered")],
    ends: {
      state: "succeeded",
      phases: ["deploying", "verifying", "shifting", "baking", "promoting", "holding", "settling", "succeeded"],
      release: "1.0.0",
    },
  },
  {
    kind: "rollout",
    name: "a rollout killed in its first change, and told to go back while no worker runs",
    tenant: "regretted-early",
    release: "1.0.0",
    begin: asks("rollouts", quickly),
    events: [...deathsAt("apply@deploying", "answered"), { withoutWorker: goBack }],
    ends: {
      state: "rolled-back",
      phases: ["deploying", "rolling-back", "restoring", "rolled-back"],
      release: "1.0.0",
    },
  },
];
