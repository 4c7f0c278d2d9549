import type { AdoptedData } from "../model/adoptedData.ts";
import { colors } from "../model/color.ts";
import type { Layout, Slot } from "../model/layout.ts";
import type { NewRelease } from "../model/release.ts";
import type { TenantSettings } from "../model/tenant.ts";
import { dataStackReference } from "../tenant/data/config.ts";
import type { DataSpec } from "../tenant/data/spec.ts";
import type { DataTable } from "../tenant/plan/data/tiers.ts";
import type { SlotSpec, TenantSpec } from "../tenant/spec.ts";

/** What is the same for every tenant of this installation. */
export interface Site {
  gateway: { name: string; namespace: string };
  /** Absent: the Gateway splits. */
  routing?: NonNullable<TenantSpec["routing"]>;
  cluster: { context?: string; identifier: string };
  /** How what tenants have on AWS is kept; absent: they have nothing there. */
  data?: DataSite;
  /** The host name that Teal gives a tenant. */
  hostOf(environment: string, tenant: string): string;
}

export interface DataSite {
  platform: DataSpec["platform"];
  table: DataTable;
}

/** A tenant with the texts that a layout only names. */
export interface RenderedTenant {
  environment: string;
  id: string;
  /** By revision; secrets in the clear. */
  settings: ReadonlyMap<number, TenantSettings>;
  /** By version. */
  releases: ReadonlyMap<string, NewRelease>;
  /** What it had on AWS before it was Teal's; absent or null: nothing. */
  adoptedData?: AdoptedData | null;
}

/** The spec of a tenant's stack. Pure: the ledger's intent in, stack config out, the same on any worker. */
export function render(layout: Layout, tenant: RenderedTenant, site: Site): TenantSpec {
  const { environment, id } = tenant;
  const { name, tier, hostnames } = named(tenant.settings, layout.revision, "revision");
  const [blue, green] = colors.map((color) => slotSpec(layout.slots[color], tenant));
  return {
    environment,
    id,
    name,
    tier,
    hostnames: [site.hostOf(environment, id), ...hostnames],
    live: layout.live,
    background: layout.background,
    weights: layout.weights,
    blue: blue ?? null,
    green: green ?? null,
    preview: layout.preview,
    ...(layout.adopted && { adopted: layout.adopted }),
    ...(layout.replicas !== undefined && { replicas: layout.replicas }),
    ...(layout.suspended && { suspended: layout.suspended }),
    ...(layout.maintenance && { maintenance: layout.maintenance }),
    ...(layout.affinity && { affinity: layout.affinity }),
    ...(layout.volume !== undefined && { volume: layout.volume }),
    ...(layout.schema !== undefined && { schema: layout.schema }),
    ...(layout.data && { data: dataStackReference({ environment, id }) }),
    ...migrationOf(layout, tenant),
    ...(site.routing && { routing: site.routing }),
    gateway: site.gateway,
    cluster: site.cluster,
  };
}

function slotSpec(slot: Slot | null, { settings, releases }: RenderedTenant): SlotSpec | null {
  if (slot === null) return null;
  const { image, components, volume } = named(releases, slot.release, "release");
  const { tier, config, flags, secrets } = named(settings, slot.revision, "revision");
  return { ...slot, image, tier, ...components, ...(volume && { volume }), config, flags, secrets };
}

function migrationOf({ migration, slots }: Layout, { releases }: RenderedTenant): Pick<TenantSpec, "migration"> {
  const slot = migration && slots[migration.color];
  if (!slot) return {};
  const command = named(releases, slot.release, "release").migration?.command;
  if (!command) throw new Error(`Release ${slot.release} has no migration to run.`);
  return { migration: { ...migration, command } };
}

export function named<K, V>(map: ReadonlyMap<K, V>, key: K, what: string): V {
  const value = map.get(key);
  if (value === undefined) throw new Error(`The layout names ${what} ${String(key)}, which was not loaded.`);
  return value;
}
