import type { AdoptedData } from "../../model/adoptedData.ts";
import type { Gone, Place } from "./leftovers.ts";

/** What the tenant had that was there before it: it is its owner's, stays as it is, and is told of in the record. */
export function adoptedStays(read: (of: Gone) => Promise<AdoptedData | null>): Place {
  return {
    name: "what the tenant had adopted",
    async look(of) {
      const { database, bucket } = (await read(of)) ?? {};
      const kept = [
        ...(database ? [{ what: "adopted RDS cluster", id: database.cluster, until: null, stays: true as const }] : []),
        ...(bucket ? [{ what: "adopted S3 bucket", id: bucket.name, until: null, stays: true as const }] : []),
      ];
      return { left: [], kept };
    },
  };
}
