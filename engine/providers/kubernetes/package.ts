/** The `kubernetes` package: configuration of the provider, and the clusters it talks to. */
import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { unsupported } from "../../unsupported.ts";
import { mapWithoutSecrets, withoutSecrets, Unknown, type PropertyMap, type Value } from "../../values/property.ts";
import { noDiff, type Diff, type Environment, type Provider, type ProviderPackage } from "../provider.ts";
import { KubeClient } from "./client.ts";
import { Discovery } from "./discovery.ts";
import { activeCluster, connect, readKubeconfig } from "./kubeconfig.ts";
import type { Cluster, Settings } from "./kube.ts";
import { kubernetesProvider } from "./provider.ts";

export const kubernetesPackage: ProviderPackage = {
  name: "kubernetes",
  functions: ["kubernetes:yaml:decode"],
  diffConfig: (olds, news, { env }) => diffConfig(olds, news, env),
  configure: (inputs, { env }) => configure(mapWithoutSecrets(inputs), env),
};

/** Connections and what was discovered over them outlive operations; the oldest go when there are too many. */
const clusters = new Map<string, Cluster>();
const keptClusters = 16;

function configure(inputs: PropertyMap, env: Environment): Provider {
  const is = (input: string, variable: string) =>
    [true, "true"].includes((inputs[input] ?? env[variable] ?? "") as string);
  refuseOtherModes(inputs, env);
  const settings: Settings = {
    configMapsMutable: is("enableConfigMapMutable", "PULUMI_K8S_ENABLE_CONFIGMAP_MUTABLE"),
    secretsMutable: is("enableSecretMutable", "PULUMI_K8S_ENABLE_SECRET_MUTABLE"),
    patchForce: is("enablePatchForce", "PULUMI_K8S_ENABLE_PATCH_FORCE"),
    upsert: is("upsertExistingObjects", "PULUMI_K8S_UPSERT_EXISTING_OBJECTS"),
    deleteUnreachable: is("deleteUnreachable", "PULUMI_K8S_DELETE_UNREACHABLE"),
    skipUnreachable: is("skipUpdateUnreachable", "PULUMI_K8S_SKIP_UPDATE_UNREACHABLE"),
    namespace: typeof inputs["namespace"] === "string" ? inputs["namespace"] : "",
  };
  return kubernetesProvider(
    settings,
    lazily(() => openCluster(inputs, env)),
  );
}

/** The server must be the one that merges, and there must be one. */
function refuseOtherModes(inputs: PropertyMap, env: Environment): void {
  const serverSide = inputs["enableServerSideApply"] ?? env["PULUMI_K8S_ENABLE_SERVER_SIDE_APPLY"] ?? "true";
  if (serverSide !== true && serverSide !== "true")
    throw unsupported("client-side apply (enableServerSideApply: false)");
  if (typeof inputs["renderYamlToDirectory"] === "string" && inputs["renderYamlToDirectory"] !== "")
    throw unsupported("rendering YAML instead of making objects (renderYamlToDirectory)");
}

/** The cluster is looked for when first needed: what changes nothing needs none. */
function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

async function openCluster(inputs: PropertyMap, env: Environment): Promise<Cluster> {
  const config = await readKubeconfig(inputs["kubeconfig"], env);
  const key = createHash("sha256")
    .update(JSON.stringify([config?.text, inputs["context"], inputs["cluster"]]))
    .digest("base64");
  const known = clusters.get(key);
  if (known) return known;
  const client = new KubeClient(connect(config, inputs));
  const cluster = { client, discovery: new Discovery(client) };
  if (clusters.size >= keptClusters) {
    const [oldest, { client: idle }] = clusters.entries().next().value!;
    clusters.delete(oldest);
    idle.close();
  }
  clusters.set(key, cluster);
  return cluster;
}

/**
 * Resources move when the cluster changes: by its identifier where one is set, else by what the kubeconfig says of the
 * active cluster.
 */
async function diffConfig(olds: PropertyMap, news: PropertyMap, env: Environment): Promise<Diff> {
  const changed = [...new Set([...Object.keys(olds), ...Object.keys(news)])]
    .filter((key) => !same(olds[key], news[key]))
    .sort();
  if (changed.length === 0) return noDiff;
  const unknownKey = ["kubeconfig", "context", "cluster"].find((key) => news[key] instanceof Unknown);
  const moved = unknownKey ? [unknownKey] : await movedBy(olds, news, changed, env);
  return { ...noDiff, changes: true, changedKeys: changed, replaceKeys: identified(olds, news, moved) };
}

function identified(olds: PropertyMap, news: PropertyMap, moved: readonly string[]): readonly string[] {
  const [before, after] = [olds["clusterIdentifier"], news["clusterIdentifier"]];
  if (before === undefined || after === undefined) return moved;
  return same(before, after) ? [] : ["clusterIdentifier"];
}

async function movedBy(
  olds: PropertyMap,
  news: PropertyMap,
  changed: readonly string[],
  env: Environment,
): Promise<string[]> {
  const active = async (inputs: PropertyMap) =>
    inputs["kubeconfig"] === undefined
      ? undefined
      : activeCluster(await readKubeconfig(inputs["kubeconfig"], env), inputs);
  const [before, after] = [await active(mapWithoutSecrets(olds)), await active(mapWithoutSecrets(news))];
  const elsewhere = before !== undefined && after !== undefined && !isDeepStrictEqual(before, after);
  return elsewhere ? ["kubeconfig", "context", "cluster"].filter((key) => changed.includes(key)) : [];
}

function same(a: Value | undefined, b: Value | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return isDeepStrictEqual(withoutSecrets(a), withoutSecrets(b)) && !(b instanceof Unknown);
}
