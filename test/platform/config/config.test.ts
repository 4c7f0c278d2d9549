import assert from "node:assert/strict";
import fc from "fast-check";
import { TealError } from "../../../model/errors.ts";
import { readConfig } from "../../../platform/config/read.ts";
import { albConfig, exampleConfig, exampleNames, flat, type StackConfig } from "../program.ts";

type Section = Record<string, unknown>;

/** Production with some values of a section changed. */
function changed(section: string, values: Section): StackConfig {
  const config = exampleConfig("production");
  return { ...config, [`platform:${section}`]: { ...(config[`platform:${section}`] as Section), ...values } };
}

function problemsOf(config: StackConfig): string[] {
  try {
    readConfig(flat(config));
    return [];
  } catch (error) {
    assert.ok(error instanceof TealError && error.code === "platform_config_invalid", String(error));
    return error.data["problems"] as string[];
  }
}

const existingCluster = {
  name: "shared",
  context: "shared",
  nodeSecurityGroup: "sg-01234567",
  may: [],
  maxReplicas: 4,
  packetsFiltered: false,
};

const certificate = "arn:aws:acm:eu-central-1:123456789012:certificate/tenants";

/** What is wrong, and what is said of it. */
const refused: [what: string, config: StackConfig, ...problems: RegExp[]][] = [
  ["certificates for a Gateway", changed("edge", { certificates: [certificate] }), /edge\.certificates: expected none/],
  [
    "copies of snapshots in the region itself",
    changed("controlPlane", {
      tenantData: { platform: "p", copyKey: "arn:aws:kms:eu-central-1:123456789012:key/1" },
    }),
    /controlPlane\.tenantData\.copyKey: expected a key of another region than eu-central-1/,
  ],
  ["a number of tenants for a Gateway", changed("edge", { tenants: 10 }), /edge\.tenants: expected none/],
  ["routing of another kind", changed("edge", { routing: "dns" }), /platform:edge\.routing: /],
  ["a load balancer without certificates", albConfig({ certificates: [] }), /edge\.certificates: expected one or more/],
  [
    "more certificates than it takes",
    albConfig({ certificates: Array.from({ length: 26 }, (_, i) => certificate + i) }),
    /expected at most 25 certificates/,
  ],
  [
    "more tenants than it has target groups",
    albConfig({ tenants: 50, rules: 1000 }),
    /edge\.tenants: expected at most 49, .* 99 target groups .*two each.*, got 50$/,
  ],
  [
    "more tenants than it has rules",
    albConfig({ tenants: 30, rules: 100 }),
    /edge\.tenants: expected at most 24, .* 98 rules \(4 each, see edge\.rules\), got 30$/,
  ],
  ["rules for no tenant at all", albConfig({ rules: 5 }), /edge\.rules: expected at least 6, .*got 5$/],
  [
    "a load balancer in a VPC of unknown ranges, and a cluster where the controller is another team's",
    {
      ...albConfig(),
      "platform:network": {
        existing: {
          vpc: "vpc-01234567",
          cidr: "10.0.0.0/16",
          publicSubnets: ["subnet-00000001", "subnet-00000002"],
          privateSubnets: ["subnet-00000003", "subnet-00000004"],
          dataSubnets: ["subnet-00000005", "subnet-00000006"],
        },
      },
      "platform:cluster": {
        ...(exampleConfig("production")["platform:cluster"] as Section),
        addons: {},
        packetIsolation: [],
        existing: existingCluster,
      },
    },
    /network\.existing\.publicCidrs: expected the ranges/,
    /cluster\.existing\.may: expected policies/,
    /cluster\.existing\.may: expected gateway/,
  ],
  [
    "another region's zone",
    changed("network", { zones: ["eu-west-1a", "eu-central-1b", "eu-central-1c"] }),
    /^platform:network\.zones: expected zones of eu-central-1, got eu-west-1a$/,
  ],
  [
    "two zones",
    changed("network", { zones: ["eu-central-1a", "eu-central-1b"] }),
    /^platform:network\.zones: expected three/,
  ],
  [
    "the same zone twice",
    changed("network", { zones: ["eu-central-1a", "eu-central-1a", "eu-central-1b"] }),
    /network\.zones: expected each value once/,
  ],
  [
    "a range that is too small",
    changed("network", { cidr: "10.64.0.0/24" }),
    /network\.cidr: expected a range from \/16 to \/20, got 10\.64\.0\.0\/24/,
  ],
  [
    "a range that begins in its middle",
    changed("network", { cidr: "10.64.1.0/16" }),
    /network\.cidr: expected the first address/,
  ],
  ["no way out", changed("network", { nat: "none" }), /network\.transitGateway: expected one/],
  [
    "two ways out",
    changed("network", { transitGateway: "tgw-0123456789abcdef0" }),
    /network\.transitGateway: expected none/,
  ],
  [
    "an API server for everybody",
    changed("cluster", { endpoint: { publicCidrs: ["0.0.0.0/0"] } }),
    /cluster\.endpoint\.publicCidrs: expected ranges of \/16 or smaller, got 0\.0\.0\.0\/0/,
  ],
  ["nobody to administer it", changed("cluster", { admins: [] }), /cluster\.admins/],
  [
    "a user where a role is expected",
    changed("cluster", { admins: ["arn:aws:iam::123456789012:user/me"] }),
    /cluster\.admins\.0: expected an ARN such as/,
  ],
  [
    "an add-on without version",
    changed("cluster", { addons: {} }),
    /cluster\.addons\.vpc-cni: expected a version/,
    /cluster\.addons\.metrics-server/,
  ],
  [
    "add-ons that Auto Mode has itself",
    changed("cluster", { compute: "auto" }),
    /cluster\.addons\.coredns: expected none, since cluster\.compute is auto/,
  ],
  [
    "packet isolation on Fargate",
    changed("cluster", { compute: "fargate" }),
    /cluster\.packetIsolation: expected \[\], since Fargate filters no packets between pods, got small, medium, large/,
  ],
  ["Prometheus on Fargate", changed("cluster", { compute: "fargate" }), /monitoring\.kind: expected datadog/],
  [
    "more nodes at least than at most",
    changed("cluster", { nodes: { min: 5, max: 4 } }),
    /cluster\.nodes\.max: expected at least 5/,
  ],
  [
    "a cluster of another team's in a VPC of ours",
    changed("cluster", { addons: {}, existing: existingCluster }),
    /network\.existing: expected the VPC/,
    /packetsFiltered is false/,
    /controlPlane\.worker\.max: expected at most 4 \(cluster\.existing\.maxReplicas\), got 12/,
  ],
  [
    "an environment whose buckets would be named as the platform's",
    { ...exampleConfig("production"), "platform:environments": ["production", "teal"] },
    /^platform:environments: expected none that is called teal/,
  ],
  [
    "this stack's own environment called teal",
    { ...exampleConfig("production"), "platform:environment": "teal" },
    /^platform:environments: expected none that is called teal/,
  ],
  [
    "more environments than a listener has certificates for",
    { ...exampleConfig("production"), "platform:environments": ["a", "b", "c", "d", "e", "f", "g"] },
    /^platform:environments: expected at most 6, .* got 7/,
  ],
  [
    "an image by tag",
    changed("controlPlane", { image: "teal:latest" }),
    /controlPlane\.image: expected an image by digest/,
  ],
  [
    "an API for everybody",
    changed("controlPlane", { allowedCidrs: ["0.0.0.0/0"] }),
    /controlPlane\.allowedCidrs: expected ranges of \/8 or smaller/,
  ],
  [
    "more ranges than a listener rule takes",
    changed("controlPlane", { allowedCidrs: [1, 2, 3, 4, 5].map((n) => `203.0.${n}.0/24`) }),
    /controlPlane\.allowedCidrs: expected at most 4/,
  ],
  [
    "a database that shrinks as it grows",
    changed("controlPlane", { database: { minCapacity: 8, maxCapacity: 4 } }),
    /controlPlane\.database\.maxCapacity: expected at least 8/,
  ],
  [
    "everybody and somebody",
    changed("edge", { allowedCidrs: ["0.0.0.0/0", "203.0.113.0/24"] }),
    /edge\.allowedCidrs: expected 0\.0\.0\.0\/0 alone/,
  ],
  ["days that CloudWatch can't count", changed("logs", { retentionDays: 100 }), /logs\.retentionDays: expected one of/],
  [
    "Datadog without its key",
    changed("monitoring", { kind: "datadog" }),
    /monitoring\.datadog: expected site and apiKeySecret/,
  ],
  ["no region", { ...exampleConfig("production"), "aws:region": undefined }, /^aws:region: expected a region/],
  [
    "an account as a number",
    { ...exampleConfig("production"), "platform:account": 12_345 },
    /platform:account: expected the account's twelve digits/,
  ],
  ["keys that there are not", changed("logs", { days: 3 }), /^platform:logs\.days: expected no such key$/],
  [
    "a key that is missing",
    { ...exampleConfig("production"), "platform:registry": undefined },
    /^platform:registry: expected a value, got none$/,
  ],
  [
    "a mapping that is none",
    { ...exampleConfig("production"), "platform:logs": "long" },
    /^platform:logs: expected a YAML mapping/,
  ],
];

describe("platform/config", () => {
  for (const name of exampleNames) {
    it(`takes Pulumi.${name}.example.yaml`, () => assert.deepEqual(problemsOf(exampleConfig(name)), []));
  }

  for (const [what, config, ...problems] of refused) {
    it(`refuses ${what}`, () => {
      const given = Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined));
      const found = problemsOf(given);
      for (const problem of problems)
        assert.ok(
          found.some((one) => problem.test(one)),
          `${String(problem)}: ${found.join("\n")}`,
        );
    });
  }

  it("tells every problem, each by its key", () => {
    const config = {
      ...changed("cluster", { version: "latest" }),
      "platform:domain": { name: "x" },
      "platform:protect": "no",
    };
    const found = problemsOf(config).map((problem) => problem.split(": ")[0]);
    assert.deepEqual(found.toSorted(), [
      "platform:cluster.version",
      "platform:domain.name",
      "platform:domain.zone",
      "platform:protect",
    ]);
  });

  it("never fails otherwise, whatever is in place of any value", () => {
    const places = placesOf(exampleConfig("production"));
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue(), (path, value) => {
        const config = structuredClone(exampleConfig("production"));
        put(config, path, value);
        // Right by chance, or refused by the key or one above it.
        for (const problem of problemsOf(config)) {
          assert.match(problem, /^(platform:|aws:region: )/, `${path.join(".")}: ${problem}`);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("reads what it took: sizes within their limits are kept as they are", () => {
    const range = fc
      .tuple(fc.integer({ min: 2, max: 50 }), fc.integer({ min: 2, max: 50 }))
      .map((pair) => pair.toSorted((a, b) => a - b));
    fc.assert(
      fc.property(range, range, range, ([a, b], [c, d], [e, f]) => {
        const config = changed("controlPlane", { server: { min: a, max: b }, worker: { min: c, max: d } });
        const read = readConfig(flat({ ...config, "platform:edge": { gateway: { min: e, max: f } } }));
        assert.deepEqual(
          [read.controlPlane.server, read.controlPlane.worker, read.edge.gateway],
          [
            { min: a, max: b },
            { min: c, max: d },
            { min: e, max: f },
          ],
        );
      }),
    );
  });
});

/** Where in a config there are values, as paths. */
function placesOf(config: unknown, path: string[] = []): string[][] {
  if (typeof config !== "object" || config === null) return [path];
  const within = Object.entries(config).flatMap(([key, value]) => placesOf(value, [...path, key]));
  return path.length > 0 ? [path, ...within] : within;
}

function put(target: StackConfig, path: string[], value: unknown): void {
  let at = target as Section;
  for (const key of path.slice(0, -1)) at = at[key] as Section;
  at[path.at(-1)!] = value;
}
