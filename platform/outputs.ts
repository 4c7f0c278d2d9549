import * as pulumi from "@pulumi/pulumi";
import type { PlatformOutputs } from "../model/platform.ts";
import type { Cluster } from "./cluster/cluster.ts";
import { packetsFiltered } from "./cluster/plan.ts";
import type { PlatformConfig } from "./config/schema.ts";
import type { ControlPlane } from "./control-plane/controlPlane.ts";
import type { LoadBalancer } from "./edge/loadBalancer.ts";
import { gateway } from "./names.ts";
import type { Network } from "./network/network.ts";
import { leftToOthers } from "./parts.ts";
import type { Registry } from "./registry/registry.ts";
import type { Purpose } from "./security/keyPolicies.ts";

export interface Made {
  config: PlatformConfig;
  network: Network;
  cluster: Cluster;
  registry: Registry;
  loadBalancer: LoadBalancer;
  controlPlane: ControlPlane;
  keys: Record<Purpose, pulumi.Output<string>>;
  signing: pulumi.Output<string>;
  topic: pulumi.Output<string>;
}

/** What other stacks are told: typed, so that a field that is missing here is an error of the compiler's. */
export function outputsOf(made: Made): Outputs<PlatformOutputs> {
  const { config, network, cluster, loadBalancer, keys } = made;
  const { environment, environments, region, account, domain } = config;
  return {
    contract: 1,
    region,
    account,
    environment,
    environments,
    domain,
    network: {
      vpc: network.vpcId,
      cidr: network.cidr,
      privateSubnets: network.privateSubnetIds,
      dataSubnets: network.dataSubnetIds,
    },
    cluster: clusterOutputs(config, cluster),
    registries: made.registry.urls,
    routing: config.edge.routing,
    gateway: { namespace: gateway.namespace, name: gateway.name },
    loadBalancer: {
      arn: loadBalancer.arn,
      dnsName: loadBalancer.dnsName,
      hostedZone: loadBalancer.hostedZone,
      listener: loadBalancer.listenerArn,
      securityGroup: loadBalancer.securityGroup,
    },
    keys: { data: keys.data, logs: keys.logs, registry: keys.registry, signing: made.signing },
    alerts: { topic: made.topic },
    state: { backendUrl: made.controlPlane.backendUrl },
  };
}

function clusterOutputs(config: PlatformConfig, cluster: Cluster): Outputs<PlatformOutputs["cluster"]> {
  const { existing, compute, packetIsolation } = config.cluster;
  return {
    name: cluster.clusterName,
    identifier: cluster.identifier,
    nodeSecurityGroup: cluster.nodeSecurityGroup,
    compute: existing ? "existing" : compute,
    identity: cluster.oidc ? { kind: "irsa", ...cluster.oidc } : { kind: "pod-identity" },
    packetIsolation: { enforced: packetsFiltered(config), tiers: packetIsolation },
    notOurs: leftToOthers(config),
    maxReplicas: existing?.maxReplicas ?? null,
  };
}

/** A value of which any part may be known only once it is made. */
type Outputs<T> = T extends string | number | boolean | null
  ? pulumi.Input<T>
  : T extends (infer Item)[]
    ? pulumi.Input<pulumi.Input<Item>[]>
    : pulumi.Input<{ [Key in keyof T]: Outputs<T[Key]> }>;
