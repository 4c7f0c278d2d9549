import assert from "node:assert/strict";
import {
  albConfig,
  exampleConfig,
  exampleNames,
  keyOf,
  runExample,
  runPlatform,
  type Made,
  type StackConfig,
} from "../program.ts";
import { policies } from "./table.ts";

const production = exampleConfig("production");

/** Another team's cluster in a VPC that is there, as far as that team lets us. */
const guest: StackConfig = {
  ...production,
  "platform:network": {
    existing: {
      vpc: "vpc-0123456789abcdef0",
      cidr: "10.80.0.0/16",
      publicSubnets: ["subnet-00000001", "subnet-00000002"],
      privateSubnets: ["subnet-00000003", "subnet-00000004"],
      dataSubnets: ["subnet-00000005", "subnet-00000006"],
    },
  },
  "platform:cluster": {
    ...(production["platform:cluster"] as object),
    addons: {},
    existing: {
      name: "shared",
      context: "shared",
      nodeSecurityGroup: "sg-0123456789abcdef0",
      may: ["policies", "control-plane"],
      maxReplicas: 12,
      packetsFiltered: true,
    },
  },
};

/** Each example as it would be kept (`develop` is to be thrown away), and the guest. */
const stacks: Record<string, StackConfig> = {
  ...Object.fromEntries(exampleNames.map((name) => [name, lastingly(exampleConfig(name))])),
  "in another team's cluster": guest,
  "by alb-ingress": albConfig(),
};

function isExample(name: string): name is (typeof exampleNames)[number] {
  return (exampleNames as readonly string[]).includes(name);
}

function lastingly(config: StackConfig): StackConfig {
  const controlPlane = config["platform:controlPlane"] as { database: object };
  const database = { ...controlPlane.database, backupDays: 7 };
  return { ...config, "platform:protect": true, "platform:controlPlane": { ...controlPlane, database } };
}

describe("platform/policies", () => {
  const made = new Map<string, Made[]>();
  before(async function () {
    this.timeout(120_000);
    for (const [name, config] of Object.entries(stacks)) {
      const run = name === "develop" || !isExample(name) ? runPlatform(config) : runExample(name);
      made.set(name, (await run).made);
    }
  });

  for (const policy of policies) {
    describe(policy.name, () => {
      for (const name of Object.keys(stacks)) {
        it(name, () => assert.deepEqual(policy.violations(made.get(name)!), []));
      }
      it("and is broken by what breaks it", () => {
        const spoiled = structuredClone(made.get("production")!);
        const one = spoiled.find((resource) => keyOf(resource) === policy.broken.of);
        assert.ok(one, `there is no ${policy.broken.of}`);
        policy.broken.by(one.inputs, one);
        assert.notDeepEqual(policy.violations(spoiled), []);
      });
    });
  }

  it("leaves another team's cluster what is that team's", () => {
    const kinds = new Set(made.get("in another team's cluster")!.map(({ type }) => type));
    for (const type of [
      "eks:index:Cluster",
      "aws:ec2/vpc:Vpc",
      "aws:eks/nodeGroup:NodeGroup",
      "kubernetes:gateway.networking.k8s.io/v1:Gateway",
    ]) {
      assert.equal(kinds.has(type), false, type);
    }
    assert.ok(kinds.has("kubernetes:apps/v1:Deployment"));
  });
});
