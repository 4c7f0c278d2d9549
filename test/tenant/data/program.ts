import * as pulumi from "@pulumi/pulumi";
import type { PlatformOutputs } from "../../../model/platform.ts";
import { toDataConfig } from "../../../tenant/data/config.ts";
import { tenantDataProgram } from "../../../tenant/data/program.ts";
import type { DataSpec } from "../../../tenant/data/spec.ts";
import { stackNameOf } from "../../../tenant/plan/names.ts";
import { unwrap } from "../program.ts";
import { platformOf } from "./specs.ts";

/** A resource as the engine is asked for it. */
export interface Made {
  type: string;
  name: string;
  custom: boolean;
  protect: boolean;
  retainOnDelete: boolean;
  ignoreChanges: string[];
  /** Inputs; what is secret is shown, and named in `secret`. */
  inputs: Record<string, unknown>;
  secret: string[];
}

/** What only AWS can say of a resource, once it is there. Each tenant's is another. */
function known(type: string, inputs: Record<string, unknown>, name: string, stack: string): Record<string, unknown> {
  const at = "eu-central-1:123456789012";
  const text = (key: string) => String(inputs[key]);
  switch (type) {
    case "aws:kms/key:Key":
      return { arn: `arn:aws:kms:${at}:key/${stack}`, keyId: stack };
    case "aws:s3/bucket:Bucket":
      return { arn: `arn:aws:s3:::${text("bucket")}` };
    case "aws:iam/role:Role":
      return { arn: `arn:aws:iam::123456789012:role${text("path")}${text("name")}` };
    case "aws:rds/cluster:Cluster": {
      const identifier = text("clusterIdentifier");
      return {
        arn: `arn:aws:rds:${at}:cluster:${identifier}`,
        clusterResourceId: `cluster-${identifier.toUpperCase()}`,
        endpoint: `${identifier}.cluster-x.eu-central-1.rds.amazonaws.com`,
      };
    }
    case "aws:rds/subnetGroup:SubnetGroup":
    case "aws:rds/clusterParameterGroup:ClusterParameterGroup":
      return { name: `${stack}-${name}` };
    case "random:index/randomPassword:RandomPassword":
      return { result: "made-password" };
    default:
      return { arn: `arn:aws:${type.split(":")[1]!.split("/")[0]!}:${at}:${name}` };
  }
}

/** What is looked up, and not made. */
export interface Read {
  token: string;
  inputs: Record<string, unknown>;
}

/** What AWS says of what is there already. */
function found(token: string, inputs: Record<string, unknown>): Record<string, unknown> {
  switch (token) {
    case "aws:rds/getCluster:getCluster": {
      const identifier = String(inputs["clusterIdentifier"]);
      return {
        arn: `arn:aws:rds:eu-central-1:123456789012:cluster:${identifier}`,
        clusterResourceId: `cluster-${identifier.toUpperCase()}`,
        endpoint: `${identifier}.cluster-x.eu-central-1.rds.amazonaws.com`,
        port: 5433,
      };
    }
    case "aws:s3/getBucket:getBucket":
      return { arn: `arn:aws:s3:::${String(inputs["bucket"])}` };
    default:
      throw new Error(`Nobody expected ${token} to be read.`);
  }
}

/** Runs the tenant-data program on `spec` against Pulumi's mocks: what it makes, and its outputs (secrets wrapped). */
export async function runDataProgram(spec: DataSpec, platform: PlatformOutputs = platformOf()) {
  const made = new Map<string, Made>();
  const referred: string[] = [];
  const read: Read[] = [];
  const stack = stackNameOf(spec);
  await pulumi.runtime.setMocks(
    {
      call: ({ token, inputs }) => {
        const asked = inputs as Record<string, unknown>;
        read.push({ token, inputs: asked });
        return found(token, asked);
      },
      newResource: ({ type, name, inputs, custom }) => {
        if (type === "pulumi:pulumi:StackReference") {
          referred.push(String((inputs as { name: unknown }).name));
          return { id: name, state: { ...inputs, outputs: platform, secretOutputNames: [] } };
        }
        const unwrapped = unwrap(inputs as Record<string, unknown>);
        const options = { protect: false, retainOnDelete: false, ignoreChanges: [] };
        made.set(`${type}::${name}`, { type, name, custom: custom ?? false, ...options, ...unwrapped });
        return {
          id: `${stack}-${name}-id`,
          state: { ...unwrapped.inputs, ...known(type, unwrapped.inputs, name, stack) },
        };
      },
    },
    "tenant-data",
    stack,
  );
  const secretOutputs = observe(made);
  const config = Object.entries(toDataConfig(spec));
  pulumi.runtime.setAllConfig(
    Object.fromEntries(config.map(([key, { value }]) => [key, value])),
    config.filter(([, { secret }]) => secret).map(([key]) => key),
  );
  const outputs = (await pulumi.runtime.runInPulumiStack(tenantDataProgram)) as Record<string, unknown>;
  await pulumi.runtime.disconnect();
  return { made, outputs, secretOutputs, referred, read };
}

/** Mocks are told no options and no outputs: they are read from what the engine would get. Gives names of outputs that are secret. */
function observe(made: Map<string, Made>): Set<string> {
  interface Request {
    getType(): string;
    getName(): string;
    getProtect(): boolean;
    getRetainondelete(): boolean;
    getIgnorechangesList(): string[];
  }
  interface Outputs {
    getUrn(): string;
    getOutputs(): { toJavaScript(): Record<string, unknown> };
  }
  type Call<T> = (request: T, callback: (error: unknown, response: unknown) => void) => unknown;
  const secret = new Set<string>();
  const monitor = pulumi.runtime.getMonitor() as unknown as {
    registerResource: Call<Request>;
    registerResourceOutputs: Call<Outputs>;
  };
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) =>
    register(request, (error, response) => {
      const one = made.get(`${request.getType()}::${request.getName()}`);
      if (one) {
        one.protect = request.getProtect();
        one.retainOnDelete = request.getRetainondelete();
        one.ignoreChanges = request.getIgnorechangesList();
      }
      callback(error, response);
    });
  const tell = monitor.registerResourceOutputs.bind(monitor);
  monitor.registerResourceOutputs = (request, callback) => {
    if (request.getUrn().includes("::pulumi:pulumi:Stack::"))
      unwrap(request.getOutputs().toJavaScript()).secret.forEach((name) => secret.add(name));
    return tell(request, callback);
  };
  return secret;
}
