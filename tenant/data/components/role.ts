import * as pulumi from "@pulumi/pulumi";
import { PodIdentityAssociation } from "@pulumi/aws/eks/podIdentityAssociation.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { roleNameOf, rolePath, serviceAccountOf } from "../../plan/data/names.ts";
import { podPolicy, podTrust } from "../../plan/data/policies.ts";
import { databaseUserOf } from "../database.ts";
import type { HeldBucket } from "../held.ts";
import type { DataContext } from "../program.ts";

export interface TenantRoleArgs {
  keyArn: pulumi.Output<string>;
  bucket: HeldBucket | null;
  /** Clusters that the tenant's user may connect to. */
  resourceIds: pulumi.Input<string>[];
}

export interface TenantRole {
  arn: pulumi.Output<string>;
  /** What the service account needs: nothing with Pod Identity, the role with IRSA. */
  annotations: Record<string, pulumi.Output<string>>;
}

/** What the tenant's pods may do in AWS: see podPolicy. */
export function tenantRole(
  { spec, platform }: DataContext,
  { keyArn, bucket, resourceIds }: TenantRoleArgs,
  options: pulumi.CustomResourceOptions,
): TenantRole {
  const { identity, identifier, name: clusterName } = platform.cluster;
  const account = serviceAccountOf(spec);
  const role = new Role(
    "role",
    {
      name: roleNameOf(spec, platform),
      path: rolePath,
      description: `Pods of tenant ${spec.id} (${spec.environment})`,
      assumeRolePolicy: JSON.stringify(podTrust(identity, account, identifier)),
    },
    options,
  );
  const policy = pulumi.all([keyArn, bucket?.arn ?? null, resourceIds]).apply(([key, bucketArn, ids]) => {
    const databases = ids.map((resourceId) => ({ resourceId, user: databaseUserOf(spec) }));
    const held = { keyArn: key, bucketArn, bucketKeyArn: bucket?.otherKey ?? null, databases };
    return JSON.stringify(podPolicy({ owner: spec, place: platform, ...held }));
  });
  new RolePolicy("role", { role: role.id, policy }, options);
  if (identity.kind === "irsa") return { arn: role.arn, annotations: { "eks.amazonaws.com/role-arn": role.arn } };
  const { namespace, name: serviceAccount } = account;
  new PodIdentityAssociation("role", { clusterName, namespace, serviceAccount, roleArn: role.arn }, options);
  return { arn: role.arn, annotations: {} };
}
