import type * as pulumi from "@pulumi/pulumi";
import type { PlatformConfig } from "../config/schema.ts";
import type { Statement } from "../identity/policy.ts";
import { prefixOf } from "../names.ts";

/**
 * What the controller may do where it makes rules and target groups of Ingresses: to our listener and to target groups that are tagged
 * as of this cluster. Load balancers, listeners and security groups are made by this stack, and none of that is its right.
 */
export function ingressRights(config: PlatformConfig, clusterName: pulumi.Input<string>): Statement[] {
  const { region, account, environment } = config;
  const arn = (what: string) => `arn:aws:elasticloadbalancing:${region}:${account}:${what}`;
  const listener = arn(`listener/app/${prefixOf(environment)}/*`);
  const rules = arn(`listener-rule/app/${prefixOf(environment)}/*`);
  const targetGroups = arn("targetgroup/k8s-*/*");
  const asked = { StringEquals: { "aws:RequestTag/elbv2.k8s.aws/cluster": clusterName } };
  const ours = { StringEquals: { "aws:ResourceTag/elbv2.k8s.aws/cluster": clusterName } };
  const elb = (...actions: string[]) => actions.map((action) => `elasticloadbalancing:${action}`);
  return [
    { Sid: "MakeTargetGroups", Action: elb("CreateTargetGroup", "AddTags"), Resource: targetGroups, Condition: asked },
    {
      Sid: "KeepTargetGroups",
      Action: elb(
        "ModifyTargetGroup",
        "ModifyTargetGroupAttributes",
        "DeleteTargetGroup",
        "RegisterTargets",
        "DeregisterTargets",
        "AddTags",
        "RemoveTags",
      ),
      Resource: targetGroups,
      Condition: ours,
    },
    {
      Sid: "KeepRules",
      Action: elb("CreateRule", "ModifyRule", "DeleteRule", "SetRulePriorities", "AddTags", "RemoveTags"),
      Resource: [listener, rules],
    },
    {
      Sid: "KeepListener",
      Action: elb("ModifyListener", "AddListenerCertificates", "RemoveListenerCertificates", "AddTags", "RemoveTags"),
      Resource: listener,
    },
    { Sid: "LookAround", Action: looks, Resource: "*" },
  ];
}

/** None of these knows resources. */
const looks = [
  "ec2:DescribeAvailabilityZones",
  "ec2:DescribeInstances",
  "ec2:DescribeInternetGateways",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeRouteTables",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSubnets",
  "ec2:DescribeTags",
  "ec2:DescribeVpcs",
  "ec2:GetSecurityGroupsForVpc",
  "elasticloadbalancing:DescribeListenerAttributes",
  "elasticloadbalancing:DescribeListenerCertificates",
  "elasticloadbalancing:DescribeListeners",
  "elasticloadbalancing:DescribeLoadBalancerAttributes",
  "elasticloadbalancing:DescribeLoadBalancers",
  "elasticloadbalancing:DescribeRules",
  "elasticloadbalancing:DescribeTags",
  "elasticloadbalancing:DescribeTargetGroupAttributes",
  "elasticloadbalancing:DescribeTargetGroups",
  "elasticloadbalancing:DescribeTargetHealth",
];

/** What Teal itself needs to see that the load balancer follows; none of it knows resources. */
export const readBackRights: Statement = {
  Sid: "SeeWhatTheLoadBalancerDoes",
  Action: [
    "elasticloadbalancing:DescribeRules",
    "elasticloadbalancing:DescribeTags",
    "elasticloadbalancing:DescribeTargetHealth",
  ],
  Resource: "*",
};
