import type { KMSClient } from "@aws-sdk/client-kms";
import type { ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import type { Place } from "../../offboarding/leftovers.ts";
import { keyState } from "../keys/state.ts";
import { sortOf } from "./sort.ts";
import { taggedAs } from "./tagged.ts";

/**
 * What is tagged as the tenant's on AWS. Its backups, and the keys that they can't be read without, are kept until the
 * retention is over; anything else costs money for nobody.
 */
export function onAws({ tagging, kms }: { tagging: ResourceGroupsTaggingAPIClient; kms: KMSClient }): Place {
  return {
    name: "what AWS has tagged as the tenant's",
    async look(of) {
      const arns = await taggedAs(tagging, of);
      const sorted = arns.map((arn) => ({ arn, sort: sortOf(arn) }));
      const keys = await Promise.all(sorted.filter(({ sort }) => sort === "key").map(({ arn }) => keyState(kms, arn)));
      return {
        left: sorted.filter(({ sort }) => sort === "left").map(({ arn }) => arn),
        kept: [
          ...keys.filter((key) => key !== null).map(({ arn, until }) => ({ what: "KMS key", id: arn, until })),
          ...sorted
            .filter(({ sort }) => sort === "backup")
            .map(({ arn }) => ({ what: "backup", id: arn, until: null })),
        ],
      };
    },
  };
}
