import * as pulumi from "@pulumi/pulumi";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { chart } from "../charts.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { PlatformConfig } from "../config/schema.ts";
import { namespace } from "../kubernetes/namespaces.ts";
import { apiHost, namespaces } from "../names.ts";
import type { LoadBalancer } from "./loadBalancer.ts";
import { autoscaler, bindingRights, externalDns, loadBalancerController } from "./controllers.ts";
import {
  clientTrafficPolicy,
  envoyProxy,
  gatewayClass,
  gatewayObject,
  proxiesObject,
  targetGroupBinding,
} from "./gateway.ts";

export interface GatewayArgs {
  config: PlatformConfig;
  cluster: Cluster;
  vpcId: pulumi.Input<string>;
  loadBalancer: LoadBalancer;
}

/** What splits traffic in the cluster: Envoy Gateway, behind the load balancer, and the controllers that connect the two. */
export class GatewayInCluster extends pulumi.ComponentResource {
  /** Routes can be made once this is there: it brings the Gateway API's definitions. */
  readonly ready: pulumi.Resource;

  constructor(name: string, args: GatewayArgs, options: pulumi.ComponentResourceOptions) {
    super("teal:platform:Gateway", name, {}, options);
    const under = { parent: this };
    const { config, cluster, vpcId, loadBalancer } = args;
    const { targetGroupArn } = loadBalancer;
    if (targetGroupArn === undefined) throw new Error("A load balancer that splits itself leads to no Gateway.");
    const controllers = { config, cluster, vpcId };
    const binds = loadBalancerController({ ...controllers, statements: bindingRights(targetGroupArn) }, under);
    externalDns({ ...controllers, sources: ["gateway-httproute"] }, under);
    if (!config.cluster.existing && config.cluster.compute === "managed") autoscaler(controllers, under);

    const ns = namespace(namespaces.gateway, "baseline", under);
    const own = namespace(namespaces.envoy, "restricted", under);
    // Proxies run in the Gateway's own namespace, which is the one that tenants' network policies let in.
    const deploy = { type: "GatewayNamespace" };
    const provider = { type: "Kubernetes", kubernetes: { deploy } };
    const values = { deployment: { replicas: 2 }, config: { envoyGateway: { provider } } };
    const after = { ...under, dependsOn: [ns, own] };
    const envoy = chart("gateway-helm", { namespace: namespaces.envoy, values }, after);

    const made = (what: string, object: ReturnType<typeof gatewayClass> | object, needs: pulumi.Resource[]) =>
      new CustomResource(what, object as never, { ...under, dependsOn: needs });
    const proxy = made("proxy", envoyProxy(config.edge.gateway), [envoy, ns]);
    const kind = made("class", gatewayClass(), [proxy]);
    const gateway = made("gateway", gatewayObject(loadBalancer.dnsName, apiHost(config.domain.name)), [kind]);
    made("clients", clientTrafficPolicy(), [gateway]);
    made("targets", targetGroupBinding(targetGroupArn), [binds, gateway]);
    new Service("proxies", proxiesObject(), { ...under, dependsOn: [ns] });
    this.ready = gateway;
    this.registerOutputs({});
  }
}
