import type { KeptThing } from "../../model/offboarding.ts";

/**
 * Keys that a tenant's data and backups are encrypted with. They have to outlive what is kept of the tenant: without them
 * no backup can be read.
 */
export interface TenantKeys {
  /**
   * Has these keys deleted, of all that was kept, as soon as whoever keeps them allows it; gives when. Asked again it
   * changes nothing.
   */
  scheduleDeletion(kept: readonly KeptThing[]): Promise<KeptThing[]>;
}
