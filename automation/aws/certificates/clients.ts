import { ACMClient } from "@aws-sdk/client-acm";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { Route53Client } from "@aws-sdk/client-route-53";
import { openClient, type Given } from "../clients.ts";

export interface CertificateClients {
  acm: ACMClient;
  route53: Route53Client;
  balancers: ElasticLoadBalancingV2Client;
  tags: ResourceGroupsTaggingAPIClient;
}

export function certificateClients(given?: Given): CertificateClients {
  return {
    acm: openClient(ACMClient, given),
    route53: openClient(Route53Client, given),
    balancers: openClient(ElasticLoadBalancingV2Client, given),
    tags: openClient(ResourceGroupsTaggingAPIClient, given),
  };
}
