import { TealError } from "../../../model/errors.ts";
import type { Layout } from "../../../model/layout.ts";
import type { Operation } from "../../../model/operation.ts";
import type { PointInTime, Restorable } from "../../backups/provider.ts";
import { covers } from "../../backups/covers.ts";
import { holdingOf } from "../../backups/holding.ts";
import type { Queries } from "../../ledger/database.ts";
import { layoutAt } from "../../ledger/tenants/layoutAt.ts";
import type { TenantRow } from "../../ledger/schema.ts";
import type { Deps } from "../deps.ts";

/** A moment that a tenant's data can be brought back to. */
export interface Moment {
  point: PointInTime;
  window: Restorable;
  /** What the tenant had then. */
  layout: Layout;
  /** Release that ran on the data then. */
  release: string;
}

/** Throws `point_in_time_out_of_range`. `window`: of windowOf. */
export async function momentOf(db: Queries, tenant: TenantRow, window: Restorable, wanted: string): Promise<Moment> {
  const { id } = tenant;
  const at = toSecond(wanted);
  if (!covers(window, at)) throw outOfRange(id, `got ${at}`, window);
  const then = await layoutAt(db, tenant, new Date(at));
  if (then.underWay && changesData(then.underWay)) throw between(id, at, then.underWay);
  const { layout } = then;
  const release = layout?.slots[layout.live]?.release;
  if (!layout || release === undefined) throw outOfRange(id, `no release ran for it at ${at}`, window);
  if (layout.maintenance)
    throw outOfRange(
      id,
      `it was shut at ${at}, by an operation that had not ended well, its data half changed`,
      window,
    );
  return { point: { at, cluster: window.cluster }, window, layout, release };
}

/** To which moments data can be brought back. Throws `point_in_time_unavailable`, `preview_failed` where AWS doesn't tell. */
export async function windowOf(provider: Deps["backups"], environment: string, id: string): Promise<Restorable> {
  if (!provider?.restorable) throw unavailable(id, "backups of its files are all that is kept of them");
  const window = await provider.restorable(holdingOf({ environment, tenant: id })).catch((cause: unknown) => {
    if (cause instanceof TealError && cause.code === "backup_source_refused")
      throw unavailable(id, "its database is in a cluster that tenants share");
    if (cause instanceof TealError && cause.code === "point_in_time_unavailable") throw unavailable(id, cause.message);
    const message = `To which moments tenant ${id} can be brought back is not to be had now: ${cause instanceof Error ? cause.message : String(cause)}`;
    throw new TealError("preview_failed", message, { cause });
  });
  if (!window) throw unavailable(id, "it has no cluster of its own, or one that AWS keeps no log of yet");
  return window;
}

/** S3 and RDS know no finer moments: the second that it is in, as ISO 8601. */
export function toSecond(time: string): string {
  return new Date(Math.floor(Date.parse(time) / 1000) * 1000).toISOString().replace(".000Z", "Z");
}

/** What ran on the data, and what its schema was, can't be told of a moment in the middle of it. */
function changesData({ move }: Operation): boolean {
  return move?.way !== undefined || move?.migrates === true;
}

function between(tenant: string, at: string, { kind, id, startedAt, endedAt }: Operation): TealError {
  const until = endedAt ? `before ${startedAt!.toISOString()}, or after ${endedAt.toISOString()}` : "before it began";
  const message = `At ${at} the data of tenant ${tenant} was being changed by the ${kind} ${id}: which release it fits can't be told. Choose a moment ${until}.`;
  return new TealError("point_in_time_out_of_range", message, { data: { tenant, operation: id } });
}

function outOfRange(tenant: string, why: string, { earliest, latest }: Restorable): TealError {
  const message = `Expected a moment from ${earliest} to ${latest}, to which the data of tenant ${tenant} can be brought back; ${why}. Choose another, or a backup.`;
  return new TealError("point_in_time_out_of_range", message, { data: { tenant, earliest, latest } });
}

function unavailable(tenant: string, why: string): TealError {
  const message = `The data of tenant ${tenant} can't be brought back to any moment: ${why}. Say \`at\` to go back to the newest backup that had been taken by then.`;
  return new TealError("point_in_time_unavailable", message, { data: { tenant } });
}
