import * as pulumi from "@pulumi/pulumi";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { HorizontalPodAutoscaler } from "@pulumi/kubernetes/autoscaling/v2/horizontalPodAutoscaler.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget.js";
import { stringify } from "yaml";
import { chart } from "../charts.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { PlatformConfig } from "../config/schema.ts";
import { splitsByAlb } from "../edge/albPlan.ts";
import type { LoadBalancer } from "../edge/loadBalancer.ts";
import { isApiPublic } from "../edge/plan.ts";
import { podRole } from "../identity/podRole.ts";
import { namespace as namespaceOf } from "../kubernetes/namespaces.ts";
import { namespaces } from "../names.ts";
import type { ControlPlane } from "./controlPlane.ts";
import { kubeconfigMap, nameOf, namespace, type Part } from "./names.ts";
import { apiRoute, networkPolicies } from "./network.ts";
import { externalSecret, secretStore } from "./secrets.ts";
import { kubeconfig } from "./settings.ts";
import { autoscaler, deployment, disruptionBudget, service } from "./workload.ts";

export interface WorkloadsArgs {
  config: PlatformConfig;
  cluster: Cluster;
  /** Range of addresses of the VPC. */
  cidr: string;
  key: pulumi.Input<string>;
  controlPlane: ControlPlane;
  loadBalancer: LoadBalancer;
}

/** Teal's own pods, in the namespace that its rights are for. */
export class Workloads extends pulumi.ComponentResource {
  constructor(name: string, args: WorkloadsArgs, options: pulumi.ComponentResourceOptions) {
    super("teal:platform:Workloads", name, {}, options);
    const under = { parent: this };
    const { config, controlPlane, cidr } = args;
    const secrets = secretsFromManager(args, under);
    for (const policy of networkPolicies(config, cidr)) new NetworkPolicy(policy.metadata.name, policy, under);
    const data = { config: stringify(kubeconfig()) };
    const access = new ConfigMap(kubeconfigMap, { metadata: { name: kubeconfigMap, namespace }, data }, under);

    const { backendUrl, deploymentTable, backupBucket, revision } = controlPlane;
    const { dnsName, listenerArn: listener } = args.loadBalancer;
    const listeners = listener.apply((arn) => config.environments.map((name) => `${name}=${arn}`).join(","));
    const loadBalancer = { url: pulumi.interpolate`https://${dnsName}`, listener, listeners };
    for (const part of ["server", "worker"] satisfies Part[]) {
      const made = deployment({ config, part, backendUrl, deploymentTable, backupBucket, revision, loadBalancer });
      const after = { ...under, dependsOn: [secrets, access] };
      const pods = new Deployment(nameOf(part), made, after);
      new HorizontalPodAutoscaler(nameOf(part), autoscaler(config, part), { ...under, dependsOn: [pods] });
      new PodDisruptionBudget(nameOf(part), disruptionBudget(part), under);
    }
    const api = new Service(nameOf("server"), service(), under);
    if (isApiPublic(config) && !splitsByAlb(config))
      new CustomResource("api", apiRoute(config), { ...under, dependsOn: [api] });
    this.registerOutputs({});
  }
}

/** External Secrets, for Teal's namespace and the secrets that it is to have, and no others. */
function secretsFromManager(
  { config, cluster, controlPlane, key }: WorkloadsArgs,
  options: pulumi.CustomResourceOptions,
) {
  const ns = namespaceOf(namespaces.secrets, "restricted", options);
  const { state } = config.controlPlane;
  const token = state.kind === "pulumi-cloud" ? state.accessTokenSecret : undefined;
  const serviceAccount = "external-secrets";
  const statements = [
    {
      Sid: "ReadTealsSecrets",
      Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
      Resource: [controlPlane.secret.arn, ...(token ? [token] : [])],
    },
    { Sid: "Decrypt", Action: ["kms:Decrypt"], Resource: key },
  ];
  const account = { cluster, namespace: namespaces.secrets, serviceAccount, statements };
  const { annotations } = podRole("secrets", account, options);
  const values = {
    scopedNamespace: namespace,
    scopedRBAC: true,
    processClusterStore: false,
    processClusterExternalSecret: false,
    serviceAccount: { name: serviceAccount, annotations },
  };
  const installed = chart(
    "external-secrets",
    { namespace: namespaces.secrets, values },
    { ...options, dependsOn: [ns] },
  );
  const store = new CustomResource("secret-store", secretStore(config), { ...options, dependsOn: [installed] });
  const object = externalSecret(config, controlPlane.secret.arn, token);
  return new CustomResource("secrets", object, { ...options, dependsOn: [store] });
}
