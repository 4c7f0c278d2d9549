import type { KeptThing } from "../../model/offboarding.ts";
import type { Gone } from "./leftovers.ts";

/**
 * Keys that a tenant's data and backups are encrypted with. They have to outlive what is kept of the tenant: without them
 * no backup can be read.
 */
export interface TenantKeys {
  /** Has the tenant's keys deleted, as soon as whoever keeps them allows it; gives when. May be asked again. */
  scheduleDeletion(of: Gone): Promise<KeptThing[]>;
}
