import type * as pulumi from "@pulumi/pulumi";
import { FargateProfile } from "@pulumi/aws/eks/fargateProfile.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import type { Cluster as EksCluster } from "@pulumi/eks/cluster.js";
import { policy, serviceTrust } from "../identity/policy.ts";
import { prefixOf } from "../names.ts";
import type { ClusterArgs } from "./cluster.ts";
import { fargateSelectors } from "./plan.ts";

/** Profiles by which pods of our namespaces and of tenants' run without nodes. */
export function fargate(
  { config, network, cluster }: ClusterArgs & { cluster: EksCluster },
  options: pulumi.CustomResourceOptions,
): void {
  const ours = { ArnLike: { "aws:SourceArn": `arn:aws:eks:${config.region}:${config.account}:fargateprofile/*` } };
  const role = new Role("fargate", { assumeRolePolicy: serviceTrust("eks-fargate-pods.amazonaws.com", ours) }, options);
  const policyArn = "arn:aws:iam::aws:policy/AmazonEKSFargatePodExecutionRolePolicy";
  const attached = new RolePolicyAttachment("fargate", { role: role.name, policyArn }, options);
  const written = policy([
    {
      Sid: "WriteLines",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
      Resource: `arn:aws:logs:${config.region}:${config.account}:log-group:/teal/${prefixOf(config.environment)}/pods:*`,
    },
  ]);
  new RolePolicy("fargate", { role: role.id, policy: written }, options);
  for (const [index, selectors] of fargateSelectors(config).entries()) {
    new FargateProfile(
      `fargate-${index}`,
      {
        clusterName: cluster.eksCluster.name,
        podExecutionRoleArn: role.arn,
        subnetIds: network.privateSubnetIds,
        selectors,
      },
      { ...options, dependsOn: [attached] },
    );
  }
}
