import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { platformProgram } from "../../platform/program.ts";

/** A resource as the engine is asked for it. */
export interface Made {
  type: string;
  name: string;
  /** URN and id of the provider; empty for components, and for what has none of its own. */
  provider: string;
  isCustom: boolean;
  isProtected: boolean;
  /** Inputs; what is secret is shown, and named in `secret`. */
  inputs: Record<string, unknown>;
  secret: string[];
}

export const exampleNames = ["develop", "staging", "production"] as const;
export type StackConfig = Record<string, unknown>;

/** The config of an example, by full key. */
export function exampleConfig(name: (typeof exampleNames)[number]): StackConfig {
  const path = join(import.meta.dirname, "..", "..", `Pulumi.${name}.example.yaml`);
  return (parse(readFileSync(path, "utf8")) as { config: StackConfig }).config;
}

/** Production, where the load balancer itself splits tenants' traffic. */
export function albConfig(edge: Record<string, unknown> = {}): StackConfig {
  const production = exampleConfig("production");
  const certificates = ["arn:aws:acm:eu-central-1:123456789012:certificate/tenants"];
  const own = production["platform:edge"] as object;
  return { ...production, "platform:edge": { ...own, routing: "alb-ingress", certificates, rules: 250, ...edge } };
}

/** As Pulumi hands config over: text as it is, and everything else as JSON. */
export function flat(config: StackConfig): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}

/** What only AWS can say of a resource, once it is there. */
const known: Record<string, (name: string, inputs: Record<string, unknown>) => Record<string, unknown>> = {
  "eks:index:Cluster": (_, { name }) => ({
    eksCluster: {
      name,
      arn: `arn:aws:eks:eu-central-1:123456789012:cluster/${String(name)}`,
      vpcConfig: { clusterSecurityGroupId: "sg-00000000000c1u57e" },
    },
    kubeconfigJson: "{}",
    oidcIssuer: "https://oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE",
    oidcProviderArn: "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE",
  }),
  "aws:acm/certificate:Certificate": () => ({
    domainValidationOptions: [
      { resourceRecordName: "_x.example.com", resourceRecordType: "CNAME", resourceRecordValue: "_y.acm" },
    ],
  }),
  "aws:ec2/launchTemplate:LaunchTemplate": () => ({ latestVersion: 1 }),
  "aws:ecr/repository:Repository": (_, { name }) => ({
    repositoryUrl: `123456789012.dkr.ecr.eu-central-1.amazonaws.com/${String(name)}`,
  }),
  "aws:lb/loadBalancer:LoadBalancer": (name) => ({
    dnsName: `${name}.eu-central-1.elb.amazonaws.com`,
    zoneId: "Z215JYRZR1TBD5",
  }),
  "aws:lb/listener:Listener": (name) => ({
    arn: `arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/teal/0123456789abcdef/${name}`,
  }),
  "aws:opensearch/serverlessCollection:ServerlessCollection": () => ({
    collectionEndpoint: "https://x.eu-central-1.aoss.amazonaws.com",
  }),
  "aws:rds/cluster:Cluster": () => ({ endpoint: "teal.cluster-x.eu-central-1.rds.amazonaws.com" }),
  "random:index/randomPassword:RandomPassword": (name) => ({ result: `made-password-of-${name}` }),
};

/** What AWS answers when it is asked. */
const answers: Record<string, Record<string, unknown>> = {
  "aws:kms/getPublicKey:getPublicKey": { publicKeyPem: "PEM" },
  "aws:secretsmanager/getSecretVersion:getSecretVersion": { secretString: "made-password-of-others" },
};

/** Runs the platform program on a config against Pulumi's mocks: everything that it asks for, in order of names, and its outputs. */
export async function runPlatform(config: StackConfig) {
  const made: Made[] = [];
  const transforms: pulumi.ResourceTransform[] = [];
  await pulumi.runtime.setMocks(
    {
      call: ({ token }) => answers[token] ?? {},
      registerTransform: (transform) => void transforms.push(transform),
      newResource: async ({ type, name, inputs, provider, custom }) => {
        const unwrapped = unwrap(inputs as Record<string, unknown>);
        const isProtected = await wasProtected(transforms, type, name, custom ?? false);
        made.push({ type, name, provider: provider ?? "", isCustom: custom ?? false, isProtected, ...unwrapped });
        const arn = `arn:aws:${type.split(":")[1]!.split("/")[0]!}:eu-central-1:123456789012:${name}`;
        return { id: `${name}-id`, state: { arn, ...unwrapped.inputs, ...known[type]?.(name, unwrapped.inputs) } };
      },
    },
    "platform",
    "test",
  );
  pulumi.runtime.setAllConfig(flat(config));
  const outputs = (await pulumi.runtime.runInPulumiStack(platformProgram)) as Record<string, unknown>;
  const monitor = pulumi.runtime.getMonitor() as unknown as { getRegisteredResources(): Map<string, unknown> };
  await pulumi.runtime.disconnect();
  // A URN has the types of all that a resource lies within.
  const urns = [...monitor.getRegisteredResources().keys()];
  made.sort((a, b) => keyOf(a).localeCompare(keyOf(b)));
  return { made, outputs, urns };
}

/** The same of an example as it stands; run once, however many tests look at it. */
export function runExample(name: (typeof exampleNames)[number]): ReturnType<typeof runPlatform> {
  let run = runs.get(name);
  if (run === undefined) runs.set(name, (run = runPlatform(exampleConfig(name))));
  return run;
}
/** The same of production with alb-ingress. */
export function runAlb(): ReturnType<typeof runPlatform> {
  return (alb ??= runPlatform(albConfig()));
}
let alb: ReturnType<typeof runPlatform> | undefined;

const runs = new Map<string, ReturnType<typeof runPlatform>>();

export function keyOf({ type, name }: Pick<Made, "type" | "name">): string {
  return `${type}::${name}`;
}

/** Applies what the program registered for all resources, as the engine would. */
async function wasProtected(transforms: pulumi.ResourceTransform[], type: string, name: string, custom: boolean) {
  for (const transform of transforms) {
    const result = await transform({ custom, type, name, props: {}, opts: {} });
    if (result?.opts.protect === true) return true;
  }
  return false;
}

const signature = "4dabf18193072939515e22adb298388d";

function unwrap(inputs: Record<string, unknown>): { inputs: Record<string, unknown>; secret: string[] } {
  let found = false;
  const plain = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== "object" || value === null) return value;
    if (signature in value && "value" in value) {
      found = true;
      return plain(value.value);
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
  };
  const secret: string[] = [];
  const entries = Object.entries(inputs).map(([key, value]) => {
    found = false;
    const entry = [key, plain(value)];
    if (found) secret.push(key);
    return entry;
  });
  return { inputs: Object.fromEntries(entries) as Record<string, unknown>, secret };
}
