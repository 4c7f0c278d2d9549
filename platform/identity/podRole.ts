import * as pulumi from "@pulumi/pulumi";
import { PodIdentityAssociation } from "@pulumi/aws/eks/podIdentityAssociation.js";
import { Policy } from "@pulumi/aws/iam/policy.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import type { Cluster } from "../cluster/cluster.ts";
import { policy, serviceTrust, type Statement } from "./policy.ts";

export interface PodRoleArgs {
  cluster: Cluster;
  namespace: string;
  serviceAccount: string;
  statements: Statement[];
  /** Policies of their own, by name: AWS takes 10,240 characters within a role, and 6,144 in each beside it. */
  beside?: Record<string, Statement[]>;
}

export interface PodRole {
  arn: pulumi.Output<string>;
  /** What the service account needs: nothing with Pod Identity, the role with IRSA. */
  annotations: Record<string, pulumi.Output<string>>;
}

/** What pods of a service account may do in AWS, and nothing else. */
export function podRole(
  name: string,
  { cluster, namespace, serviceAccount, statements, beside = {} }: PodRoleArgs,
  options: pulumi.CustomResourceOptions,
): PodRole {
  const { oidc } = cluster;
  const assumeRolePolicy = oidc
    ? webIdentityTrust(oidc, namespace, serviceAccount)
    : serviceTrust("pods.eks.amazonaws.com", { StringEquals: { "aws:SourceArn": cluster.identifier } });
  const role = new Role(name, { assumeRolePolicy }, options);
  new RolePolicy(name, { role: role.id, policy: policy(statements) }, options);
  for (const [what, rights] of Object.entries(beside)) {
    const own = new Policy(`${name}-${what}`, { policy: policy(rights) }, options);
    new RolePolicyAttachment(`${name}-${what}`, { role: role.name, policyArn: own.arn }, options);
  }
  if (oidc) return { arn: role.arn, annotations: { "eks.amazonaws.com/role-arn": role.arn } };
  const { clusterName } = cluster;
  new PodIdentityAssociation(name, { clusterName, namespace, serviceAccount, roleArn: role.arn }, options);
  return { arn: role.arn, annotations: {} };
}

function webIdentityTrust(oidc: NonNullable<Cluster["oidc"]>, namespace: string, serviceAccount: string) {
  return pulumi.all([oidc.provider, oidc.issuer]).apply(([provider, issuer]) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Federated: provider },
          Action: ["sts:AssumeRoleWithWebIdentity"],
          Condition: {
            StringEquals: {
              [`${issuer}:sub`]: `system:serviceaccount:${namespace}:${serviceAccount}`,
              [`${issuer}:aud`]: "sts.amazonaws.com",
            },
          },
        },
      ],
    }),
  );
}
