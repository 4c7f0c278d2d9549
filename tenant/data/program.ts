import * as pulumi from "@pulumi/pulumi";
import { Provider } from "@pulumi/aws/provider.js";
import { platformOutputs, readPlatformOutputs, type PlatformOutputs } from "../../model/platform.ts";
import type { TenantDataOutputs } from "../../model/tenantData.ts";
import { dataTags, parameterPrefixOf } from "../plan/data/names.ts";
import { adoptedBucket } from "./components/adopted.ts";
import { tenantBucket } from "./components/bucket.ts";
import { TenantClusters } from "./components/clusters.ts";
import { tenantKey } from "./components/key.ts";
import { tenantParameters } from "./components/parameters.ts";
import { tenantRole } from "./components/role.ts";
import { dataProject, fromDataConfig } from "./config.ts";
import { databaseOf, databaseUserOf, namesOf } from "./database.ts";
import type { HeldBucket } from "./held.ts";
import type { DataSpec } from "./spec.ts";

/** What components have to know: the tenant, and where it is. */
export interface DataContext {
  spec: DataSpec;
  platform: PlatformOutputs;
}

/**
 * The program of what one tenant has on AWS, made from stack config. Output `data` is the contract of model/tenantData.ts; `admin`,
 * a secret, is who may make databases and users in its own cluster.
 */
export async function tenantDataProgram() {
  const spec = fromDataConfig((key) => pulumi.runtime.getConfig(`${dataProject}:${key}`));
  const platform = await readPlatform(spec.platform);
  const context = { spec, platform };
  const options = { provider: account(context) };

  const key = tenantKey(context, options);
  const bucket = heldBucket(context, key.arn, options);
  const clusters = spec.database.kind === "cluster" ? ownClusters(context, key.arn, options) : null;
  tenantParameters(context, key.arn, options);
  const connects = resourceIds(spec, clusters);
  const role = tenantRole(context, { keyArn: key.arn, bucket, resourceIds: connects }, options);

  const data: Outputs<TenantDataOutputs> = {
    contract: 1,
    environment: spec.environment,
    tenant: spec.id,
    region: platform.region,
    account: platform.account,
    key: key.arn,
    role: { arn: role.arn, identity: platform.cluster.identity.kind, annotations: role.annotations },
    bucket: bucket?.name ?? null,
    parameters: parameterPrefixOf(spec),
    database: databaseOutputs(spec, clusters),
    clusters: clusters?.held.map(({ port: _, ...one }) => one) ?? [],
    network: { cidr: platform.network.cidr },
  };
  return { data, ...(clusters?.admin && { admin: clusters.admin }) };
}

/** All that the platform tells, known before anything is made: what there is to make depends on it. */
async function readPlatform(platform: DataSpec["platform"]): Promise<PlatformOutputs> {
  if (typeof platform !== "string") return platform;
  const stack = new pulumi.StackReference("platform", { name: platform });
  const names = Object.keys(platformOutputs.shape);
  const values = await Promise.all(
    names.map(async (name) => [name, (await stack.getOutputDetails(name)).value] as const),
  );
  return readPlatformOutputs(Object.fromEntries(values));
}

/** Refuses any other account, and tags whatever can have tags. */
function account({ spec, platform }: DataContext): Provider {
  return new Provider("aws", {
    region: platform.region as pulumi.Input<"eu-central-1">,
    allowedAccountIds: [platform.account],
    defaultTags: { tags: dataTags(spec) },
  });
}

/** An adopted one is nothing to a tenant that is leaving: its owner may have removed it. */
function heldBucket(
  context: DataContext,
  key: pulumi.Output<string>,
  options: pulumi.CustomResourceOptions & pulumi.InvokeOptions,
): HeldBucket | null {
  const { bucket, leaving } = context.spec;
  if (bucket === null) return null;
  if ("adopted" in bucket) return leaving === undefined ? adoptedBucket(bucket.adopted, options) : null;
  const { bucket: name, arn } = tenantBucket(context, { terms: bucket, key }, options);
  return { name, arn, otherKey: null };
}

function ownClusters(
  { spec, platform }: DataContext,
  keyArn: pulumi.Output<string>,
  options: pulumi.CustomResourceOptions,
) {
  const database = spec.database as Extract<DataSpec["database"], { kind: "cluster" }>;
  return new TenantClusters("database", { spec, platform, database, keyArn }, { providers: [options.provider!] });
}

/** Clusters that the tenant's user may connect to. */
function resourceIds({ database }: DataSpec, clusters: TenantClusters | null): pulumi.Input<string>[] {
  if (database.kind === "schema") return [database.shared.resourceId];
  return clusters ? clusters.held.map(({ resourceId }) => resourceId) : [];
}

function databaseOutputs(spec: DataSpec, clusters: TenantClusters | null): Outputs<TenantDataOutputs["database"]> {
  const { database } = spec;
  if (database.kind === "none") return null;
  const inUse = database.kind === "schema" ? database.shared : clusters!.inUse;
  if (inUse === null) return null;
  const { host, port } = inUse;
  const adopted = namesOf(spec) && { adopted: true };
  return { kind: database.kind, host, port, name: databaseOf(spec), user: databaseUserOf(spec), ...adopted };
}

/** A value of which any part may be known only once it is made. */
type Outputs<T> = T extends string | number | boolean | null
  ? pulumi.Input<T>
  : T extends (infer Item)[]
    ? Outputs<Item>[]
    : { [Key in keyof T]: Outputs<T[Key]> };
