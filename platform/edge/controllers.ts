import * as pulumi from "@pulumi/pulumi";
import { chart } from "../charts.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { PlatformConfig } from "../config/schema.ts";
import { podRole } from "../identity/podRole.ts";
import type { Statement } from "../identity/policy.ts";
import { namespace } from "../kubernetes/namespaces.ts";
import { namespaces, prefixOf } from "../names.ts";

export interface ControllersArgs {
  config: PlatformConfig;
  cluster: Cluster;
  vpcId: pulumi.Input<string>;
}

/** Keeps of the load balancer what `statements` let it; it makes none itself, and needs none of the rights for that. */
export function loadBalancerController(
  args: ControllersArgs & { statements: Statement[]; more?: Record<string, unknown> },
  options: pulumi.CustomResourceOptions,
): pulumi.Resource {
  const { config, cluster, vpcId, statements, more } = args;
  const serviceAccount = "aws-load-balancer-controller";
  const account = { cluster, namespace: "kube-system", serviceAccount, statements };
  const { annotations } = podRole("load-balancer-controller", account, options);
  const values = {
    clusterName: cluster.clusterName,
    region: config.region,
    vpcId,
    replicaCount: 2,
    serviceAccount: { name: serviceAccount, annotations },
    createIngressClassResource: false,
    enableServiceMutatorWebhook: false,
    enableShield: false,
    enableWaf: false,
    enableWafv2: false,
    ...more,
  };
  return chart("aws-load-balancer-controller", { namespace: "kube-system", values }, options);
}

/** To name targets to one target group. */
export function bindingRights(targetGroupArn: pulumi.Input<string>): Statement[] {
  return [
    {
      Sid: "NameTargets",
      Action: ["elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"],
      Resource: targetGroupArn,
    },
    {
      // None of these knows resources.
      Sid: "LookAround",
      Action: [
        "ec2:DescribeAvailabilityZones",
        "ec2:DescribeInstances",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "ec2:DescribeVpcs",
        "ec2:DescribeSecurityGroups",
        "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeTargetGroupAttributes",
        "elasticloadbalancing:DescribeTargetHealth",
        "elasticloadbalancing:DescribeTags",
      ],
      Resource: "*",
    },
  ];
}

/** Keeps a record for each host name of the domain that has a route, of these sources, and of Ingresses of these classes. */
export function externalDns(
  args: ControllersArgs & { sources: string[]; classes?: { name: string }[] },
  options: pulumi.CustomResourceOptions,
): void {
  const { config, cluster, sources, classes = [] } = args;
  const ns = namespace(namespaces.dns, "restricted", options);
  const { name, zone } = config.domain;
  const statements: Statement[] = [
    {
      Sid: "KeepRecords",
      Action: ["route53:ChangeResourceRecordSets", "route53:ListResourceRecordSets", "route53:ListTagsForResource"],
      Resource: `arn:aws:route53:::hostedzone/${zone}`,
    },
    // Knows no resource.
    { Sid: "FindZone", Action: ["route53:ListHostedZones"], Resource: "*" },
  ];
  const account = { cluster, namespace: namespaces.dns, serviceAccount: "external-dns", statements };
  const { annotations } = podRole("external-dns", account, options);
  const values = {
    provider: { name: "aws" },
    sources,
    domainFilters: [name],
    extraArgs: [`--zone-id-filter=${zone}`, ...classes.map((one) => `--ingress-class=${one.name}`)],
    policy: "sync",
    registry: "txt",
    txtOwnerId: prefixOf(config.environment),
    serviceAccount: { name: "external-dns", annotations },
    env: [{ name: "AWS_REGION", value: config.region }],
  };
  chart("external-dns", { namespace: namespaces.dns, values }, { ...options, dependsOn: [ns] });
}

/** Starts and ends nodes of managed groups as pods need them; elsewhere AWS does. */
export function autoscaler(
  { config, cluster }: Pick<ControllersArgs, "config" | "cluster">,
  options: pulumi.CustomResourceOptions,
): void {
  const serviceAccount = "cluster-autoscaler";
  const account = { cluster, namespace: "kube-system", serviceAccount, statements: autoscalerRights(config) };
  const { annotations } = podRole("cluster-autoscaler", account, options);
  const values = {
    autoDiscovery: { clusterName: cluster.clusterName },
    awsRegion: config.region,
    replicaCount: 2,
    rbac: { serviceAccount: { name: serviceAccount, annotations } },
    extraArgs: { "balance-similar-node-groups": true, expander: "least-waste" },
  };
  chart("cluster-autoscaler", { namespace: "kube-system", values }, options);
}

/** Groups that EKS made for this cluster's nodes have its name in a tag; no other may be touched. */
export function autoscalerRights({ region, account, environment }: PlatformConfig): Statement[] {
  const ours = { [`aws:ResourceTag/k8s.io/cluster-autoscaler/${prefixOf(environment)}`]: "owned" };
  return [
    {
      Sid: "ScaleOurGroups",
      Action: ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
      Resource: `arn:aws:autoscaling:${region}:${account}:autoScalingGroup:*`,
      Condition: { StringEquals: ours },
    },
    {
      // None of these knows resources.
      Sid: "LookAround",
      Action: [
        "autoscaling:DescribeAutoScalingGroups",
        "autoscaling:DescribeAutoScalingInstances",
        "autoscaling:DescribeLaunchConfigurations",
        "autoscaling:DescribeScalingActivities",
        "ec2:DescribeImages",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeLaunchTemplateVersions",
        "ec2:GetInstanceTypesFromInstanceRequirements",
      ],
      Resource: "*",
    },
    {
      Sid: "SeeNodeGroups",
      Action: ["eks:DescribeNodegroup"],
      Resource: `arn:aws:eks:${region}:${account}:nodegroup/${prefixOf(environment)}/*`,
    },
  ];
}
