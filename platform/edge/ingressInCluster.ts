import * as pulumi from "@pulumi/pulumi";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { Ingress } from "@pulumi/kubernetes/networking/v1/ingress.js";
import { IngressClass } from "@pulumi/kubernetes/networking/v1/ingressClass.js";
import type { Cluster } from "../cluster/cluster.ts";
import type { PlatformConfig } from "../config/schema.ts";
import type { Network } from "../network/network.ts";
import { tagsOf } from "../tags.ts";
import { ingressClass, ingressClasses, ingressClassParams, ownIngress, type ClassName } from "./albPlan.ts";
import { ingressRights } from "./albRights.ts";
import { autoscaler, externalDns, loadBalancerController } from "./controllers.ts";
import type { LoadBalancer } from "./loadBalancer.ts";

export interface IngressArgs {
  config: PlatformConfig;
  cluster: Cluster;
  network: Network;
  loadBalancer: LoadBalancer;
}

/** What makes rules of the load balancer of tenants' Ingresses; no request passes through the cluster but to pods. */
export class IngressInCluster extends pulumi.ComponentResource {
  constructor(name: string, args: IngressArgs, options: pulumi.ComponentResourceOptions) {
    super("teal:platform:Ingress", name, {}, options);
    const under = { parent: this };
    const { config, cluster, network, loadBalancer } = args;
    const controllers = { config, cluster, vpcId: network.vpcId };
    const makes = loadBalancerController(
      {
        ...controllers,
        statements: ingressRights(config, cluster.clusterName),
        // Security groups are this stack's, and so is who belongs to the group: whom the class lets in.
        more: {
          defaultTags: tagsOf(config),
          enableBackendSecurityGroup: false,
          disableIngressClassAnnotation: true,
          disableIngressGroupNameAnnotation: true,
          ingressClassParams: { create: false },
        },
      },
      under,
    );
    externalDns({ ...controllers, sources: ["ingress"], classes: Object.values(ingressClasses) }, under);
    if (!config.cluster.existing && config.cluster.compute === "managed") autoscaler(controllers, under);

    const plan = { config, subnets: network.publicSubnetIds, certificates: loadBalancer.certificateArns };
    const classes = (Object.keys(ingressClasses) as ClassName[]).map((which) => {
      const after = { ...under, dependsOn: [makes] };
      const { name: called } = ingressClasses[which];
      const params = new CustomResource(`params-${called}`, ingressClassParams<object>(which, plan) as never, after);
      return new IngressClass(called, ingressClass(which), { ...under, dependsOn: [params] });
    });
    new Ingress("own", ownIngress(config, loadBalancer.securityGroup), { ...under, dependsOn: classes });
    this.registerOutputs({});
  }
}
