import { adopted, letGo, type Adopted, type Adopts } from "./adopted.ts";
import { affinityOf, back, based } from "./based.ts";
import { otherColor, type Color } from "./color.ts";
import { inMaintenance, settledAfterMaintenance } from "./maintenance.ts";
import type { Policy } from "./policy.ts";
import { weightsGiving, type Weights } from "./weights.ts";

/** What one color's copy runs. */
export interface Slot {
  /** Version of the release. */
  release: string;
  /** Revision of the tenant's settings (config, flags, secrets, tier) that its pods were given. */
  revision: number;
  /** `full`: as many pods as the tier says. `idle`: as many as a warm backup needs. `none`: its objects are there, no pods. */
  scale: "full" | "idle" | "none";
  /** Web pods at scale `idle`; absent: one. */
  idleReplicas?: number;
  /** Counts restarts: the same content with another count means new pods. Absent: none. */
  restarts?: number;
}

/**
 * How far a suspended tenant is shut. `closed`: its route leads to no pod. `stopped`: no pods run either.
 * What its slots hold, and its weights, stay as they were.
 */
export const suspensions = ["closed", "stopped"] as const;
export type Suspension = (typeof suspensions)[number];

/** Everything that a tenant's stack is rendered from, besides the texts of its releases and revisions. */
export interface Layout {
  /** Revision whose host names and name apply to the tenant as a whole. */
  revision: number;
  /** The color that has the traffic, or had it until the rollout under way began to move it. */
  live: Color;
  /** The color in which background components run. */
  background: Color;
  weights: Weights;
  slots: Record<Color, Slot | null>;
  /** What serves as the copy of a color whose slot is empty, in a namespace that Teal has not made. Absent: nothing. */
  adopted?: Adopted;
  /** While set, requests that carry the token in the preview header go to `color`, whatever the weights. */
  preview: { color: Color; token: string } | null;
  /** Web pods of a full slot, whatever the tier says. Absent: as the tier says. */
  replicas?: number;
  /** Absent: requests are served. */
  suspended?: Suspension;
  /** It is shut for work on it, not because somebody suspended it. Only with `suspended`. */
  maintenance?: true;
  /** GiB of the volume that both colors keep the tenant's data on. Absent: it has none. */
  volume?: number;
  /** Release whose migration the data has been through last. Absent: none that Teal ran. */
  schema?: string;
  /** It has a stack of project `tenant-data`, which says what is its own on AWS. Absent: it has none. */
  data?: true;
  /** Whoever was led to a color stays there while its share doesn't fall. Absent: each request for itself. */
  affinity?: "cookie";
  /** While set, a Job runs the migration of the release in `color`. Another `run` is another Job. */
  migration?: { color: Color; run: string; seconds: number };
}

/** How the layout has requests split; null: it is suspended, and none are served. */
export function trafficOf({ weights, suspended }: Pick<Layout, "weights" | "suspended">): Weights | null {
  return suspended ? null : weights;
}

/** What happens to the old slot once a rollout has held: see docs/rollouts.md. */
export const settlings = ["match", "keep", "remove"] as const;
export type Settling = (typeof settlings)[number];

/** Where a rollout can be made to wait for an approval: before it gets any traffic, and before it gets all of it. */
export const gates = ["before-traffic", "before-full"] as const;
export type Gate = (typeof gates)[number];

/** The rules that an operation goes by, as they were when it was accepted: what changes later changes it no more. */
export interface Terms {
  /** Environment's, tenant's and rollout's in one. Absent only in what an older version of Teal accepted. */
  policy?: Policy;
  /** The tenant's: maintenance windows go by it. */
  timeZone?: string;
  /** Why it may begin in spite of freezes and windows. */
  override?: { reason: string };
}

/** What an operation that moves traffic was accepted with; fixed for its whole life. */
export interface Move extends Terms {
  /** The layout that it began from, and goes back to. Null: the tenant has nothing yet. */
  before: Layout | null;
  /** The slot that gets `content`. */
  target: Color;
  /** Null: the slot stays empty, since what is adopted serves as its copy. */
  content: Slot | null;
  /** Revision of the tenant's settings from now on. */
  revision: number;
  /** Percent of traffic for the new slot, rising; the last is 100. Empty: no traffic moves. */
  steps: number[];
  bakeSeconds: number;
  holdSeconds: number;
  settling: Settling;
  /** Random; whoever sends it in the preview header is served by the new slot. */
  token: string;
  gates?: Gate[];
  /** Until an approval that nobody gave is taken for a refusal. */
  approvalSeconds?: number;
  /** For a repair: digests of the drift that was shown. It may mend that, and nothing else. */
  shown?: string[];
  /** For `scale`: web pods of a full slot from then on; null: as the tier says. */
  replicas?: number | null;
  /** For `suspend` and `unsuspend`: whether requests are served in the end. */
  serves?: boolean;
  /** The slots change over while nobody is served. Absent: they don't, as blue/green is for. */
  way?: "recreate" | "restore";
  /** The tenant's data is backed up before anything changes. */
  backup?: true;
  /** The release's migration runs as a Job, before its pods do. */
  migrates?: true;
  /** Once migrating, or starting pods where nothing is to migrate, has begun, what was before can't run any more. */
  oneWay?: true;
  /** See Layout: from when the data has changed, or the volume is made. */
  schema?: string;
  volume?: number;
  /** For `provision`: see Layout. */
  data?: true;
  /** For `provision`: what serves as the copy of `target`, and the host names to take from its routes. */
  adopts?: Adopts;
  /** For `rollback`: what it leaves as it is, a phrase each. */
  kept?: string[];
  /** For `restore`: the id of the backup. */
  from?: string;
  /** For `restore`: instead of a backup the moment, in the past of that cluster. */
  pointInTime?: { at: string; cluster: string };
  /** For `configure`: generations of the tenant's clusters that are removed, none of them in use. */
  letsGo?: number[];
}

/** The first layout of a new tenant: one slot, all traffic. */
export function provisioned(move: Move): Layout {
  const slots = { blue: null, green: null, [move.target]: move.content };
  const weights = weightsGiving(move.target, 100);
  const { revision, target, volume, schema, data, adopts } = move;
  return {
    ...affinityOf(move),
    ...(data && { data }),
    ...(adopts && { adopted: adopted(adopts, target) }),
    revision,
    live: target,
    background: target,
    weights,
    slots,
    preview: null,
    ...(volume !== undefined && { volume }),
    ...(schema !== undefined && { schema }),
  };
}

/** The new release in the idle slot, without traffic, reachable by the preview header. */
export function deployed(move: Move): Layout {
  const { before, target, token } = move;
  if (before === null) return provisioned(move);
  if (move.way) return inMaintenance(move, before);
  const filled = { ...before.slots, [target]: move.content };
  const layout: Layout = {
    ...letGo(based(move, before), (color) => filled[color] !== null),
    slots: filled,
    // Where no traffic is to move, in place, there is nothing to preview.
    preview: move.steps.length === 0 ? null : { color: target, token },
  };
  // Pods come back behind a closed route, and are checked there before anybody is led to them.
  if (move.serves) return { ...layout, suspended: "closed", preview: { color: target, token } };
  return move.replicas === undefined ? layout : scaled(layout, move.replicas);
}

function scaled({ replicas: _, ...layout }: Layout, replicas: number | null): Layout {
  return replicas === null ? layout : { ...layout, replicas };
}

/** Requests are no longer served; pods still run, so that those under way end well. */
export function closed(move: Move): Layout {
  return shut(move, "closed");
}

/** As closed, and without pods. */
export function stopped(move: Move): Layout {
  return shut(move, "stopped");
}

function shut(move: Move, suspended: Suspension): Layout {
  // Nothing but the shutting changes before the data is safe.
  if (move.way && move.before) return { ...move.before, suspended, maintenance: true, preview: null };
  return { ...deployed(move), suspended };
}

/** Requests are served again, by pods that were ready before. */
export function opened(move: Move): Layout {
  const { suspended: _, maintenance: __, ...layout } = deployed(move);
  return { ...layout, preview: null };
}

/** As deployed, with `share` percent of the traffic on the new slot. */
export function shifted(move: Move, share: number): Layout {
  return { ...deployed(move), weights: weightsGiving(move.target, share) };
}

/** The new slot is the live one: all traffic, background components too; the old slot as it was. */
export function promoted(move: Move): Layout {
  return { ...shifted(move, 100), live: move.target, background: move.target, preview: null };
}

/** As promoted, with the old slot as `settling` says. */
export function settled(move: Move): Layout {
  if (move.way) return settledAfterMaintenance(move, opened(move), idle(move));
  const layout = letGo(promoted(move), (color) => color !== move.target);
  const old = otherColor(move.target);
  const slots = {
    match: idle(move),
    keep: layout.slots[old],
    remove: null,
  };
  return { ...layout, slots: { ...layout.slots, [old]: slots[move.settling] } };
}

/** The new content, as many pods of it as the policy gives a warm backup. */
function idle({ content, policy }: Move): Slot | null {
  return content && { ...content, scale: "idle", ...(policy && { idleReplicas: policy.idleReplicas }) };
}

/** All traffic back on the slot that had it before, the new slot still there: the quick part of a rollback. */
export function trafficBack(move: Move, migrated = false): Layout {
  if (move.before === null) return provisioned(move);
  if (move.way) return back(move, move.before, migrated);
  return { ...deployed(move), weights: move.before.weights, preview: null };
}

/** As it was before, but for the data, which nothing takes back. */
export function restored(move: Move, migrated = false): Layout {
  return move.before === null ? provisioned(move) : back(move, move.before, migrated);
}
