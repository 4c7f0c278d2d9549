import * as pulumi from "@pulumi/pulumi";
import { InternetGateway } from "@pulumi/aws/ec2/internetGateway.js";
import { Subnet } from "@pulumi/aws/ec2/subnet.js";
import { Vpc } from "@pulumi/aws/ec2/vpc.js";
import { DefaultSecurityGroup } from "@pulumi/aws/ec2/defaultSecurityGroup.js";
import type { PlatformConfig } from "../config/schema.ts";
import { prefixOf } from "../names.ts";
import { endpoints } from "./endpoints.ts";
import { flowLog } from "./flowLog.ts";
import { planSubnets, roleTags, type Kind } from "./plan.ts";
import { routes } from "./routes.ts";

export interface NetworkArgs {
  config: PlatformConfig;
  /** Key that flow logs are encrypted with. */
  logsKey: pulumi.Input<string>;
}

/** The VPC: subnets for load balancer, nodes and data over three zones; or one that is there already. */
export class Network extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  /** Its range of addresses. */
  readonly cidr: string;
  readonly publicSubnetIds: pulumi.Output<string[]>;
  readonly privateSubnetIds: pulumi.Output<string[]>;
  readonly dataSubnetIds: pulumi.Output<string[]>;

  constructor(name: string, { config, logsKey }: NetworkArgs, options: pulumi.ComponentResourceOptions) {
    super("teal:platform:Network", name, {}, options);
    const { existing } = config.network;
    if (existing) {
      this.vpcId = pulumi.output(existing.vpc);
      this.cidr = existing.cidr;
      this.publicSubnetIds = pulumi.output(existing.publicSubnets);
      this.privateSubnetIds = pulumi.output(existing.privateSubnets);
      this.dataSubnetIds = pulumi.output(existing.dataSubnets);
    } else {
      const made = this.#make(config, logsKey);
      this.vpcId = made.vpc.id;
      this.cidr = config.network.cidr;
      this.publicSubnetIds = idsOf(made.subnets, "public");
      this.privateSubnetIds = idsOf(made.subnets, "private");
      this.dataSubnetIds = idsOf(made.subnets, "data");
    }
    this.registerOutputs({ vpcId: this.vpcId });
  }

  #make(config: PlatformConfig, logsKey: pulumi.Input<string>) {
    const under = { parent: this };
    const { cidr, zones = [] } = config.network;
    const named = (what: string) => ({ Name: `${prefixOf(config.environment)}-${what}` });
    const vpc = new Vpc(
      "vpc",
      { cidrBlock: cidr, enableDnsHostnames: true, enableDnsSupport: true, tags: named("vpc") },
      under,
    );
    // Whatever is made without saying how it is reached, is not.
    new DefaultSecurityGroup("default", { vpcId: vpc.id, ingress: [], egress: [], tags: named("default") }, under);
    const gateway = new InternetGateway("internet", { vpcId: vpc.id, tags: named("internet") }, under);
    const subnets = planSubnets(cidr, zones).map((plan) => {
      const tags = { ...named(plan.name), ...roleTags(plan.kind) };
      const { zone: availabilityZone, cidr: cidrBlock } = plan;
      const args = { vpcId: vpc.id, availabilityZone, cidrBlock, mapPublicIpOnLaunch: false, tags };
      return { ...plan, id: new Subnet(plan.name, args, under).id };
    });
    const tables = routes({ config, vpc, gateway, subnets, named }, under);
    endpoints({ config, vpc, subnets, tables, named }, under);
    flowLog({ config, vpc, key: logsKey }, under);
    return { vpc, subnets };
  }
}

/** A subnet that is there: what was planned of it, and its id. */
export interface MadeSubnet {
  name: string;
  kind: Kind;
  zone: string;
  id: pulumi.Output<string>;
}

function idsOf(subnets: MadeSubnet[], kind: Kind): pulumi.Output<string[]> {
  return pulumi.all(subnets.filter((subnet) => subnet.kind === kind).map(({ id }) => id));
}
