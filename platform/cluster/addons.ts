import type * as pulumi from "@pulumi/pulumi";
import { Addon } from "@pulumi/aws/eks/addon.js";
import { PodIdentityAssociation } from "@pulumi/aws/eks/podIdentityAssociation.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import type { Cluster as EksCluster } from "@pulumi/eks/cluster.js";
import type { PlatformConfig } from "../config/schema.ts";
import { policy, serviceTrust } from "../identity/policy.ts";

interface Parts {
  config: PlatformConfig;
  cluster: EksCluster;
  /** Key of volumes. */
  key: pulumi.Input<string>;
}

/** Add-ons that the cluster itself doesn't come with: figures that pods are scaled by, and with nodes of ours, volumes and rights. */
export function addons({ config, cluster, key }: Parts, options: pulumi.CustomResourceOptions): void {
  const clusterName = cluster.eksCluster.name;
  const { addons: pinned, compute } = config.cluster;
  const add = (addonName: keyof typeof pinned, dependsOn: pulumi.Resource[] = []) =>
    new Addon(
      addonName,
      {
        clusterName,
        addonName,
        addonVersion: pinned[addonName]!,
        resolveConflictsOnCreate: "OVERWRITE",
        resolveConflictsOnUpdate: "OVERWRITE",
      },
      { ...options, dependsOn: [...([options.dependsOn ?? []].flat() as pulumi.Resource[]), ...dependsOn] },
    );
  add("metrics-server");
  if (compute !== "managed") return;

  const agent = add("eks-pod-identity-agent");
  const role = new Role("volumes", { assumeRolePolicy: serviceTrust("pods.eks.amazonaws.com") }, options);
  const policyArn = "arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy";
  const attached = new RolePolicyAttachment("volumes", { role: role.name, policyArn }, options);
  const granted = policy([
    {
      Sid: "WriteVolumes",
      Action: ["kms:GenerateDataKeyWithoutPlaintext", "kms:DescribeKey", "kms:Decrypt"],
      Resource: key,
    },
    {
      Sid: "LetEc2UseThem",
      Action: ["kms:CreateGrant"],
      Resource: key,
      Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ]);
  new RolePolicy("volumes", { role: role.id, policy: granted }, options);
  const account = { namespace: "kube-system", serviceAccount: "ebs-csi-controller-sa" };
  const association = new PodIdentityAssociation("volumes", { clusterName, ...account, roleArn: role.arn }, options);
  add("aws-ebs-csi-driver", [agent, attached, association]);
}
