import type { Gone } from "../../offboarding/leftovers.ts";

/** What everything that a tenant has on AWS is tagged with: the contract with what makes it. */
export const environmentTag = "teal:environment";
export const tenantTag = "teal:tenant";

/** As the tagging API takes it: resources that have both. */
export function tagFilters({ environment, id }: Gone): { Key: string; Values: string[] }[] {
  return [
    { Key: environmentTag, Values: [environment] },
    { Key: tenantTag, Values: [id] },
  ];
}
