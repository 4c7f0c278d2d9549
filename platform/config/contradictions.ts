import type { z } from "zod";
import { blockOf, contains } from "../network/addresses.ts";
import { albNeeds } from "../../model/routing.ts";
import { mostEnvironments } from "../edge/certificateQuota.ts";
import { roomForTenants } from "../edge/albPlan.ts";
import type { schema } from "./schema.ts";

type Given = z.infer<typeof schema>;
type Rule = (config: Given, region: string) => string[];
const rules: Rule[] = [
  environmentRules,
  dataRules,
  networkRules,
  clusterRules,
  fargateRules,
  existingRules,
  sizeRules,
  monitoringRules,
  routingRules,
  dataRules,
];

/** What is wrong with values that are each right by themselves, one line per problem that begins with its key. */
export function contradictions(config: Given, region: string): string[] {
  return rules.flatMap((rule) => rule(config, region));
}

/** Everything of the platform's is named `teal-…` in AWS, and what tenants have there `<environment>-…`. */
function environmentRules({ environment, environments = [environment], edge }: Given): string[] {
  const problems: string[] = [];
  if (environments.includes("teal"))
    problems.push(
      "environments: expected none that is called teal: Teal's rights to what is its tenants' (teal-*) would reach the platform's own",
    );
  if (edge.routing === "gateway" && environments.length > mostEnvironments)
    problems.push(
      `environments: expected at most ${mostEnvironments}, which share the certificates that a load balancer takes, got ${environments.length}`,
    );
  return problems;
}

/** A copy in the same region would be lost with what it is a copy of. */
function dataRules({ controlPlane }: Given, region: string): string[] {
  const key = controlPlane.tenantData?.copyKey;
  if (key === undefined || key.split(":")[3] !== region) return [];
  return [`controlPlane.tenantData.copyKey: expected a key of another region than ${region}, got ${key}`];
}

function networkRules({ network }: Given, region: string): string[] {
  const problems: string[] = [];
  const { existing, zones, cidr, nat, transitGateway } = network;
  if (existing && zones)
    problems.push("network.zones: expected none, since network.existing says which subnets there are");
  if (!existing && !zones)
    problems.push("network.zones: expected three availability zones, since network.existing is not set");
  for (const zone of zones ?? []) {
    if (zone.slice(0, -1) !== region || !/[a-z]$/.test(zone))
      problems.push(`network.zones: expected zones of ${region}, got ${zone}`);
  }
  if (!existing) {
    const { prefix, isNetwork } = blockOf(cidr);
    if (!isNetwork) problems.push(`network.cidr: expected the first address of the range, got ${cidr}`);
    if (prefix < 16 || prefix > 20) problems.push(`network.cidr: expected a range from /16 to /20, got ${cidr}`);
  }
  if (nat === "none" && !transitGateway && !existing) {
    problems.push(
      "network.transitGateway: expected one, since network.nat is none: nodes have to get images from somewhere",
    );
  }
  if (nat !== "none" && transitGateway)
    problems.push("network.transitGateway: expected none, since network.nat is not none");
  return problems;
}

/** Auto Mode brings the others itself; on Fargate nothing runs on nodes, so that no agent and no volume does either. */
const neededAddons = {
  managed: ["vpc-cni", "coredns", "kube-proxy", "eks-pod-identity-agent", "aws-ebs-csi-driver", "metrics-server"],
  auto: ["metrics-server"],
  fargate: ["vpc-cni", "coredns", "kube-proxy", "metrics-server"],
} as const;

function clusterRules({ cluster }: Given): string[] {
  const problems: string[] = [];
  const wide = cluster.endpoint.publicCidrs.filter((range) => blockOf(range).prefix < 16);
  for (const range of wide)
    problems.push(`cluster.endpoint.publicCidrs: expected ranges of /16 or smaller, got ${range}`);
  const both = cluster.admins.filter((role) => cluster.viewers.includes(role));
  for (const role of both) problems.push(`cluster.viewers: expected roles that are no admins, got ${role}`);
  if (cluster.existing) return problems;
  const needed: readonly string[] = neededAddons[cluster.compute];
  const pinned = Object.keys(cluster.addons).filter(
    (name) => cluster.addons[name as keyof typeof cluster.addons] !== undefined,
  );
  for (const name of needed.filter((one) => !pinned.includes(one))) {
    problems.push(
      `cluster.addons.${name}: expected a version, since cluster.compute is ${cluster.compute} (aws eks describe-addon-versions)`,
    );
  }
  for (const name of pinned.filter((one) => !needed.includes(one))) {
    problems.push(`cluster.addons.${name}: expected none, since cluster.compute is ${cluster.compute}`);
  }
  return problems;
}

function fargateRules({ cluster, monitoring }: Given): string[] {
  if (cluster.existing || cluster.compute !== "fargate") return [];
  const problems: string[] = [];
  if (cluster.packetIsolation.length > 0) {
    problems.push(
      `cluster.packetIsolation: expected [], since Fargate filters no packets between pods, got ${cluster.packetIsolation.join(", ")}`,
    );
  }
  if (monitoring.kind === "prometheus") {
    problems.push(
      "monitoring.kind: expected datadog, since Prometheus needs volumes, which pods on Fargate can't have",
    );
  }
  return problems;
}

function existingRules({ cluster, network, controlPlane }: Given): string[] {
  const { existing } = cluster;
  if (!existing) return [];
  const problems: string[] = [];
  if (!network.existing) problems.push("network.existing: expected the VPC of cluster.existing");
  if (!existing.packetsFiltered && cluster.packetIsolation.length > 0) {
    problems.push("cluster.packetIsolation: expected [], since cluster.existing.packetsFiltered is false");
  }
  for (const part of ["server", "worker"] as const) {
    if (controlPlane[part].max > existing.maxReplicas) {
      problems.push(
        `controlPlane.${part}.max: expected at most ${existing.maxReplicas} (cluster.existing.maxReplicas), got ${controlPlane[part].max}`,
      );
    }
  }
  return problems;
}

function sizeRules({ cluster, edge, controlPlane }: Given): string[] {
  const ranges = {
    "cluster.nodes": cluster.nodes,
    "edge.gateway": edge.gateway,
    "controlPlane.server": controlPlane.server,
    "controlPlane.worker": controlPlane.worker,
  };
  const problems = Object.entries(ranges)
    .filter(([, { min, max }]) => min > max)
    .map(([key, { min, max }]) => `${key}.max: expected at least ${min} (${key}.min), got ${max}`);
  const { minCapacity, maxCapacity } = controlPlane.database;
  if (minCapacity > maxCapacity) {
    problems.push(
      `controlPlane.database.maxCapacity: expected at least ${minCapacity} (minCapacity), got ${maxCapacity}`,
    );
  }
  if (edge.allowedCidrs.length > 1 && edge.allowedCidrs.some((range) => contains(range, "0.0.0.0/0"))) {
    problems.push("edge.allowedCidrs: expected 0.0.0.0/0 alone, or ranges without it");
  }
  if (controlPlane.allowedCidrs.some((range) => blockOf(range).prefix < 8)) {
    problems.push("controlPlane.allowedCidrs: expected ranges of /8 or smaller: Teal's API is not for everybody");
  }
  return problems;
}

function monitoringRules({ monitoring }: Given): string[] {
  const { kind, datadog } = monitoring;
  if (kind === "datadog" && !datadog)
    return ["monitoring.datadog: expected site and apiKeySecret, since monitoring.kind is datadog"];
  if (kind === "prometheus" && datadog)
    return ["monitoring.datadog: expected none, since monitoring.kind is prometheus"];
  return [];
}

function routingRules({ edge, controlPlane, network, cluster }: Given): string[] {
  const { routing, certificates, tenants } = edge;
  if (routing === "gateway") {
    const alone = { certificates: certificates.length > 0, tenants: tenants !== undefined };
    const set = Object.entries(alone).filter(([, isSet]) => isSet);
    return set.map(([key]) => `edge.${key}: expected none, since edge.routing is gateway`);
  }
  const problems: string[] = [];
  const since = "since edge.routing is alb-ingress";
  if (certificates.length === 0)
    problems.push(
      `edge.certificates: expected one or more for tenants' host names, ${since}: the controller takes others off the listener`,
    );
  if (network.existing && !network.existing.publicCidrs)
    problems.push(`network.existing.publicCidrs: expected the ranges of publicSubnets, ${since}`);
  for (const part of ["policies", "gateway"] as const)
    if (cluster.existing && !cluster.existing.may.includes(part))
      problems.push(`cluster.existing.may: expected ${part} among them, ${since}`);
  const room = roomForTenants({ edge, controlPlane });
  if (room.tenants < 1)
    problems.push(
      `edge.rules: expected at least ${edge.rules - room.rules + albNeeds(1).rules}, ${since}, got ${edge.rules}`,
    );
  else if (tenants !== undefined && tenants > room.tenants)
    problems.push(
      `edge.tenants: expected at most ${room.tenants}, ${since}: a load balancer has ${room.targetGroups} target groups for them (two each) and ${room.rules} rules (${albNeeds(1).rules} each, see edge.rules), got ${tenants}`,
    );
  return problems;
}
