import { byHand } from "../../test/e2e/byHand.ts";
import { goBack, tell } from "../people.ts";
import type { Scenario } from "../scenario.ts";
import { asks, deathsAt, done, isRecorded, offboards, postTo } from "./parts.ts";

const provisions = (tenant: string): Scenario["begin"] => {
  const body = { id: tenant, name: tenant, release: "1.0.0" };
  return (teal, _, headers) => teal.accepted("POST", "/v1/environments/develop/tenants", body, headers);
};

/** How tenants come, change and go. */
export const lives: Scenario[] = [
  {
    kind: "provision",
    name: "a provision killed at all that it does",
    tenant: "new",
    begin: provisions("new"),
    events: [
      ...deathsAt("begin@queued", "before", "during", "after"),
      ...deathsAt("apply@deploying", "before", "sent", "answered"),
      { at: "apply@deploying", moment: "sent", change: 4 },
      { at: "apply@deploying", moment: "answered", change: 3 },
      ...deathsAt("apply@deploying", "after"),
      ...deathsAt("verify@verifying", "before", "during", "after"),
    ],
    ends: { state: "succeeded", phases: ["deploying", "verifying", "succeeded"], release: "1.0.0" },
  },
  {
    kind: "provision",
    name: "a provision killed as its namespace was made, and aborted while no worker runs",
    tenant: "unwanted",
    begin: provisions("unwanted"),
    events: [
      ...deathsAt("apply@deploying", "answered"),
      { withoutWorker: goBack },
      ...deathsAt("remove@removing", "before", "after"),
    ],
    ends: { state: "cancelled", phases: ["deploying", "removing", "cancelled"], release: null },
  },
  {
    kind: "suspend",
    name: "a suspension killed in its changes",
    tenant: "resting",
    release: "1.0.0",
    begin: asks("suspend", { reason: "unpaid" }),
    events: [
      ...deathsAt("apply@closing", "before", "sent", "answered", "after"),
      ...deathsAt("apply@stopping", "before", "sent", "answered", "after"),
    ],
    ends: { state: "succeeded", phases: ["closing", "stopping", "succeeded"], release: "1.0.0" },
    suspended: true,
  },
  {
    kind: "unsuspend",
    name: "the end of a suspension killed in its changes",
    tenant: "waking",
    release: "1.0.0",
    prepare: (teal, tenant) => done(teal, postTo(teal, tenant, "suspend", { reason: "unpaid" })),
    begin: asks("unsuspend", { reason: "paid" }),
    events: [
      ...deathsAt("apply@deploying", "answered"),
      ...deathsAt("verify@verifying", "during"),
      ...deathsAt("apply@opening", "before", "sent", "answered", "after"),
    ],
    ends: { state: "succeeded", phases: ["deploying", "verifying", "opening", "succeeded"], release: "1.0.0" },
    suspended: true,
  },
  {
    kind: "scale",
    name: "a scaling killed in its change",
    tenant: "growing",
    release: "1.0.0",
    begin: asks("scale", { replicas: 2, reason: "more" }),
    events: deathsAt("apply@deploying", "sent", "answered"),
    ends: { state: "succeeded", phases: ["deploying", "verifying", "succeeded"], release: "1.0.0" },
  },
  {
    kind: "configure",
    name: "a change in place killed in it",
    tenant: "renamed",
    release: "1.0.0",
    begin: (teal, tenant, headers) =>
      teal.accepted(
        "PATCH",
        `/v1/environments/develop/tenants/${tenant}`,
        { name: "Renamed" },
        { ...headers, "if-match": '"1"' },
      ),
    events: deathsAt("apply@deploying", "answered"),
    ends: { state: "succeeded", phases: ["deploying", "succeeded"], release: "1.0.0" },
  },
  {
    kind: "restart",
    name: "a restart killed in its changes",
    tenant: "tired",
    release: "1.0.0",
    prepare: (teal) =>
      teal.accepted(
        "PUT",
        "/v1/environments/develop/policy",
        { policy: { steps: [100], bakeSeconds: 0, holdSeconds: 0 }, reason: "quick" },
        { "if-match": '"0"' },
      ),
    begin: asks("restart", { reason: "stuck" }),
    events: [...deathsAt("apply@deploying", "answered"), ...deathsAt("apply@settling", "sent")],
    ends: {
      state: "succeeded",
      phases: ["deploying", "verifying", "shifting", "baking", "promoting", "holding", "settling", "succeeded"],
      release: "1.0.0",
    },
  },
  {
    kind: "repair",
    name: "a repair killed in its change",
    tenant: "meddled",
    release: "1.0.0",
    prepare: (teal, tenant) => byHand(teal).patch(tenant, "Deployment", "blue-web", { spec: { replicas: 3 } }),
    begin: async (teal, tenant, headers) => {
      const { plan } = await teal.drift(tenant);
      return postTo(teal, tenant, "repair", { plan, reason: "by hand" }, headers);
    },
    events: deathsAt("apply@deploying", "answered"),
    ends: { state: "succeeded", phases: ["deploying", "verifying", "succeeded"], release: "1.0.0" },
  },
  {
    kind: "offboard",
    name: "an offboarding killed at all that it does",
    tenant: "leaving",
    release: "1.0.0",
    begin: offboards(""),
    events: [
      ...deathsAt("apply@closing", "sent"),
      ...deathsAt("apply@stopping", "answered"),
      ...deathsAt("grace@grace", "before", "after"),
      ...deathsAt("export@exporting", "before", "after"),
      ...deathsAt("remove@removing", "before", "sent", "answered", "after"),
    ],
    ends: {
      state: "succeeded",
      phases: ["closing", "stopping", "grace", "exporting", "removing", "succeeded"],
      release: null,
    },
    check: isRecorded({ backups: 0 }),
    gone: true,
  },
  {
    kind: "offboard",
    name: "an offboarding called off in its grace, killed on the way back",
    tenant: "wavering",
    release: "1.0.0",
    begin: offboards("?graceSeconds=3600"),
    events: [
      ...deathsAt("grace@grace", "before"),
      { act: tell("abort", "grace") },
      ...deathsAt("warm@warming", "sent", "answered"),
      ...deathsAt("apply@rolling-back", "sent"),
    ],
    ends: {
      state: "rolled-back",
      phases: ["closing", "stopping", "grace", "warming", "rolling-back", "restoring", "rolled-back"],
      release: "1.0.0",
    },
    suspended: true,
  },
];
