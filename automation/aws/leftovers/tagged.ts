import { paginateGetResources, type ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import type { Gone } from "../../offboarding/leftovers.ts";
import { explained } from "../errors.ts";
import { leaving } from "./concern.ts";
import { tagFilters } from "./tags.ts";

/** ARNs of all that is tagged as the tenant's, in the client's region. What was deleted can be among them for some minutes. */
export async function taggedAs(client: ResourceGroupsTaggingAPIClient, of: Gone): Promise<string[]> {
  const arns: string[] = [];
  const pages = paginateGetResources({ client, pageSize: 100 }, { TagFilters: tagFilters(of) });
  await explained(leaving, `what it has of tenant ${of.id}`, async () => {
    for await (const { ResourceTagMappingList = [] } of pages)
      arns.push(...ResourceTagMappingList.flatMap(({ ResourceARN }) => ResourceARN ?? []));
  });
  return arns.sort();
}
