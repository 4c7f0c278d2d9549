import { GetResourcesCommand, type ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { explained } from "../errors.ts";
import { certificates } from "./concern.ts";
import { tagsOf, type AcmRequest } from "./request.ts";

/** The ARN of a certificate that was asked for before, by its tags; undefined where there is none. */
export async function findCertificate(
  tags: ResourceGroupsTaggingAPIClient,
  request: Omit<AcmRequest, "names">,
): Promise<string | undefined> {
  const command = new GetResourcesCommand({
    ResourceTypeFilters: ["acm:certificate"],
    TagFilters: tagsOf(request).map(({ Key, Value }) => ({ Key, Values: [Value] })),
  });
  const found = await explained(certificates, "which certificates have Teal's tags", () => tags.send(command));
  return found.ResourceTagMappingList?.[0]?.ResourceARN;
}
