import * as pulumi from "@pulumi/pulumi";

/**
 * What can be neither deleted nor replaced while `platform:protect` is on: what holds data, and what carries tenants, whose end
 * would cut them off. Pulumi refuses such an update before it does anything. It holds within remote components too.
 */
export const protectedTypes = [
  "aws:ec2/vpc:Vpc",
  "aws:ec2/subnet:Subnet",
  "aws:eks/cluster:Cluster",
  "aws:kms/key:Key",
  "aws:dynamodb/table:Table",
  "aws:rds/cluster:Cluster",
  "aws:ecr/repository:Repository",
  "aws:s3/bucket:Bucket",
  "aws:secretsmanager/secret:Secret",
  "aws:opensearch/serverlessCollection:ServerlessCollection",
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:lb/targetGroup:TargetGroup",
  "aws:lb/listener:Listener",
  "eks:index:Cluster",
] as const;

/** Protects each of them, from where all resources pass. */
export function protectWhatMatters(protect: boolean): void {
  if (!protect) return;
  pulumi.runtime.registerResourceTransform(({ type, props, opts }) =>
    (protectedTypes as readonly string[]).includes(type) ? { props, opts: { ...opts, protect: true } } : undefined,
  );
}
