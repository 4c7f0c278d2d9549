import { isDeepStrictEqual } from "node:util";
import { colors, type Color } from "../../../model/color.ts";
import { TealError } from "../../../model/errors.ts";
import type { Layout, Slot } from "../../../model/layout.ts";
import { newRelease } from "../../../model/release.ts";
import { tenantSettings, type TenantSettings } from "../../../model/tenant.ts";
import type { SlotSpec, TenantSpec } from "../../../tenant/spec.ts";
import { differences, layoutIn, slotIn, type FoundLayout } from "../../drift/expected.ts";
import type { Queries } from "../../ledger/database.ts";
import { insertRelease } from "../../ledger/releases/insert.ts";
import { readReleases } from "../../ledger/releases/read.ts";
import { insertRevision, nextRevision } from "../../ledger/revisions/insert.ts";
import { readSettings } from "../../ledger/revisions/read.ts";
import type { TenantRow } from "../../ledger/schema.ts";
import type { Deps } from "../deps.ts";
import { claimHostnames } from "../tenants/hostnames.ts";
import { sameForPods, sameSettings, settingsOf } from "../tenants/settings.ts";
import type { Looked } from "./look.ts";

/**
 * The layout that a look found, and the stack's own. All that they name is written down: releases and settings that an
 * older ledger doesn't know are in the stack's config. Throws `cannot_keep`, `hostname_taken`.
 */
export async function adopted(
  tx: Queries,
  deps: Deps,
  tenant: TenantRow,
  { layout, stack, view }: Looked,
  actor: string,
): Promise<{ layout: Layout; stack: FoundLayout }> {
  const { id } = tenant;
  if (stack === null) throw cannotKeep(id, "its stack is gone");
  if (stack === "unreadable") throw cannotKeep(id, "its stack has config that is no tenant's");
  const inStack = layoutIn(stack);
  const same = layout && differences(inStack, layout).length === 0;
  const base = same ? layout : await fromStack(tx, deps, tenant, stack, actor);
  const split = view.traffic.found;
  if (base.suspended && split) throw cannotKeep(id, "it is suspended, and its route leads to its slots");
  if (base.suspended) return { layout: base, stack: inStack };
  if (split === null) throw cannotKeep(id, "it has no route that leads to a slot");
  const empty = colors.find((color) => split[color] > 0 && base.slots[color] === null && base.adopted?.color !== color);
  if (empty) throw cannotKeep(id, `${split[empty]} % of its traffic go to ${empty}, which the stack has no slot for`);
  const live = colors.find((color) => split[color] === 100) ?? base.live;
  return { layout: { ...base, weights: split, live }, stack: inStack };
}

async function fromStack(tx: Queries, deps: Deps, tenant: TenantRow, spec: TenantSpec, actor: string): Promise<Layout> {
  const shared = await sharedSettings(tx, deps, tenant, spec);
  const slots: Record<Color, Slot | null> = { blue: null, green: null };
  for (const color of colors) {
    const slot = spec[color];
    if (!slot) continue;
    await writeRelease(tx, tenant, slot, actor);
    const settings = settingsIn(tenant, shared, slot);
    const revision = await writeRevision(tx, deps, tenant, {
      settings,
      revision: slot.revision,
      actor,
      same: sameForPods,
    });
    slots[color] = { ...slotIn(slot), revision };
  }
  const live = spec[spec.live];
  if (!live) throw cannotKeep(tenant.id, `its live slot ${spec.live} is empty`);
  const settings = { ...settingsIn(tenant, shared, live), tier: spec.tier };
  const { revision } = tenant;
  const whole = await writeRevision(tx, deps, tenant, { settings, revision, actor, same: sameSettings });
  await claimHostnames(tx, deps, tenant.uid, settings.hostnames);
  return { ...layoutIn(spec), slots, revision: whole };
}

type Shared = Pick<TenantSettings, "name" | "hostnames" | "ring" | "timeZone" | "policy">;

async function sharedSettings(tx: Queries, deps: Deps, tenant: TenantRow, spec: TenantSpec): Promise<Shared> {
  // No stack knows these: they are the ledger's alone.
  const { ring, timeZone, policy } = await settingsOf(tx, deps.ledger, tenant, tenant.revision);
  const given = `${tenant.id}.${tenant.environment}.${deps.domain}`;
  return {
    name: spec.name,
    hostnames: spec.hostnames.filter((hostname) => hostname !== given),
    ring,
    timeZone,
    policy,
  };
}

function settingsIn({ id }: TenantRow, shared: Shared, { tier, config, flags, secrets }: SlotSpec): TenantSettings {
  const parsed = tenantSettings.safeParse({ ...shared, tier, config, flags, secrets });
  if (parsed.success) return parsed.data;
  const keys = [...new Set(parsed.error.issues.map(({ path }) => path.map(String).join(".")))];
  throw cannotKeep(id, `its stack's config breaks limits of settings: ${keys.join(", ")}`);
}

async function writeRelease(tx: Queries, tenant: TenantRow, slot: SlotSpec, actor: string): Promise<void> {
  const { release: version, image, web, background } = slot;
  const { environment, id } = tenant;
  const known = (await readReleases(tx, environment, [version])).get(version);
  const found = newRelease.parse({ version, image, components: { web, ...(background && { background }) } });
  if (!known) await insertRelease(tx, environment, found, actor);
  else if (known.image !== image || !isDeepStrictEqual(known.components, found.components)) {
    throw cannotKeep(id, `its stack runs another release ${version} than the one that is registered`);
  }
}

/** The number of a revision with these settings: `revision`, where it has them or is free, else a new one. */
async function writeRevision(
  tx: Queries,
  { ledger }: Deps,
  { uid }: TenantRow,
  wanted: { settings: TenantSettings; revision: number; actor: string; same: typeof sameSettings },
): Promise<number> {
  const { settings, revision, actor, same } = wanted;
  const known = (await readSettings(tx, ledger.secrets, uid, [revision])).get(revision);
  if (known && same(known, settings)) return revision;
  const number = known ? await nextRevision(tx, uid) : revision;
  await insertRevision(tx, ledger.secrets, { uid, revision: number, settings, actor });
  return number;
}

function cannotKeep(id: string, why: string): TealError {
  return new TealError(
    "cannot_keep",
    `What was found of tenant ${id} can't be taken over: ${why}. Repair it instead.`,
    {
      data: { tenant: id },
    },
  );
}
