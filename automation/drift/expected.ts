import { isDeepStrictEqual } from "node:util";
import { colors } from "../../model/color.ts";
import {
  closed,
  deployed,
  opened,
  promoted,
  settled,
  shifted,
  stopped,
  restored,
  trafficBack,
  type Layout,
  type Move,
  type Slot,
} from "../../model/layout.ts";
import { migrating, warmed } from "../../model/maintenance.ts";
import type { Weights } from "../../model/weights.ts";
import type { Kept } from "./kept.ts";
import type { SlotSpec, TenantSpec } from "../../tenant/spec.ts";

/** All layouts that an operation takes a tenant through, that before it among them. */
function layoutsOf(move: Move): Layout[] {
  const steps = move.steps.map((share) => shifted(move, share));
  const shuts = move.serves !== undefined || move.way !== undefined;
  const shut = shuts ? [closed(move), stopped(move), opened(move)] : [];
  const way = [deployed(move), ...steps, promoted(move), settled(move), trafficBack(move), ...shut];
  return [...way, ...(move.migrates ? [migrating(move, "1")] : []), ...backOf(move)];
}

function backOf(move: Move): Layout[] {
  const { before } = move;
  if (!before) return [];
  const migrated = [false, true];
  const back = migrated.flatMap((been) => [trafficBack(move, been), restored(move, been)]);
  return [before, ...back, ...(move.way ? migrated.map((been) => warmed(move, before, been)) : [])];
}

/** What a stack was last given, as a layout says it; without the settings' revision, which no stack knows. */
export type FoundLayout = Omit<Layout, "revision">;

/** What a stack may have been given besides what the ledger says: by moves whose end is not written down, or kept so. */
export function otherLayouts({ moves, kept }: { moves: readonly (Move | null)[]; kept: Kept | null }): FoundLayout[] {
  const made = moves.flatMap((move) => (move ? layoutsOf(move) : []));
  return kept ? [...made, kept.stack] : made;
}

/** The layout in a stack's config. */
export function layoutIn(spec: TenantSpec): FoundLayout {
  return {
    live: spec.live,
    background: spec.background,
    weights: spec.weights,
    slots: { blue: spec.blue && slotIn(spec.blue), green: spec.green && slotIn(spec.green) },
    preview: spec.preview,
    ...(spec.adopted && { adopted: spec.adopted }),
    ...(spec.replicas !== undefined && { replicas: spec.replicas }),
    ...(spec.suspended && { suspended: spec.suspended }),
    ...(spec.maintenance && { maintenance: spec.maintenance }),
    ...(spec.affinity && { affinity: spec.affinity }),
    ...(spec.volume !== undefined && { volume: spec.volume }),
    ...(spec.schema !== undefined && { schema: spec.schema }),
    ...(spec.data !== undefined && { data: true as const }),
  };
}

export function slotIn({ release, revision, scale, idleReplicas, restarts }: SlotSpec): Slot {
  return {
    release,
    revision,
    scale,
    ...(idleReplicas !== undefined && { idleReplicas }),
    ...(restarts !== undefined && { restarts }),
  };
}

/** What a stack's last update was given, as `stacks.last` tells it. */
export function foundIn(last: TenantSpec | "unreadable" | null): FoundLayout | "unreadable" | null {
  return last === null || last === "unreadable" ? last : layoutIn(last);
}

/** How `found` differs from what Teal knows, a phrase each; empty where they are alike. */
export function differences(found: FoundLayout, known: FoundLayout): string[] {
  const said: string[] = [];
  for (const color of colors) {
    const [is, was] = [found.slots[color], known.slots[color]];
    if (!isDeepStrictEqual(is, was)) said.push(`slot ${color} has ${slotText(is)}, not ${slotText(was)}`);
  }
  if (!isDeepStrictEqual(found.adopted, known.adopted))
    said.push(`it has adopted ${adoptedText(found)}, not ${adoptedText(known)}`);
  if (!isDeepStrictEqual(found.weights, known.weights))
    said.push(`its weights are ${weightsText(found.weights)}, not ${weightsText(known.weights)}`);
  const [isLive, wasLive] = [liveIn(found), liveIn(known)];
  if (isLive !== wasLive) said.push(`its live color is ${isLive}, not ${wasLive}`);
  if (found.background !== known.background)
    said.push(`background components run in ${found.background}, not ${known.background}`);
  if (found.replicas !== known.replicas) said.push(`it is scaled to ${podsText(found)}, not ${podsText(known)}`);
  if (found.volume !== known.volume) said.push(`its volume is ${volumeText(found)}, not ${volumeText(known)}`);
  if (found.suspended !== known.suspended || found.maintenance !== known.maintenance)
    said.push(`it is ${servingText(found)}, not ${servingText(known)}`);
  if (!isDeepStrictEqual(found.preview, known.preview))
    said.push(
      `its preview rule leads to ${found.preview?.color ?? "nothing"}, not ${known.preview?.color ?? "nothing"}`,
    );
  return said;
}

/** What has all the traffic is live, whatever config calls so: hands move weights, and who keeps that changes no config. */
function liveIn({ live, weights }: Pick<Layout, "live" | "weights">): Layout["live"] {
  return colors.find((color) => weights[color] === 100) ?? live;
}

export function weightsText({ blue, green }: Weights): string {
  return `blue ${blue} %, green ${green} %`;
}

function podsText({ replicas }: Pick<Layout, "replicas">): string {
  return replicas === undefined ? "what its tier says" : `${replicas} web pods`;
}

function volumeText({ volume }: Pick<Layout, "volume">): string {
  return volume === undefined ? "none" : `${volume} GiB`;
}

function adoptedText({ adopted }: Pick<Layout, "adopted">): string {
  return adopted ? `Service ${adopted.namespace}/${adopted.service}:${adopted.port} as ${adopted.color}` : "nothing";
}

function servingText({ suspended, maintenance }: Pick<Layout, "suspended" | "maintenance">): string {
  if (suspended === undefined) return "served";
  return `${maintenance ? "in maintenance" : "suspended"} (${suspended})`;
}

function slotText(slot: Layout["slots"]["blue"]): string {
  if (slot === null) return "nothing";
  const scales = { full: "", idle: ` at idle scale (${slot.idleReplicas ?? 1})`, none: " without pods" };
  const scale = scales[slot.scale];
  const restarts = slot.restarts === undefined ? "" : `, restarted ${slot.restarts} times`;
  return `release ${slot.release} with settings ${slot.revision}${scale}${restarts}`;
}
