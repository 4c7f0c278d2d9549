import type { PlatformOutputs } from "../../../model/platform.ts";
import { defaultTierData } from "../../../tenant/plan/data/tiers.ts";
import { firstCluster, type Clusters, type DataSpec } from "../../../tenant/data/spec.ts";

/** A platform's outputs, as `managed` nodes have them, with `cluster` changed. */
export function platformOf(cluster: Partial<PlatformOutputs["cluster"]> = {}): PlatformOutputs {
  const arn = (service: string, rest: string) => `arn:aws:${service}:eu-central-1:123456789012:${rest}`;
  return {
    contract: 1,
    region: "eu-central-1",
    account: "123456789012",
    environment: "production",
    environments: ["production", "staging"],
    domain: { name: "example.com", zone: "Z0123456789ABCDEFGHIJ" },
    network: {
      vpc: "vpc-1",
      cidr: "10.64.0.0/16",
      privateSubnets: ["subnet-private-a", "subnet-private-b"],
      dataSubnets: ["subnet-data-a", "subnet-data-b", "subnet-data-c"],
    },
    cluster: {
      name: "teal-production",
      identifier: arn("eks", "cluster/teal-production"),
      nodeSecurityGroup: "sg-nodes",
      compute: "managed",
      identity: { kind: "pod-identity" },
      packetIsolation: { enforced: true, tiers: ["small", "medium", "large"] },
      notOurs: [],
      maxReplicas: null,
      ...cluster,
    },
    registries: {},
    routing: "gateway",
    gateway: { namespace: "teal-gateway", name: "teal" },
    loadBalancer: {
      arn: arn("elasticloadbalancing", "loadbalancer/app/teal/1"),
      dnsName: "teal.elb.amazonaws.com",
      hostedZone: "Z1",
      listener: arn("elasticloadbalancing", "listener/app/teal/1/2"),
      securityGroup: "sg-edge",
    },
    keys: {
      data: arn("kms", "key/platform-data"),
      logs: arn("kms", "key/platform-logs"),
      registry: arn("kms", "key/platform-registry"),
      signing: arn("kms", "key/platform-signing"),
    },
    alerts: { topic: arn("sns", "alerts") },
    state: { backendUrl: "s3://teal-production-state" },
  };
}

/** A platform on Fargate, where pods get their rights by IRSA. */
export function fargate(): PlatformOutputs {
  const issuer = "oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE";
  const provider = `arn:aws:iam::123456789012:oidc-provider/${issuer}`;
  return platformOf({ compute: "fargate", identity: { kind: "irsa", provider, issuer } });
}

const medium = defaultTierData.medium;

/** A tenant of tier medium with its own cluster, with `changes`. */
export function dataSpecOf(changes: Partial<DataSpec> = {}): DataSpec {
  return {
    environment: "production",
    id: "acme",
    platform: "organization/platform/production",
    database: ownCluster(),
    bucket: medium.bucket,
    parameters: { API_KEY: "hunter2hunter2" },
    protect: true,
    ...changes,
  };
}

export function ownCluster(held = firstCluster): Extract<DataSpec["database"], { kind: "cluster" }> {
  return { kind: "cluster", size: medium.database as Extract<typeof medium.database, { kind: "cluster" }>, held };
}

/** A database that was there before the tenant `acme`, or before `id`; `held`: as restores change it. */
export function adoptedDatabase(
  id = "shop",
  held = { cluster: 1, clusters: [{ generation: 1, adopted: `${id}-database` }] } as Clusters,
): Extract<DataSpec["database"], { kind: "cluster" }> {
  return { ...ownCluster(held), names: { name: id, user: `${id}_pods`, admin: "postgres" } };
}

/** A bucket that was there before the tenant, under a key that isn't the tenant's. */
export function adoptedBucket(id = "shop"): Extract<DataSpec["bucket"], { adopted: unknown }> {
  return { adopted: { name: `${id}-files`, key: `arn:aws:kms:eu-central-1:123456789012:key/${id}` } };
}

export const sharedDatabase = {
  kind: "schema",
  shared: { host: "shared.cluster-x.eu-central-1.rds.amazonaws.com", port: 5432, resourceId: "cluster-SHARED" },
} as const satisfies DataSpec["database"];
