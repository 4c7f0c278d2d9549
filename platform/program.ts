import * as pulumi from "@pulumi/pulumi";
import { Provider } from "@pulumi/aws/provider.js";
import { Admission } from "./admission/admission.ts";
import { clusterPolicies } from "./admission/plan.ts";
import { Cluster } from "./cluster/cluster.ts";
import { readConfig } from "./config/read.ts";
import type { PlatformConfig } from "./config/schema.ts";
import { ControlPlane } from "./control-plane/controlPlane.ts";
import { serviceAccount } from "./control-plane/names.ts";
import { Workloads } from "./control-plane/workloads.ts";
import { splitsByAlb } from "./edge/albPlan.ts";
import { GatewayInCluster } from "./edge/gatewayInCluster.ts";
import { IngressInCluster } from "./edge/ingressInCluster.ts";
import { LoadBalancer } from "./edge/loadBalancer.ts";
import { resourceOf } from "./kubernetes/documents.ts";
import { namespace } from "./kubernetes/namespaces.ts";
import { namespaces } from "./names.ts";
import { Logs } from "./logs/logs.ts";
import { Alerts } from "./monitoring/alerts.ts";
import { Monitoring } from "./monitoring/monitoring.ts";
import { Network } from "./network/network.ts";
import { outputsOf } from "./outputs.ts";
import { installs } from "./parts.ts";
import { protectWhatMatters } from "./protection.ts";
import { Registry } from "./registry/registry.ts";
import { Costs } from "./security/costs.ts";
import { Detection } from "./security/detection.ts";
import { Keys } from "./security/keys.ts";
import { tagsOf } from "./tags.ts";

/**
 * The ground that tenants stand on, made from stack config. Nothing is made unless all of the config is as it should be. Returns
 * the contract of model/platform.ts.
 */
export async function platformProgram() {
  const config = readConfig(pulumi.runtime.allConfig());
  protectWhatMatters(config.protect);
  const aws = { providers: { aws: account(config) } };

  const { arns: keys, signing } = new Keys("keys", config, aws);
  const network = new Network("network", { config, logsKey: keys.logs }, aws);
  const cluster = new Cluster("cluster", { config, network, keys }, aws);
  const registry = new Registry("registry", { config, key: keys.registry }, aws);
  new Detection("detection", config, aws);
  new Costs("costs", config, aws);
  const { nodeSecurityGroup, clusterName } = cluster;
  const edge = { config, network, nodeSecurityGroup, clusterName, logsKey: keys.logs };
  const loadBalancer = new LoadBalancer("edge", edge, aws);
  const { topic } = new Alerts("alerts", { config, key: keys.logs }, aws);
  const controlPlane = new ControlPlane(
    "control-plane",
    { config, network, cluster, key: keys.data, logsKey: keys.logs, listener: loadBalancer.listenerArn },
    aws,
  );

  const inside = { providers: { ...aws.providers, kubernetes: cluster.kubernetes }, dependsOn: [cluster] };
  const teal = policies(config, controlPlane, cluster);
  const after = { ...inside, dependsOn: [cluster, ...teal] };
  if (installs(config, "gateway")) {
    if (splitsByAlb(config)) new IngressInCluster("ingress", { config, cluster, network, loadBalancer }, after);
    else new GatewayInCluster("gateway", { config, cluster, vpcId: network.vpcId, loadBalancer }, after);
  }
  if (installs(config, "admission") && config.security.signatures) {
    const repositories = registry.arns;
    new Admission("admission", { config, cluster, repositories, signingKey: signing.arn }, after);
  }
  if (installs(config, "control-plane")) {
    new Workloads("teal", { config, cluster, cidr: network.cidr, key: keys.data, controlPlane, loadBalancer }, after);
  }
  if (installs(config, "monitoring")) {
    const { alertsToken } = controlPlane;
    new Monitoring("monitoring", { config, cluster, topic: topic.arn, keys, alertsToken }, after);
  }
  if (installs(config, "logs")) new Logs("logs", { config, network, cluster, key: keys.logs }, after);
  return outputsOf({
    config,
    network,
    cluster,
    registry,
    loadBalancer,
    controlPlane,
    keys,
    signing: signing.arn,
    topic: topic.arn,
  });
}

/** The one account and region that anything is made in, whatever credentials happen to be at hand; it tags all of it. */
function account(config: PlatformConfig): Provider {
  const { account, region } = config;
  return new Provider("aws", {
    region: region as never,
    allowedAccountIds: [account],
    defaultTags: { tags: tagsOf(config) },
  });
}

/** Teal's namespace and rights, and what keeps tenants apart. */
function policies(config: PlatformConfig, { accountAnnotations }: ControlPlane, cluster: Cluster): pulumi.Resource[] {
  if (!installs(config, "policies")) return [];
  const options = { provider: cluster.kubernetes };
  const ns = namespace(namespaces.teal, "restricted", options);
  const objects = clusterPolicies(config).map((object) => {
    const isTeal = object.kind === "ServiceAccount" && object.metadata.name === serviceAccount;
    const metadata = isTeal ? { ...object.metadata, annotations: accountAnnotations } : object.metadata;
    return resourceOf({ ...object, metadata }, { ...options, dependsOn: [ns] });
  });
  return [ns, ...objects];
}
