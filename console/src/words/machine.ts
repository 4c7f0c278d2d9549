import type { Operation } from "../api/types.ts";

export type Phase = Operation["phase"];
export type Kind = Operation["kind"];
export type State = Operation["state"];

/** How much somebody should mind: drives icon and colour, which never stand without the word. */
export type Tone = "quiet" | "run" | "wait" | "bad" | "done";

interface PhaseWords {
  /** In two words at most. */
  short: string;
  /** What is happening, as one would say it to somebody who is no developer. */
  now: string;
  /** What the customer notices. */
  customer: string;
}

const nothing = "Customers notice nothing.";

/** A test holds that every phase of the machine is here. */
const phaseWords: Record<string, PhaseWords> = {
  queued: { short: "Queued", now: "It has been accepted and is about to begin.", customer: nothing },
  "backing-up": {
    short: "Backing up",
    now: "The tenant's data is being backed up, and the copy checked.",
    customer: nothing,
  },
  migrating: {
    short: "Migrating",
    now: "The release's migration is changing the tenant's data.",
    customer: nothing,
  },
  "restoring-data": {
    short: "Restoring data",
    now: "The data of the backup is being brought back.",
    customer: "Every request is answered with 503 until it is done.",
  },
  warming: {
    short: "Warming up",
    now: "What ran before is being started again, before requests are led to it.",
    customer: "Every request is answered with 503 until it is done.",
  },
  deploying: {
    short: "Deploying",
    now: "The new release is being put into the idle slot, which has no traffic.",
    customer: nothing,
  },
  verifying: {
    short: "Verifying",
    now: "The new pods must become ready and answer the release's checks, still without traffic.",
    customer: nothing,
  },
  "awaiting-approval": {
    short: "Needs approval",
    now: "It waits for a person to let it go on, or to refuse.",
    customer: nothing,
  },
  shifting: {
    short: "Shifting",
    now: "Traffic is being moved to the new release.",
    customer: "A part of the requests is answered by the new release.",
  },
  baking: {
    short: "Watching",
    now: "The new release has a part of the traffic and is watched: its errors and times against the old one's.",
    customer: "A part of the requests is answered by the new release.",
  },
  promoting: {
    short: "Promoting",
    now: "All traffic has moved; workers and schedulers change over now.",
    customer: "All requests are answered by the new release.",
  },
  holding: {
    short: "Holding",
    now: "All traffic is with the new release. The old slot is kept as it was, so going back takes one flip.",
    customer: "All requests are answered by the new release.",
  },
  settling: {
    short: "Settling",
    now: "The old slot is made a backup of the new release, kept or removed, as the policy says.",
    customer: nothing,
  },
  closing: {
    short: "Closing",
    now: "Requests are being led to a notice that the tenant is not served.",
    customer: "Every request is answered with 503.",
  },
  stopping: {
    short: "Stopping",
    now: "The tenant's pods are being stopped.",
    customer: "Every request is answered with 503.",
  },
  opening: {
    short: "Opening",
    now: "The pods are ready; requests are being led to them again.",
    customer: "Requests are answered again.",
  },
  grace: {
    short: "Grace",
    now: "The tenant is suspended. It can come back as it was until the grace is over; then it is exported and removed.",
    customer: "Every request is answered with 503.",
  },
  exporting: {
    short: "Exporting",
    now: "The tenant's settings are written down and its data backed up for the last time. It can still come back.",
    customer: "Every request is answered with 503.",
  },
  removing: {
    short: "Removing",
    now: "All that the tenant had in the cluster is being removed.",
    customer: "Requests are no longer answered.",
  },
  "rolling-back": {
    short: "Rolling back",
    now: "All traffic is going back to the old release.",
    customer: "Requests are answered by the old release again.",
  },
  restoring: {
    short: "Restoring",
    now: "Traffic is back. The idle slot becomes what it was before.",
    customer: nothing,
  },
  paused: {
    short: "Paused",
    now: "It holds still: weights and slots stay as they are until it is resumed.",
    customer: nothing,
  },
  halted: {
    short: "Halted",
    now: "It can go neither on nor back by itself. A person has to decide.",
    customer: "It depends: see why it halted.",
  },
  succeeded: { short: "Succeeded", now: "It has done what it was for.", customer: nothing },
  "rolled-back": {
    short: "Rolled back",
    now: "It went back. Traffic and slots are as they were before.",
    customer: nothing,
  },
  failed: { short: "Failed", now: "It ended without having done what it was for.", customer: nothing },
  cancelled: { short: "Cancelled", now: "It was called off before it changed anything that lasts.", customer: nothing },
};

export function wordsOf(phase: string): PhaseWords {
  return phaseWords[phase] ?? { short: capital(phase), now: "", customer: "" };
}

const tones: Partial<Record<Phase, Tone>> = {
  queued: "quiet",
  "awaiting-approval": "wait",
  paused: "wait",
  halted: "bad",
  failed: "bad",
  "rolled-back": "bad",
  "rolling-back": "bad",
  restoring: "bad",
  cancelled: "quiet",
  succeeded: "done",
};

export function toneOf(phase: Phase): Tone {
  return tones[phase] ?? "run";
}

const kindNames: Record<string, string> = {
  backup: "Backup",
  restore: "Restore",
  provision: "New tenant",
  configure: "Change of settings",
  rollout: "Rollout",
  rollback: "Rollback",
  restart: "Restart",
  scale: "Scaling",
  suspend: "Suspension",
  unsuspend: "End of suspension",
  repair: "Repair",
  offboard: "Removal",
};

/** `Rollout of 2.0.0`, `Restart`. */
export function titleOf({ kind, release }: { kind: Kind; release?: string | undefined }): string {
  const name = kindNames[kind] ?? capital(kind);
  const carries = kind === "rollout" || kind === "provision";
  if (kind === "rollback" && release) return `Rollback to ${release}`;
  return carries && release ? `${name}${kind === "rollout" ? " of" : " with"} ${release}` : name;
}

export const interventionWords: Record<Operation["actions"][number]["name"], string> = {
  pause: "Pause",
  resume: "Resume",
  approve: "Approve",
  reject: "Reject",
  abort: "Abort",
  rollback: "Roll back",
  finish: "Finish now",
};

const causeWords: Record<string, string> = {
  release: "The release is at fault",
  platform: "The platform is in the way",
  tenant: "The tenant's settings are in the way",
  policy: "The policy says so",
  person: "A person decided or has to decide",
};

export function causeText(cause: string): string {
  return causeWords[cause] ?? cause;
}

/** Where a phase does something else while nobody is served than it does beside a slot that has the traffic. */
const whileShut: Partial<Record<Phase, string>> = {
  deploying: "The new pods are being started.",
  verifying: "The new pods must become ready and answer the release's checks, before anybody is served.",
};

/** What is happening, in a sentence. `shut`: nobody is served meanwhile. */
export function happens(phase: Phase, shut: boolean): string {
  return (shut ? whileShut[phase] : undefined) ?? wordsOf(phase).now;
}

/** Whether nobody is served at this moment for the operation's sake. */
export function isShut({ outage, grace, phase }: Pick<Operation, "outage" | "grace"> & { phase?: Phase }): boolean {
  // Who leaves is shut out by the time its grace begins, whatever interrupts it then, until it is back or gone.
  if (grace?.until !== undefined) return phase !== "restoring" && phase !== "removing";
  return outage !== undefined && outage.to === undefined;
}

/** What customers notice; while it holds still, that is what the weights say. `shut`: nobody is served. */
export function customersNotice(phase: Phase, share: number | null, shut: boolean): string {
  if (shut)
    return phase === "halted" || phase === "paused"
      ? "Every request is answered with 503 until a person has it go on, or ends it."
      : "Every request is answered with 503 until it is done.";
  const still = phase === "awaiting-approval" || phase === "paused" || phase === "halted";
  if (!still || share === null) return wordsOf(phase).customer;
  if (share === 0) return "Customers notice nothing: the new release has no traffic.";
  if (share === 100) return "All requests are answered by the new release.";
  return `${share} % of the requests are answered by the new release.`;
}

export function hasEnded({ state }: { state: State }): boolean {
  return state === "succeeded" || state === "rolled-back" || state === "failed" || state === "cancelled";
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1).replaceAll(/[-_]/g, " ");
}
