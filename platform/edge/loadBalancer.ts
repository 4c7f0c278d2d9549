import * as pulumi from "@pulumi/pulumi";
import { Certificate } from "@pulumi/aws/acm/certificate.js";
import { CertificateValidation } from "@pulumi/aws/acm/certificateValidation.js";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { Listener } from "@pulumi/aws/lb/listener.js";
import { ListenerRule } from "@pulumi/aws/lb/listenerRule.js";
import { LoadBalancer as Alb } from "@pulumi/aws/lb/loadBalancer.js";
import { TargetGroup } from "@pulumi/aws/lb/targetGroup.js";
import { Record as DnsRecord } from "@pulumi/aws/route53/record.js";
import { SecurityGroupEgressRule } from "@pulumi/aws/vpc/securityGroupEgressRule.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import type { PlatformConfig } from "../config/schema.ts";
import { apiHost, gatewayService, healthPath, nobody, prefixOf } from "../names.ts";
import type { Network } from "../network/network.ts";
import { adopted, splitsByAlb, sslPolicy } from "./albPlan.ts";
import { accessLogs } from "./accessLogs.ts";
import { isApiPublic } from "./plan.ts";
import { webAcl } from "./webAcl.ts";

export interface LoadBalancerArgs {
  config: PlatformConfig;
  network: Network;
  /** Of the pods that it leads to. */
  nodeSecurityGroup: pulumi.Input<string>;
  clusterName: pulumi.Input<string>;
  logsKey: pulumi.Input<string>;
}

/** The one thing that the internet reaches: an ALB with TLS and a web ACL, whose only targets are the Gateway's proxies; or pods, where it splits itself. */
export class LoadBalancer extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly dnsName: pulumi.Output<string>;
  readonly hostedZone: pulumi.Output<string>;
  readonly listenerArn: pulumi.Output<string>;
  /** Of the Gateway's proxies; none where it splits itself. */
  readonly targetGroupArn: pulumi.Output<string> | undefined;
  /** That of Teal's API, which is the default, and those of the config. */
  readonly certificateArns: pulumi.Output<string[]>;
  readonly securityGroup: pulumi.Output<string>;

  constructor(name: string, args: LoadBalancerArgs, options: pulumi.ComponentResourceOptions) {
    super("teal:platform:LoadBalancer", name, {}, options);
    const under = { parent: this };
    const { config, network } = args;
    const splits = splitsByAlb(config);
    const group = securityGroup(args, under);
    const logs = accessLogs(config, under);
    const balancer = new Alb(
      "tenants",
      {
        name: prefixOf(config.environment),
        loadBalancerType: "application",
        internal: false,
        subnets: network.publicSubnetIds,
        securityGroups: [group.id],
        accessLogs: { enabled: true, bucket: logs.bucket },
        dropInvalidHeaderFields: true,
        desyncMitigationMode: "strictest",
        enableDeletionProtection: config.protect,
        // Longer than the Gateway's own, so that it is never the one that hangs up on a request.
        idleTimeout: 60,
        ...(splits && { tags: adopted(config, args.clusterName, "LoadBalancer") }),
      },
      { ...under, dependsOn: logs.ready },
    );
    webAcl({ config, loadBalancer: balancer.arn, key: args.logsKey }, under);
    const target = splits ? undefined : targetGroup(network, under);
    const certificate = apiCertificate(config, under);
    const listener = https({ ...args, balancer, certificate, target }, under);
    // The controller makes all rules, and would take others away.
    if (target) apiRules(config, listener, target, under);

    this.arn = balancer.arn;
    this.dnsName = balancer.dnsName;
    this.hostedZone = balancer.zoneId;
    this.listenerArn = listener.arn;
    this.targetGroupArn = target?.arn;
    this.certificateArns = certificate.apply((api) => [api, ...config.edge.certificates]);
    this.securityGroup = group.id;
    this.registerOutputs({ dnsName: this.dnsName });
  }
}

function securityGroup(
  { config, network, nodeSecurityGroup }: LoadBalancerArgs,
  options: pulumi.CustomResourceOptions,
) {
  const description = "Requests to tenants";
  const group = new SecurityGroup("load-balancer", { vpcId: network.vpcId, description }, options);
  const securityGroupId = group.id;
  const tcp = (port: number) => ({ ipProtocol: "tcp", fromPort: port, toPort: port, description });
  for (const cidrIpv4 of config.edge.allowedCidrs) {
    new SecurityGroupIngressRule(`https-${cidrIpv4}`, { securityGroupId, cidrIpv4, ...tcp(443) }, options);
  }
  // Pods listen where their release says, but never below.
  const inside = splitsByAlb(config) ? { ...tcp(1024), toPort: 65_535 } : tcp(gatewayService.port);
  const to = { referencedSecurityGroupId: nodeSecurityGroup, ...inside };
  new SecurityGroupEgressRule("to-gateway", { securityGroupId, ...to }, options);
  const from = { referencedSecurityGroupId: securityGroupId, ...inside };
  new SecurityGroupIngressRule("gateway", { securityGroupId: nodeSecurityGroup, ...from }, options);
  return group;
}

function targetGroup(network: Network, options: pulumi.CustomResourceOptions): TargetGroup {
  return new TargetGroup(
    "gateway",
    {
      vpcId: network.vpcId,
      targetType: "ip",
      protocol: "HTTP",
      port: gatewayService.port,
      deregistrationDelay: 30,
      healthCheck: {
        path: healthPath,
        interval: 10,
        timeout: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 2,
        matcher: "200",
      },
    },
    options,
  );
}

/** ARN of the certificate for Teal's own host name, once it is valid. */
function apiCertificate(config: PlatformConfig, options: pulumi.CustomResourceOptions): pulumi.Output<string> {
  const domainName = apiHost(config.domain.name);
  const certificate = new Certificate("api", { domainName, validationMethod: "DNS" }, options);
  const shown = certificate.domainValidationOptions[0]!;
  const record = new DnsRecord(
    "api-validation",
    {
      zoneId: config.domain.zone,
      name: shown.resourceRecordName,
      type: shown.resourceRecordType,
      records: [shown.resourceRecordValue],
      ttl: 60,
    },
    options,
  );
  const proof = { certificateArn: certificate.arn, validationRecordFqdns: [record.fqdn] };
  return new CertificateValidation("api", proof, options).certificateArn;
}

interface HttpsArgs extends LoadBalancerArgs {
  balancer: Alb;
  certificate: pulumi.Input<string>;
  target: TargetGroup | undefined;
}

/** TLS with the certificate of Teal's own host name; tenants' certificates are added by the stack that has them. */
function https(args: HttpsArgs, options: pulumi.CustomResourceOptions): Listener {
  const { config, clusterName, balancer, certificate, target } = args;
  return new Listener(
    "https",
    {
      loadBalancerArn: balancer.arn,
      port: 443,
      protocol: "HTTPS",
      sslPolicy,
      certificateArn: certificate,
      // Which host names there are is the Gateway's to know.
      defaultActions: target
        ? [{ type: "forward", targetGroupArn: target.arn }]
        : [{ type: "fixed-response", fixedResponse: nobody }],
      ...(!target && { tags: adopted(config, clusterName, "443") }),
    },
    options,
  );
}

/** Teal's own API: to those who may, and to nobody else, whoever gets a route for its host name in the cluster. */
function apiRules(
  config: PlatformConfig,
  listener: Listener,
  target: TargetGroup,
  options: pulumi.CustomResourceOptions,
): void {
  const listenerArn = listener.arn;
  const host = { hostHeader: { values: [apiHost(config.domain.name)] } };
  if (isApiPublic(config)) {
    const from = { sourceIp: { values: config.controlPlane.allowedCidrs } };
    const actions = [{ type: "forward", targetGroupArn: target.arn }];
    new ListenerRule("api-allowed", { listenerArn, priority: 1, conditions: [host, from], actions }, options);
  }
  const refusal = { contentType: "text/plain", messageBody: "Not from here.\n", statusCode: "403" };
  const actions = [{ type: "fixed-response", fixedResponse: refusal }];
  new ListenerRule("api-refused", { listenerArn, priority: 2, conditions: [host], actions }, options);
}
