import type { Adopts } from "../../../model/adopted.ts";
import type { AdoptedData } from "../../../model/adoptedData.ts";
import { deployed, opened, provisioned, type Layout } from "../../../model/layout.ts";
import type { NewTenant, TenantSettings } from "../../../model/tenant.ts";
import { patched } from "../../../model/tenant.ts";
import type { PreviewView } from "../../../model/views.ts";
import type { PreviewChange } from "../../automation.ts";
import type { Queries } from "../../ledger/database.ts";
import { readProvisioning } from "../../ledger/operations/provisioning.ts";
import { textsOf } from "../../ledger/operations/tenantForWork.ts";
import { nextRevision } from "../../ledger/revisions/insert.ts";
import type { TenantRow } from "../../ledger/schema.ts";
import { readRelease } from "../../ledger/releases/read.ts";
import { readTenant } from "../../ledger/tenants/read.ts";
import type { RenderedTenant } from "../../render.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { deployableRelease } from "../releases/deployable.ts";
import { tenantExists, type Adopting } from "./create.ts";
import { dataTerms, firstData, heldData } from "./data.ts";
import { checkHostnames } from "./hostnames.ts";
import { adoptMove, provisionMove, rolloutMove } from "./moves.ts";
import { configureMove } from "./patch.ts";
import { provisionAgain } from "./provisionAgain.ts";
import { adoptionUnfinished, isLive } from "./rollout.ts";
import { refuseSuspended } from "./running.ts";
import { sameSettings, settingsOf } from "./settings.ts";
import { tenantNotFound } from "./tenant.ts";
import { termsOf } from "./terms.ts";

/** The first layout that a change would bring a stack to, with the texts it names. */
interface Planned {
  tenant: RenderedTenant;
  layout: Layout;
  /** What holds the tenant's data changes with it: see opensData. */
  withData: boolean;
}

/** Plans as the change itself would, with the same refusals, and writes nothing. */
export async function previewCommand(
  deps: Deps,
  environment: string,
  id: string,
  change: PreviewChange,
): Promise<PreviewView> {
  requireEnvironment(deps, environment);
  const { tenant, layout, withData } = await deps.ledger.read(async (db) => {
    const row = await readTenant(db, environment, id);
    if (change.newTenant) {
      if (row) throw tenantExists(environment, id);
      return planCreation(db, deps, environment, change.newTenant, change.adoptedData ?? null);
    }
    if (!row) throw tenantNotFound(environment, id);
    return planChange(db, deps, row, change);
  });
  return deps.preview(tenant, layout, { withData });
}

/** What adopting would make. The same refusals as `planCreation`'s, but for those about a release. */
export async function previewAdopted(
  deps: Deps,
  environment: string,
  { id, ...settings }: Adopting,
  { adopts, adoptedData }: { adopts: Adopts; adoptedData: AdoptedData | null },
): Promise<PreviewView> {
  const layout = await deps.ledger.read(async (db) => {
    if (await readTenant(db, environment, id)) throw tenantExists(environment, id);
    await checkHostnames(db, deps, null, settings.hostnames);
    const terms = await termsOf(db, deps, environment, settings);
    return provisioned(adoptMove(adopts, 1, terms, heldData(deps)));
  });
  const tenant = { environment, id, settings: new Map([[1, settings]]), releases: new Map(), adoptedData };
  return deps.preview(tenant, layout, { withData: true });
}

async function planCreation(
  db: Queries,
  deps: Deps,
  environment: string,
  wished: NewTenant,
  adoptedData: AdoptedData | null,
): Promise<Planned> {
  const { id, release, ...settings } = wished;
  const spec = await deployableRelease(db, environment, release);
  await checkHostnames(db, deps, null, settings.hostnames);
  const terms = await termsOf(db, deps, environment, settings);
  const of = { environment, tier: settings.tier, release: spec };
  const layout = provisioned(provisionMove(release, 1, terms, await firstData(db, deps, of, terms.policy)));
  return {
    layout,
    withData: true,
    tenant: { environment, id, settings: new Map([[1, settings]]), releases: new Map([[release, spec]]), adoptedData },
  };
}

async function planChange(db: Queries, deps: Deps, row: TenantRow, change: PreviewChange): Promise<Planned> {
  const { ledger } = deps;
  const { newTenant: _, adoptedData: __, release, ...patch } = change;
  const { environment, id, uid } = row;
  const old = await settingsOf(db, ledger, row, row.revision);
  const settings = patched(old, patch);
  const changes = !sameSettings(old, settings);
  const revision = changes ? await nextRevision(db, uid) : row.revision;
  if (changes) await checkHostnames(db, deps, uid, settings.hostnames);
  if (release !== undefined) await deployableRelease(db, environment, release);

  const { layout, withData } = await firstLayout(db, deps, row, { release, revision, old, settings });
  // What is not in the ledger yet is given by hand.
  const known = await textsOf(db, ledger.secrets, row, layout);
  return {
    layout,
    withData,
    tenant: {
      environment,
      id,
      adoptedData: row.adopted_data,
      ...known,
      settings: new Map(known.settings).set(revision, settings),
    },
  };
}

interface Wished {
  release: string | undefined;
  revision: number;
  old: TenantSettings;
  settings: TenantSettings;
}

async function firstLayout(
  db: Queries,
  deps: Deps,
  row: TenantRow,
  wished: Wished,
): Promise<Pick<Planned, "layout" | "withData">> {
  const { release, revision, old, settings } = wished;
  const { layout } = row;
  const tried = await readProvisioning(db, row.uid);
  const terms = await termsOf(db, deps, row.environment, settings);
  const { environment } = row;
  const { tier } = settings;
  const of = async (version: string) => {
    const { spec } = await readRelease(db, environment, version);
    return { environment, tier, release: spec };
  };
  if (!layout || !tried.done) {
    if (release !== undefined && tried.adopts) throw adoptionUnfinished(row.id);
    const again = release === undefined ? tried : { release, adopts: null };
    const move = await provisionAgain(db, deps, again, { environment, revision, settings, terms });
    return { layout: provisioned(move), withData: true };
  }
  const unchanged = revision === row.revision;
  if (release !== undefined && !(await isLive(db, deps, row, layout, release))) {
    if (!layout.maintenance) refuseSuspended(row.id, layout);
    const data = await dataTerms(db, deps, { ...(await of(release)), layout }, terms.policy);
    const move = rolloutMove(layout, { release, revision }, terms, data);
    return { layout: move.way ? opened(move) : deployed(move), withData: false };
  }
  if (unchanged) return { layout, withData: false };
  const move = configureMove(layout, revision, { old, settings }, terms);
  if (move.steps.length > 0) refuseSuspended(row.id, layout);
  return { layout: move.way ? opened(move) : deployed(move), withData: true };
}
