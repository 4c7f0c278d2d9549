import * as pulumi from "@pulumi/pulumi";
import type { RouteTable } from "@pulumi/aws/ec2/routeTable.js";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import type { Vpc } from "@pulumi/aws/ec2/vpc.js";
import { VpcEndpoint } from "@pulumi/aws/ec2/vpcEndpoint.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import type { PlatformConfig } from "../config/schema.ts";
import type { MadeSubnet } from "./network.ts";

interface Parts {
  config: PlatformConfig;
  vpc: Vpc;
  subnets: MadeSubnet[];
  tables: Map<string, RouteTable>;
  named: (what: string) => Record<string, string>;
}

/** AWS's own services from inside: S3 (layers of images, Pulumi's state) by route, the chosen others by address. */
export function endpoints({ config, vpc, subnets, tables, named }: Parts, options: pulumi.CustomResourceOptions): void {
  const serviceName = (service: string) => `com.amazonaws.${config.region}.${service}`;
  const inside = subnets.filter(({ kind }) => kind !== "public");
  new VpcEndpoint(
    "s3",
    {
      vpcId: vpc.id,
      serviceName: serviceName("s3"),
      vpcEndpointType: "Gateway",
      routeTableIds: inside.map(({ name }) => tables.get(name)!.id),
      tags: named("s3"),
    },
    options,
  );
  if (config.network.endpoints.length === 0) return;

  const description = "Asking AWS services from within the VPC";
  const group = new SecurityGroup("endpoints", { vpcId: vpc.id, description, tags: named("endpoints") }, options);
  const https = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };
  const from = { cidrIpv4: config.network.cidr, description };
  new SecurityGroupIngressRule("endpoints-https", { securityGroupId: group.id, ...https, ...from }, options);
  for (const service of config.network.endpoints) {
    new VpcEndpoint(
      service,
      {
        vpcId: vpc.id,
        serviceName: serviceName(service),
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
        securityGroupIds: [group.id],
        subnetIds: inside.filter(({ kind }) => kind === "private").map(({ id }) => id),
        tags: named(service),
      },
      options,
    );
  }
}
