import assert from "node:assert/strict";
import {
  AddTagsCommand,
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  DeregisterTargetsCommand,
  ElasticLoadBalancingV2Client,
  ModifyRuleCommand,
  RegisterTargetsCommand,
  type Action,
  type RuleCondition,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { ApiException } from "@kubernetes/client-node";
import { albRoutes } from "../../automation/aws/loadBalancer/routes.ts";
import type { Cluster } from "../../automation/probes/cluster.ts";
import { albRules, type AlbRule } from "../../tenant/plan/albRules.ts";
import { ingressAnnotations, ingressSpec } from "../../tenant/plan/ingress.ts";
import type { TenantSpec } from "../../tenant/spec.ts";
import { albRouting } from "../../test/tenant/arbitrary.ts";
import { rollingOut } from "../../test/tenant/specs.ts";
import { startMoto, type Moto } from "../support/moto.ts";

const namespace = "production-acme";
const old = rollingOut({ routing: albRouting });
const moved = { ...old, weights: { blue: 50, green: 50 } };

/** Of the default network; the SDK's client for it is used for nothing else here. */
async function subnetsIn({ client: { endpoint, region } }: Moto): Promise<string[]> {
  const authorization = `AWS4-HMAC-SHA256 Credential=testing/20260101/${region}/ec2/aws4_request, SignedHeaders=host, Signature=0`;
  const body = new URLSearchParams({ Action: "DescribeSubnets", Version: "2016-11-15" });
  const answer = await fetch(endpoint, { method: "POST", headers: { authorization }, body });
  return [...(await answer.text()).matchAll(/<subnetId>([^<]+)</g)].map(([, id]) => id!);
}

describe("what the load balancer does", function () {
  this.timeout(60_000);
  let moto: Moto;
  let client: ElasticLoadBalancingV2Client;
  let listener: string;
  let groups: Record<"blue" | "green", string>;
  let splitRule: string;

  /** What the controller does with an Ingress. */
  const actions = ({ action }: AlbRule): Action[] =>
    "status" in action
      ? [
          {
            Type: "fixed-response",
            FixedResponseConfig: { StatusCode: String(action.status), ContentType: "text/plain" },
          },
        ]
      : [
          {
            Type: "forward",
            ForwardConfig: {
              TargetGroups: Object.entries(action.weights).map(([color, Weight]) => ({
                TargetGroupArn: groups[color as "blue" | "green"],
                Weight,
              })),
            },
          },
        ];
  const conditions = ({ hosts, header }: AlbRule): RuleCondition[] => [
    ...(header
      ? [{ Field: "http-header", HttpHeaderConfig: { HttpHeaderName: header.name, Values: [header.value] } }]
      : []),
    { Field: "host-header", HostHeaderConfig: { Values: hosts } },
    { Field: "path-pattern", PathPatternConfig: { Values: ["/*"] } },
  ];
  const targetGroup = async (color: string, VpcId: string) => {
    const { TargetGroups } = await client.send(
      new CreateTargetGroupCommand({
        Name: `k8s-producti-${color}-0123456789`,
        Protocol: "HTTP",
        Port: 8080,
        VpcId,
        TargetType: "ip",
      }),
    );
    const arn = TargetGroups![0]!.TargetGroupArn!;
    const Tags = [{ Key: "ingress.k8s.aws/resource", Value: `${namespace}/app-${color}:80` }];
    await client.send(new AddTagsCommand({ ResourceArns: [arn], Tags }));
    return arn;
  };
  /** An API server that has this tenant's Ingress, or none. */
  const clusterWith = (spec: TenantSpec | null) =>
    ({
      custom: {
        getNamespacedCustomObject: async () => {
          if (spec === null) throw new ApiException(404, "Not found", {}, {});
          return { metadata: { annotations: ingressAnnotations(spec) }, spec: ingressSpec(spec, "teal-tenants") };
        },
      },
    }) as unknown as Cluster;

  before(async () => {
    moto = await startMoto();
    client = new ElasticLoadBalancingV2Client(moto.client);
    const subnets = await subnetsIn(moto);
    const { LoadBalancers } = await client.send(
      new CreateLoadBalancerCommand({ Name: "teal-production", Subnets: subnets }),
    );
    const { VpcId = "" } = LoadBalancers![0]!;
    groups = { blue: await targetGroup("blue", VpcId), green: await targetGroup("green", VpcId) };
    const { Listeners } = await client.send(
      new CreateListenerCommand({
        LoadBalancerArn: LoadBalancers![0]!.LoadBalancerArn!,
        Protocol: "HTTP",
        Port: 80,
        DefaultActions: [{ Type: "fixed-response", FixedResponseConfig: { StatusCode: "404" } }],
      }),
    );
    listener = Listeners![0]!.ListenerArn!;
    for (const [index, rule] of albRules(old).entries()) {
      const { Rules } = await client.send(
        new CreateRuleCommand({
          ListenerArn: listener,
          Priority: index + 1,
          Conditions: conditions(rule),
          Actions: actions(rule),
        }),
      );
      splitRule = Rules![0]!.RuleArn!;
    }
    for (const [TargetGroupArn, Id] of [
      [groups.blue, "10.0.0.1"],
      [groups.green, "10.0.0.2"],
    ] as const)
      await client.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id, Port: 8080 }] }));
  });
  after(async () => {
    client.destroy();
    await moto.stop();
  });

  it("is read by its own rules: a tenant's weights, and those of all", async () => {
    const routes = albRoutes(client, listener, clusterWith(old));
    assert.deepEqual(await routes.split(namespace), { blue: 90, green: 10 });
    assert.equal(await routes.split("production-globex"), null);
    assert.deepEqual([...(await routes.splits())], [[namespace, { blue: 90, green: 10 }]]);
  });

  it("is in force once it has the Ingress's rules, and not before", async () => {
    assert.deepEqual(await albRoutes(client, listener, clusterWith(old)).inForce(namespace), {
      inForce: true,
      why: "",
    });
    const moving = await albRoutes(client, listener, clusterWith(moved)).inForce(namespace);
    assert.equal(moving.inForce, false);
    assert.match(moving.why, /no such rule yet: acme\.production\.localhost: blue 50, green 50/);
    await client.send(new ModifyRuleCommand({ RuleArn: splitRule, Actions: actions(albRules(moved).at(-1)!) }));
    const routes = albRoutes(client, listener, clusterWith(moved));
    assert.equal((await routes.inForce(namespace)).inForce, true);
    assert.deepEqual(await routes.split(namespace), { blue: 50, green: 50 });
  });

  it("is not in force while it finds no pod healthy that is to get requests", async () => {
    const targets = { TargetGroupArn: groups.green, Targets: [{ Id: "10.0.0.2", Port: 8080 }] };
    await client.send(new DeregisterTargetsCommand(targets));
    const empty = await albRoutes(client, listener, clusterWith(moved)).inForce(namespace);
    assert.match(empty.why, /finds 0 of 0 pods healthy/);
    await client.send(new RegisterTargetsCommand(targets));
    assert.equal((await albRoutes(client, listener, clusterWith(moved)).inForce(namespace)).inForce, true);
  });

  it("is not in force without the Ingress", async () => {
    const none = await albRoutes(client, listener, clusterWith(null)).inForce(namespace);
    assert.deepEqual(none, { inForce: false, why: "the Ingress is not in the cluster" });
  });

  it("is no guess where it can't be asked", async () => {
    const gone = `${listener.slice(0, -4)}ffff`;
    const routes = albRoutes(client, gone, clusterWith(old));
    await assert.rejects(routes.split(namespace), { code: "load_balancer_unreadable" });
  });
});
