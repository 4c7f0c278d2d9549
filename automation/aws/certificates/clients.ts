import { ACMClient } from "@aws-sdk/client-acm";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { Route53Client } from "@aws-sdk/client-route-53";

export interface CertificateClients {
  acm: ACMClient;
  route53: Route53Client;
  balancers: ElasticLoadBalancingV2Client;
  tags: ResourceGroupsTaggingAPIClient;
}

/** Tries of one call, with the SDK's own growing, jittered pauses; the reconciler waits longer between rounds. */
const maxAttempts = 4;

/** Region, endpoint and credentials are as the SDK's environment variables say, if nothing else is given. */
export function certificateClients(config: object = {}): CertificateClients {
  const options = { maxAttempts, ...config };
  return {
    acm: new ACMClient(options),
    route53: new Route53Client(options),
    balancers: new ElasticLoadBalancingV2Client(options),
    tags: new ResourceGroupsTaggingAPIClient(options),
  };
}
