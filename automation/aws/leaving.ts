import { KMSClient } from "@aws-sdk/client-kms";
import { ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import type { TenantKeys } from "../offboarding/keys.ts";
import type { Place } from "../offboarding/leftovers.ts";
import { openClient, type Given } from "./clients.ts";
import { tenantKeys } from "./keys/tenantKeys.ts";
import { onAws } from "./leftovers/onAws.ts";

/** What offboarding needs of AWS, by the SDK's own environment variables. */
export function leavingOnAws(given?: Given): { places: Place[]; keys: TenantKeys } {
  const kms = openClient(KMSClient, given);
  return {
    places: [onAws({ tagging: openClient(ResourceGroupsTaggingAPIClient, given), kms })],
    keys: tenantKeys(kms),
  };
}
