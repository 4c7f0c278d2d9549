import type * as pulumi from "@pulumi/pulumi";
import { Eip } from "@pulumi/aws/ec2/eip.js";
import type { InternetGateway } from "@pulumi/aws/ec2/internetGateway.js";
import { NatGateway } from "@pulumi/aws/ec2/natGateway.js";
import { Route } from "@pulumi/aws/ec2/route.js";
import { RouteTable } from "@pulumi/aws/ec2/routeTable.js";
import { RouteTableAssociation } from "@pulumi/aws/ec2/routeTableAssociation.js";
import type { Vpc } from "@pulumi/aws/ec2/vpc.js";
import type { PlatformConfig } from "../config/schema.ts";
import type { MadeSubnet } from "./network.ts";
import { natZones } from "./plan.ts";

interface Parts {
  config: PlatformConfig;
  vpc: Vpc;
  gateway: InternetGateway;
  subnets: MadeSubnet[];
  named: (what: string) => Record<string, string>;
}

const everywhere = "0.0.0.0/0";

/** A route table per subnet, each with the way out that its kind has. Data subnets have none. Gives the tables by subnet. */
export function routes(
  { config, vpc, gateway, subnets, named }: Parts,
  options: pulumi.CustomResourceOptions,
): Map<string, RouteTable> {
  const tables = new Map<string, RouteTable>();
  for (const { name, id } of subnets) {
    const table = new RouteTable(name, { vpcId: vpc.id, tags: named(name) }, options);
    new RouteTableAssociation(name, { subnetId: id, routeTableId: table.id }, options);
    tables.set(name, table);
  }
  const tableOf = ({ name }: MadeSubnet) => tables.get(name)!.id;
  for (const subnet of subnets.filter(({ kind }) => kind === "public")) {
    const args = { routeTableId: tableOf(subnet), destinationCidrBlock: everywhere, gatewayId: gateway.id };
    new Route(`${subnet.name}-internet`, args, options);
  }

  const { transitGateway } = config.network;
  const nats = natGateways(subnets, config, named, { ...options, dependsOn: [gateway] });
  for (const subnet of subnets.filter(({ kind }) => kind === "private")) {
    // A zone without a gateway of its own goes by the first one's.
    const nat = nats.get(subnet.zone) ?? nats.values().next().value;
    const target = nat ? { natGatewayId: nat.id } : { transitGatewayId: transitGateway! };
    const args = { routeTableId: tableOf(subnet), destinationCidrBlock: everywhere, ...target };
    new Route(`${subnet.name}-out`, args, options);
  }
  return tables;
}

function natGateways(
  subnets: MadeSubnet[],
  { network }: PlatformConfig,
  named: Parts["named"],
  options: pulumi.CustomResourceOptions,
): Map<string, NatGateway> {
  const zones = subnets.filter(({ kind }) => kind === "public").map(({ zone }) => zone);
  return new Map(
    natZones(network, zones).map((zone) => {
      const name = `nat-${zone.at(-1)!}`;
      const subnetId = subnets.find((subnet) => subnet.zone === zone && subnet.kind === "public")!.id;
      const address = new Eip(name, { domain: "vpc", tags: named(name) }, options);
      return [zone, new NatGateway(name, { allocationId: address.id, subnetId, tags: named(name) }, options)];
    }),
  );
}
