import type { Layout } from "../model/layout.ts";
import type { PreviewView } from "../model/views.ts";
import { render, type RenderedTenant, type Site } from "./render.ts";
import { renderData } from "./renderData.ts";
import type { Stacks } from "./stacks/stacks.ts";

/**
 * What bringing a tenant's stack to `layout` would change, and with `withData` what would change before in the stack that holds its data, in
 * that order. Where that one isn't there yet, the tenant's own is shown without what it would tell.
 */
export async function previewTenant(
  stacks: Pick<Stacks, "preview"> & { data: Pick<Stacks["data"], "preview" | "last"> },
  site: Site,
  tenant: RenderedTenant,
  layout: Layout,
  { withData }: { withData: boolean },
): Promise<PreviewView> {
  const spec = render(layout, tenant, site);
  if (!layout.data || !site.data || !withData) return stacks.preview(spec);
  const { environment, id } = tenant;
  const last = await stacks.data.last({ environment, id });
  const { exists, ...held } = await stacks.data.preview(renderData(layout, tenant, site.data, last?.spec ?? null));
  const { data: _, ...alone } = spec;
  const own = await stacks.preview(exists ? spec : alone);
  return {
    creates: held.creates + own.creates,
    updates: held.updates + own.updates,
    replaces: held.replaces + own.replaces,
    deletes: held.deletes + own.deletes,
    steps: [...held.steps, ...own.steps],
  };
}
